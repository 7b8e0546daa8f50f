"""A job's states as they change, to its end: read from Redis, and now and then from Postgres, which is the truth."""

import asyncio
import time
from collections.abc import AsyncGenerator
from uuid import UUID

from api.bootstrap import Services
from persistence.types import JobID
from tools.access import Caller
from tools.errors import QuiverError
from tools.jobs import reading, service
from tools.jobs.schemas import JobRead
from tools.jobs.steps import FINAL

LOOK_SECONDS = 0.5
SURE_SECONDS = 5.0
"""After which Postgres is asked: whether the reader may still read, and what Redis may have missed."""
DONE = b"data: [DONE]\n\n"


async def job_states(
    services: Services, caller: Caller, job_id: UUID, first: JobRead, over: asyncio.Event, *, seconds: float
) -> AsyncGenerator[bytes, None]:
    """`first`, then each state that differs from the one before; the last one is final. `over`: end now.

    After `seconds` it ends in any case: whoever wants more asks again. A job that can't be read any more ends the stream.
    """
    state, sure = first, time.monotonic()
    until = sure + seconds
    yield _event(state)
    while state.status not in FINAL and not over.is_set() and time.monotonic() < until:
        await _pause(over)
        seen = await _seen(services, JobID(job_id))
        if seen is None or seen.status in FINAL or time.monotonic() - sure > SURE_SECONDS:
            sure = time.monotonic()
            try:
                seen = await read_state(services, caller, job_id)
            except QuiverError:
                break
        if seen != state:
            state = seen
            yield _event(state)
    yield DONE


async def read_state(services: Services, caller: Caller, job_id: UUID) -> JobRead:
    """How a job stands. Raises NotFound, Forbidden, and TimeoutError when the database takes nobody."""
    settings = services.settings.worker
    async with services.transactions.open() as uow:
        job = await service.read_job(uow, caller, job_id, settings)
        return await reading.show(uow, job, services.progress, settings)


async def _seen(services: Services, job_id: JobID) -> JobRead | None:
    stored = await services.progress.get(job_id, patience=services.settings.worker.progress_timeout)
    return None if stored is None else reading.timed(JobRead.model_validate(stored))


async def _pause(over: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            await over.wait()
    except TimeoutError:
        return


def _event(state: JobRead) -> bytes:
    return b"data: " + state.model_dump_json(by_alias=True).encode() + b"\n\n"
