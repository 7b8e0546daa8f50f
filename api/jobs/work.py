"""How any item of any job is worked on: claimed, watched for cancellation, ended by exactly one worker."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import structlog

from api.jobs.process import WorkerServices
from persistence.models.job import AsyncJobType
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools import tracing
from tools.budgets.tokens import RESERVED
from tools.errors import ProviderUnavailable, QuiverError, QuotaExceeded
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack, JobCancelled, LeaseLost, NeedsReview
from tools.jobs.outbox import Hint
from tools.jobs.reading import publish_job
from tools.jobs.steps import KINDS

log = structlog.get_logger(__name__)

Work = Callable[[ClaimedItem], Awaitable[None]]
Write = Callable[[UnitOfWork], Awaitable[None]]

WATCH_SECONDS = 0.5
RETRIES = 2
"""How often an item is tried again when something we depend on is away."""
RETRY_SECONDS = (3.0, 15.0)
WORKING_SHARE = 0.9
"""Of the time limit, how much the work may take: the rest is for writing down how it ended."""


SLICE_SHARE = 0.2
"""Of the time limit, how much of it one message goes on with a job of many items before others have their turn."""


async def work_through(services: WorkerServices, job_id: JobID, work: Work) -> None:
    """`work_on` again and again until nothing of the job is due; a job that takes longer goes on by another message."""
    started = time.monotonic()
    spent = 0.0
    while items := await work_on(services, job_id, work, spent=spent):
        spent = time.monotonic() - started
        if spent > services.settings.worker.time_limit * SLICE_SHARE:
            await send_again(services, job_id, items[0].type)
            return


async def work_on(
    services: WorkerServices, job_id: JobID, work: Work, *, spent: float = 0
) -> list[ClaimedItem]:
    """Claim what is due of a job and do `work` on each item; which. A message that comes twice finds nothing to claim.

    `spent`: seconds of the message's time limit that are gone.
    """
    async with services.database.unit_of_work() as uow:
        items = await claims.claim(uow, job_id, services.settings.worker)
    await report(services, job_id)
    for item in items:
        with structlog.contextvars.bound_contextvars(job_id=str(job_id), workspace_id=item.workspace_id):
            await _one(services, item, work, spent)
        await report(services, job_id)
    return items


async def begin_step(services: WorkerServices, item: ClaimedItem, step: int) -> None:
    """Note that a step begins, and show it. Raises LeaseLost or JobCancelled."""
    async with services.database.unit_of_work() as uow:
        await claims.advance(uow, item, step)
    await report(services, item.job_id)


async def report(services: WorkerServices, job_id: JobID) -> None:
    """Show the job's present state in Redis."""
    async with services.database.unit_of_work() as uow:
        await publish_job(uow, job_id, services.progress, services.settings.worker)


async def send_again(services: WorkerServices, job_id: JobID, job_type: AsyncJobType) -> None:
    """Send a message for what is left of a job. One that can't be sent is the sweep's to send."""
    hint = Hint(KINDS[job_type].task, {"job_id": str(job_id)})
    try:
        await asyncio.to_thread(services.publisher.publish, hint)
    except Exception as error:  # noqa: BLE001 — whatever the broker's client raises, the items stay due
        log.warning("job.not_sent_again", error=type(error).__name__)


async def _one(services: WorkerServices, item: ClaimedItem, work: Work, spent: float) -> None:
    """One item, whatever happens: done, failed, put back, cancelled, or left to whoever holds it now."""
    await ended(services, item, _watched(services, item, work, spent))


async def ended(services: WorkerServices, item: ClaimedItem, working: Awaitable[None]) -> None:
    """Wait for an item's work, and write down how it ended where the work did not."""
    try:
        with tracing.span(
            "job item", job_id=str(item.job_id), workspace_id=item.workspace_id, attempt=item.attempt
        ):
            await working
    except LeaseLost:
        log.warning("job.lease_lost", attempt=item.attempt)
    except JobCancelled:
        await _end(services, lambda uow: claims.cancel_item(uow, item))
    except ComeBack as later:
        delay = later.seconds
        await _end(services, lambda uow: claims.postpone(uow, item, seconds=delay, counted=False))
    except NeedsReview as doubt:
        message = doubt.message
        await _end(services, lambda uow: claims.put_to_review(uow, item, message))
    except ProviderUnavailable as failure:
        await _unavailable(services, item, failure)
    except QuiverError as failure:
        if isinstance(failure, QuotaExceeded) and failure.error_code == RESERVED:
            # There may be room when others are over: the item waits, as it would for a place.
            delay = failure.retry_after
            await _end(services, lambda uow: claims.postpone(uow, item, seconds=delay, counted=False))
            return
        error = claims.error_of(failure)
        await _end(services, lambda uow: claims.fail(uow, item, *error))
    except Exception as error:
        log.exception("job.item_broke", error=type(error).__name__, attempt=item.attempt)
        delay = RETRY_SECONDS[-1]
        await _end(services, lambda uow: claims.postpone(uow, item, seconds=delay))


async def _unavailable(services: WorkerServices, item: ClaimedItem, failure: ProviderUnavailable) -> None:
    if item.attempt > RETRIES:
        error = claims.error_of(failure)
        await _end(services, lambda uow: claims.fail(uow, item, *error))
        return
    log.info("job.item_put_back", code=failure.error_code, attempt=item.attempt)
    delay = RETRY_SECONDS[min(item.attempt, RETRIES) - 1]
    await _end(services, lambda uow: claims.postpone(uow, item, seconds=delay))


async def _end(services: WorkerServices, write: Write) -> None:
    """Write how the item ended, unless it is somebody else's by now."""
    with contextlib.suppress(LeaseLost):
        async with services.database.unit_of_work() as uow:
            await write(uow)


async def _watched(services: WorkerServices, item: ClaimedItem, work: Work, spent: float) -> None:
    """Do the work within the time limit; stop it within a second of a cancellation. Raises JobCancelled, TimeoutError."""
    working = asyncio.ensure_future(work(item))
    watching = asyncio.create_task(until_cancelled(services, item.job_id))
    limit = services.settings.worker.time_limit * WORKING_SHARE - spent
    try:
        await asyncio.wait({working, watching}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return await working
        if watching.done():
            await watching
            raise JobCancelled
        raise TimeoutError
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


async def until_cancelled(services: WorkerServices, job_id: JobID) -> None:
    """Return when the job is cancelled. Postgres failing for a moment is no cancellation."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            async with services.database.unit_of_work() as uow:
                if await claims.is_cancelled(uow, [job_id]):
                    return
        except Exception as error:  # noqa: BLE001 — the work itself will meet the same failure and end by it
            log.warning("job.watch_failed", error=type(error).__name__)
