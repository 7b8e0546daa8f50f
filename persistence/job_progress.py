"""Progress of jobs in Redis, for fast polling. Nothing here is the truth: what is lost is put back from Postgres."""

import asyncio
from collections import OrderedDict
from datetime import timedelta
from typing import Any

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from persistence.types import JobID

log = structlog.get_logger(__name__)

PUT_IF_NEWER = """
local stored = redis.call('HGET', KEYS[1], 'revision')
if stored and tonumber(stored) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'state', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""

REMEMBERED = 10_000
"""Jobs whose newest revision a process remembers."""


class JobProgress:
    """One hash a job: its state as the wire shows it, and the revision that keeps an older state from winning.

    A Redis that was killed comes back with what it was a second before: what this process knows to be older is not told.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = redis.register_script(PUT_IF_NEWER)
        self._seen: OrderedDict[JobID, int] = OrderedDict()

    async def put(
        self, job_id: JobID, state: dict[str, Any], *, revision: int, lifetime: timedelta, patience: float
    ) -> None:
        """Store a state unless a newer one is there. Gives up quietly after `patience` seconds."""
        milliseconds = int(lifetime.total_seconds() * 1000)
        self._is_newest(job_id, revision)
        try:
            async with asyncio.timeout(patience):
                await self._put(keys=[_key(job_id)], args=[revision, orjson.dumps(state), milliseconds])
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_written", job_id=str(job_id), error=type(error).__name__)

    async def get(self, job_id: JobID, *, patience: float) -> dict[str, Any] | None:
        """The stored state; None when there is none, an older one than was seen, or no answer within `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                revision, stored = await self._redis.hmget(_key(job_id), "revision", "state")
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_read", job_id=str(job_id), error=type(error).__name__)
            return None
        if not stored or not revision or not self._is_newest(job_id, int(revision)):
            return None
        state = orjson.loads(stored)
        return state if isinstance(state, dict) else None

    def _is_newest(self, job_id: JobID, revision: int) -> bool:
        """Whether this process has seen no newer revision; it remembers the newest."""
        newest = max(revision, self._seen.pop(job_id, revision))
        self._seen[job_id] = newest
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return revision == newest

    async def forget(self, job_id: JobID, *, patience: float) -> None:
        """Remove a job's state."""
        try:
            async with asyncio.timeout(patience):
                await self._redis.delete(_key(job_id))
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_removed", job_id=str(job_id), error=type(error).__name__)


def _key(job_id: JobID) -> str:
    return f"job:{job_id}"
