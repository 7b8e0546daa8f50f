"""Many items of one job at once: claimed by batches into the child's event loop, a bounded number under way.

What has begun to send something paid is never cut off: work that can't be interrupted shields itself, and is waited for.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import structlog

from api.jobs.process import WorkerServices
from api.jobs.work import SLICE_SHARE, WORKING_SHARE, Work, ended, report, send_again, until_cancelled
from persistence.models.job import Job
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack, JobCancelled
from tools.jobs.closing import close_if_finished, ends_with_its_items, lock_job
from tools.jobs.fairness import due_beside, others_wait_to_begin
from tools.jobs.steps import KINDS

log = structlog.get_logger(__name__)

REPORT_SECONDS = 0.5
"""Between two reports of a job's progress."""
STRETCH = 0.05
"""Seconds that places are gathered for before more items are claimed, so that one claim fills many."""
LOOK_SECONDS = 0.1
"""Between two looks for somebody who waits."""
SHORTEST_SECONDS = 1.0
"""Of a stint, after which it gives way to any message that waits; before, only to a job of others that has not begun."""
DUE_JOBS = 5
"""Jobs of the workspace that are told of when this one has used its places."""


Tidy = Callable[[UnitOfWork, JobID], Awaitable[bool]]
"""Puts in order what a job's items left behind that came to nothing, or a part of it; whether that was all."""


async def work_together(
    services: WorkerServices,
    job_id: JobID,
    work: Work,
    tidy: Tidy,
    *,
    ahead: int = 1,
    unbroken: float = 0.0,
) -> None:
    """Work on what is due of a job for a slice of the message's time, then `tidy` up after items that came to nothing.

    A job is over when all is tidied up, not before: whatever dies on the way, the next sweep finds it and goes on. Then others have their turn: what is left goes on by another message. `ahead`: how many times the items that are worked
    on at once are claimed, by work that waits for places of its own. `unbroken`: seconds that work goes on at most though it is
    interrupted: the time limit, which kills, comes after them.
    """
    stint = Stint(services, job_id, work, ahead=ahead, unbroken=unbroken)
    over = asyncio.Event()
    reporting = asyncio.create_task(_report_until(services, job_id, over))
    giving_way = asyncio.create_task(_give_way(services, job_id, stint))
    try:
        await stint.run()
    finally:
        over.set()
        giving_way.cancel()
        await asyncio.gather(reporting, giving_way, return_exceptions=True)
    await tidy_and_close(services, job_id, tidy)
    async with services.database.unit_of_work() as uow:
        # Who got nothing leaves the telling to whoever holds the workspace's places.
        due = await due_beside(uow, job_id, limit=DUE_JOBS) if stint.worked else []
    await report(services, job_id)
    for due_id, job_type in due:
        await send_again(services, due_id, job_type)


async def tidy_and_close(services: WorkerServices, job_id: JobID, tidy: Tidy) -> None:
    """Tidy up after a job's items, in as many transactions as it takes, and end the job with the last of them."""
    tidied = False
    while not tidied:
        async with services.database.unit_of_work() as uow:
            if await lock_job(uow, job_id) is None:
                return
            if tidied := await tidy(uow, job_id):
                await close_if_finished(uow, job_id)


class Stint:
    """One message's time with a job."""

    def __init__(
        self, services: WorkerServices, job_id: JobID, work: Work, *, ahead: int, unbroken: float
    ) -> None:
        self._services = services
        self._places = services.settings.worker.items_at_once * ahead
        self._waits_inside = ahead > 1
        self._job_id = job_id
        self._work = work
        self._running: set[asyncio.Task[None]] = set()
        self._interruptible: set[asyncio.Task[None]] = set()
        self._cut: list[ClaimedItem] = []
        self._cancelled = False
        self._stopped = False
        limit = services.settings.worker.time_limit
        now = time.monotonic()
        self._claim_until = now + limit * SLICE_SHARE
        self._stop_at: float | None = now + max(limit * SLICE_SHARE, limit * WORKING_SHARE - unbroken)
        self.worked = False

    async def run(self) -> None:
        """Claim and work until nothing is due or the time is over."""
        watching = asyncio.create_task(until_cancelled(self._services, self._job_id))
        try:
            await self._fill()
            while self._running:
                left = None if self._stop_at is None else max(0.0, self._stop_at - time.monotonic())
                awaited = {*self._running} if self._cancelled else {*self._running, watching}
                done, _ = await asyncio.wait(awaited, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if watching in done or not done:
                    self._stop(cancelled=watching in done)
                self._running -= done
                if self._running and self._claims():
                    await asyncio.sleep(STRETCH)
                    self._running = {task for task in self._running if not task.done()}
                await self._fill()
        finally:
            watching.cancel()
            self._stop(cancelled=False)
            await asyncio.gather(watching, *self._running, return_exceptions=True)
            await self._write_what_was_cut()

    def give_way(self) -> None:
        """End with what is under way; items that wait for places of their own are put back."""
        self._claim_until = 0.0
        if self._waits_inside:
            self._stop(cancelled=False)

    def _claims(self) -> bool:
        return not self._cancelled and time.monotonic() <= self._claim_until

    async def _fill(self) -> None:
        """Claim as many items as there are places."""
        places = self._places - len(self._running)
        if places <= 0 or not self._claims():
            return
        async with self._services.database.unit_of_work() as uow:
            settings, alone = self._services.settings.worker, not self._running
            items = await claims.claim(uow, self._job_id, settings, limit=places, alone=alone)
        for item in items:
            self.worked = True
            self._running.add(asyncio.create_task(self._one(item)))

    async def _one(self, item: ClaimedItem) -> None:
        with structlog.contextvars.bound_contextvars(
            job_id=str(item.job_id), workspace_id=item.workspace_id, lead_id=item.lead_id
        ):
            try:
                await ended(self._services, item, self._cut_short(item))
            except Exception as error:
                # Postgres is away: the lease ends, and somebody begins the item again.
                log.exception("job.end_not_written", error=type(error).__name__)

    async def _cut_short(self, item: ClaimedItem) -> None:
        """The item's work; cut short, or not begun yet, it is cancelled with its job, or goes on by another message.

        Only the work is interrupted: how it ended is written in any case, or the item would stand still until its lease ends.
        """
        task = asyncio.current_task()
        assert task is not None
        if not self._stopped:
            self._interruptible.add(task)
            try:
                return await self._work(item)
            except asyncio.CancelledError:
                task.uncancel()
            finally:
                self._interruptible.discard(task)
        if not ends_with_its_items(item.type):
            self._cut.append(item)
            return None
        raise (JobCancelled() if self._cancelled else ComeBack(0)) from None

    async def _write_what_was_cut(self) -> None:
        """All of it at once: each by itself might take longer than there is time before the process is killed."""
        if not self._cut:
            return
        try:
            async with self._services.database.unit_of_work() as uow:
                await claims.interrupt_many(uow, self._cut, cancelled=self._cancelled)
        except Exception as error:
            # Postgres is away: the leases end, and somebody begins the items again.
            log.exception("job.interruption_not_written", error=type(error).__name__)

    def _stop(self, *, cancelled: bool) -> None:
        """Interrupt what can be interrupted."""
        self._cancelled = self._cancelled or cancelled
        self._claim_until = 0.0
        self._stop_at = None
        self._stopped = True
        for task in self._interruptible:
            task.cancel()


async def _give_way(services: WorkerServices, job_id: JobID, stint: Stint) -> None:
    """End the stint early when somebody else's message waits: a few leads are not to wait for many.

    A job of one lead goes on: there is nothing to leave for later, and interrupted it would begin its steps anew.
    """
    async with services.database.unit_of_work() as uow:
        job = await uow.session.get(Job, job_id)
    if job is None or ends_with_its_items(job.type):
        return
    begun = time.monotonic()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        long = time.monotonic() - begun >= SHORTEST_SECONDS
        try:
            if await _somebody_waits(services, job, to_begin=not long):
                stint.give_way()
                return
        except Exception as error:  # noqa: BLE001 — whatever broker or Postgres raise: the stint has an end anyway
            log.warning("job.queue_not_seen", error=type(error).__name__)


async def _somebody_waits(services: WorkerServices, job: Job, *, to_begin: bool) -> bool:
    """Whether a message waits that no child is free for; with `to_begin` only for a job of another workspace that has not begun."""
    queue = KINDS[job.type].queue
    if not await asyncio.to_thread(services.publisher.waiting, queue):
        return False
    if not to_begin:
        return True
    async with services.database.unit_of_work() as uow:
        await uow.autocommit()
        return await others_wait_to_begin(uow, job.workspace_id, queue)


async def _report_until(services: WorkerServices, job_id: JobID, over: asyncio.Event) -> None:
    """Show how the job stands, again and again."""
    while not over.is_set():
        try:
            await report(services, job_id)
        except Exception as error:  # noqa: BLE001 — progress is only shown; the work meets the same failure
            log.warning("job.not_reported", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), REPORT_SECONDS)
