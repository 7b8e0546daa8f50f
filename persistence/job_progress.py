"""Progress of jobs in Redis, for fast polling. Nothing here is the truth: what is lost is put back from Postgres."""

import asyncio
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


class JobProgress:
    """One hash a job: its state as the wire shows it, and the revision that keeps an older state from winning."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = redis.register_script(PUT_IF_NEWER)

    async def put(
        self, job_id: JobID, state: dict[str, Any], *, revision: int, lifetime: timedelta, patience: float
    ) -> None:
        """Store a state unless a newer one is there. Gives up quietly after `patience` seconds."""
        milliseconds = int(lifetime.total_seconds() * 1000)
        try:
            async with asyncio.timeout(patience):
                await self._put(keys=[_key(job_id)], args=[revision, orjson.dumps(state), milliseconds])
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_written", job_id=str(job_id), error=type(error).__name__)

    async def get(self, job_id: JobID, *, patience: float) -> dict[str, Any] | None:
        """The stored state; None when there is none or Redis does not answer within `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                stored = await self._redis.hget(_key(job_id), "state")
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_read", job_id=str(job_id), error=type(error).__name__)
            return None
        state = orjson.loads(stored) if stored else None
        return state if isinstance(state, dict) else None

    async def forget(self, job_id: JobID, *, patience: float) -> None:
        """Remove a job's state."""
        try:
            async with asyncio.timeout(patience):
                await self._redis.delete(_key(job_id))
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("job_progress.not_removed", job_id=str(job_id), error=type(error).__name__)


def _key(job_id: JobID) -> str:
    return f"job:{job_id}"
