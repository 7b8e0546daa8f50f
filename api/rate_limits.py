"""How often somebody may ask. Counted in Redis for all replicas; without Redis everybody may, for these are courtesy limits.

What costs money is limited in Postgres, where the money is counted.
"""

import asyncio
import contextlib
import math
import time
from collections import OrderedDict
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

REMEMBERED = 100_000
"""Pairs of member and workspace that a process remembers."""


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


class WorkspaceLimit:
    """The limit of a workspace, for its members together.

    Who was never let in is not held to it: a stranger can neither use it up nor learn from a 429 that the workspace exists.
    """

    def __init__(self, limits: RateLimits, limit: str) -> None:
        self._limits = limits
        self._limit = limit
        self._let_in: OrderedDict[tuple[int, int], None] = OrderedDict()

    async def check(self, user_id: int, workspace_id: int) -> None:
        """Raise QuotaExceeded for a member when the workspace was asked too often."""
        if (user_id, workspace_id) in self._let_in:
            await self._limits.check(self._limit, "workspace", str(workspace_id))

    async def count(self, user_id: int, workspace_id: int) -> None:
        """Count a request that was answered, so its sender was let in. A full counter refuses the next one, not this one."""
        self._let_in[user_id, workspace_id] = None
        self._let_in.move_to_end((user_id, workspace_id))
        if len(self._let_in) > REMEMBERED:
            self._let_in.popitem(last=False)
        # The answer is there already and must not be lost to the limit it is the last within.
        with contextlib.suppress(QuotaExceeded):
            await self._limits.hit(self._limit, "workspace", str(workspace_id))
