"""Wiza's limits, kept by all processes together in Redis; while it is away each keeps to its share of them."""

import math
import time
from collections.abc import Callable
from typing import Literal, cast

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter, RateLimiter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tools.providers.wiza.errors import WizaBusy
from tools.providers.wiza.settings import WizaSettings

log = structlog.get_logger(__name__)

PAUSE = 5.0
"""Seconds without asking Redis after it did not answer."""

Kind = Literal["search", "reveal", "list", "company"]


class WizaLimits:
    """Counters of a minute each. `take` counts a call before it is made."""

    def __init__(
        self, settings: WizaSettings, redis: Redis, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_minute: dict[Kind, int] = {
            "search": settings.searches_per_minute,
            "reveal": settings.reveals_per_minute,
            "list": settings.lists_per_minute,
            "company": settings.companies_per_minute,
        }
        self._workers = settings.workers
        storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix="wiza",
            connection_pool=cast(str, redis.connection_pool),  # its hint is too narrow
        )
        self._shared = FixedWindowRateLimiter(storage)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._clock = clock
        self._own_until = 0.0

    async def take(self, kind: Kind) -> None:
        """Count one call. Raises WizaBusy when it would be one too many."""
        if self._clock() >= self._own_until:
            try:
                await self._hit(self._shared, kind, self._per_minute[kind])
            except (RedisError, TimeoutError, OSError) as error:
                self._stand_alone(error)
            else:
                return
        await self._hit(self._own, kind, max(1, self._per_minute[kind] // self._workers))

    async def take_some(self, kind: Kind, wanted: int) -> int:
        """Count up to `wanted` calls before they are made; how many. Raises WizaBusy when not one more is allowed."""
        if wanted == 1 or self._clock() < self._own_until:
            await self.take(kind)
            return 1
        item = RateLimitItemPerMinute(self._per_minute[kind])
        try:
            left = (await self._shared.get_window_stats(item, kind)).remaining
            some = max(1, min(wanted, left))
            await self._hit(self._shared, kind, self._per_minute[kind], cost=some)
        except (RedisError, TimeoutError, OSError) as error:
            self._stand_alone(error)
            await self.take(kind)
            return 1
        return some

    def _stand_alone(self, error: Exception) -> None:
        """Keep to our own share for a while."""
        self._own_until = self._clock() + PAUSE
        log.warning("wiza.limits.alone", error=type(error).__name__)

    async def _hit(self, limiter: RateLimiter, kind: Kind, most: int, *, cost: int = 1) -> None:
        item = RateLimitItemPerMinute(most)
        if await limiter.hit(item, kind, cost=cost):
            return
        stats = await limiter.get_window_stats(item, kind)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        raise WizaBusy("Wiza's limit of calls a minute is used up.", retry_after=wait)
