"""How often somebody may ask. Counted in Redis for all replicas; without Redis everybody may, for these are courtesy limits.

What costs money is limited in Postgres, where the money is counted.
"""

import asyncio
import contextlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache

import structlog
from limits import parse
from redis.asyncio import Redis
from redis.exceptions import RedisError

from persistence.commands.gathered_commands import GatheredCommands
from tools.errors import QuotaExceeded

log = structlog.get_logger(__name__)

PATIENCE = 0.25
"""Seconds to wait for Redis before letting a request pass."""

GATHER = 0.002
"""Seconds in which further requests are counted together; the first one never waits for them."""

PAUSE = 5.0
"""Seconds without asking Redis after it did not answer."""

REMEMBERED = 100_000
"""Pairs of member and workspace that a process remembers."""


COUNT = """
for place, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left < 0 then
    left = tonumber(ARGV[2 * place])
    redis.call('PEXPIRE', key, left)
  end
  if count > tonumber(ARGV[2 * place - 1]) then return math.max(left, 1) end
end
return 0
"""
"""Counts against one limit after the other, up to the first that is used up: the milliseconds until that is over, or 0."""

Counted = tuple[str, str, str]
"""A limit such as "20/minute", and whom it is for: a kind, and which one of it."""

parse_limit = lru_cache(parse)


class RateLimits:
    """Counters of fixed windows. They fail open, and quickly. Requests of one moment are counted in one round trip."""

    def __init__(self, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._commands = GatheredCommands(redis, pause=GATHER)
        self._clock = clock
        self._paused_until = 0.0

    async def hit(self, limit: str, kind: str, which: str) -> None:
        """Count one request against one limit. Raises QuotaExceeded when it is one too many."""
        await self.hit_all([(limit, kind, which)])

    async def hit_all(self, counted: list[Counted]) -> None:
        """Count one request against each limit in turn. Raises QuotaExceeded at the first it is one too many for."""
        if self._clock() < self._paused_until:
            return
        keys: list[str] = []
        bounds: list[int] = []
        for limit, kind, which in counted:
            item = parse_limit(limit)
            keys.append(f"rate/{item.key_for(kind, which)}")
            bounds += [item.amount, item.get_expiry() * 1000]
        try:
            async with asyncio.timeout(PATIENCE):
                (wait,) = await self._commands.execute(("EVAL", COUNT, len(keys), *keys, *bounds))
            if isinstance(wait, Exception):
                raise wait
        except (RedisError, TimeoutError, OSError) as error:
            self._paused_until = self._clock() + PAUSE
            log.warning("rate_limits.open", error=type(error).__name__)
            return
        if wait:
            raise QuotaExceeded("Too many requests.", retry_after=math.ceil(wait / 1000), code="rate_limited")


class WorkspaceLimit:
    """The limit of a workspace, for its members together.

    Who was never let in is not held to it: a stranger can neither use it up nor learn from a 429 that the workspace exists.
    """

    def __init__(self, limits: RateLimits, limit: str) -> None:
        self._limits = limits
        self._limit = limit
        self._let_in: OrderedDict[tuple[int, int], None] = OrderedDict()

    def of_known(self, user_id: int, workspace_id: int) -> Counted | None:
        """What a member's request is counted against when it comes; None for who was not let in yet."""
        known = (user_id, workspace_id) in self._let_in
        return (self._limit, "workspace", str(workspace_id)) if known else None

    async def let_in(self, user_id: int, workspace_id: int) -> None:
        """Count a first request that was answered, so its sender is a member. A full counter refuses the next one, not this one."""
        self._let_in[user_id, workspace_id] = None
        if len(self._let_in) > REMEMBERED:
            self._let_in.popitem(last=False)
        # The answer is there already and must not be lost to the limit it is the last within.
        with contextlib.suppress(QuotaExceeded):
            await self._limits.hit(self._limit, "workspace", str(workspace_id))

    def forget(self, user_id: int, workspace_id: int) -> None:
        """Take somebody who was told that there is nothing for a stranger, until they are let in again."""
        self._let_in.pop((user_id, workspace_id), None)
