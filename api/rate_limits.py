"""How often somebody may ask. Counted in Redis for all replicas; without Redis everybody may, for these are courtesy limits.

What costs money is limited in Postgres, where the money is counted.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from typing import cast

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tools.errors import QuotaExceeded

log = structlog.get_logger(__name__)

PATIENCE = 0.25
"""Seconds to wait for Redis before letting a request pass."""

PAUSE = 5.0
"""Seconds without asking Redis after it did not answer."""


class RateLimits:
    """Counters of fixed windows. They fail open, and quickly."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix="rate",
            connection_pool=cast(
                str, redis.connection_pool
            ),  # its hint is too narrow: it goes to redis-py as it is
        )
        self._limiter = FixedWindowRateLimiter(storage)
        self._clock = clock
        self._paused_until = 0.0

    async def hit(self, limit: str, *who: str) -> None:
        """Count one request of `who` against `limit` ("20/minute"). Raises QuotaExceeded when it is one too many."""
        await self._require(self._limiter.hit, parse(limit), who)

    async def check(self, limit: str, *who: str) -> None:
        """Like `hit`, without counting."""
        await self._require(self._limiter.test, parse(limit), who)

    async def _require(
        self, ask: Callable[..., Awaitable[bool]], item: RateLimitItem, who: tuple[str, ...]
    ) -> None:
        if self._clock() < self._paused_until:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                if await ask(item, *who):
                    return
                stats = await self._limiter.get_window_stats(item, *who)
        except (RedisError, TimeoutError, OSError) as error:
            self._paused_until = self._clock() + PAUSE
            log.warning("rate_limits.open", error=type(error).__name__)
            return
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        raise QuotaExceeded("Too many requests.", retry_after=wait, code="rate_limited")
