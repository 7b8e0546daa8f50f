"""How a job stands, for people: from Redis while it runs, from Postgres when that is away or the job is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from persistence.job_progress import JobProgress
from persistence.models.job import Job, JobItem, JobItemState
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID, utc_now
from tools.jobs.closing import GONE_WRONG, Counts, counts_by_job
from tools.jobs.lifetimes import kept_for
from tools.jobs.schemas import JobFailure, JobRead
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL, KINDS, STATUS_TEXTS, percent

MAX_FAILURES = 1_000


@dataclass(frozen=True)
class Snapshot:
    """A job as Postgres showed it. `revision` grows with each change, so that an older state never wins in Redis."""

    read: JobRead
    revision: int


async def show(uow: UnitOfWork, job: Job, progress: JobProgress, settings: WorkerSettings) -> JobRead:
    """The job as people see it. What Redis lacks is put back."""
    if job.status not in FINAL:
        stored = await progress.get(job.id, patience=settings.progress_timeout)
        if stored is not None:
            return timed(JobRead.model_validate(stored))
    (snapshot,) = await take_snapshots(uow, [job])
    await _publish(progress, snapshot, settings)
    return timed(snapshot.read)


async def show_many(uow: UnitOfWork, jobs: Sequence[Job]) -> list[JobRead]:
    """A list of jobs, from Postgres in two statements."""
    return [timed(snapshot.read) for snapshot in await take_snapshots(uow, jobs)]


async def publish_job(
    uow: UnitOfWork, job_id: JobID, progress: JobProgress, settings: WorkerSettings
) -> None:
    """Put the job's present state into Redis: after a commit, in a transaction of its own. Best effort."""
    job = await Repository(uow.session, Job).get(Job.id == job_id)
    if job is not None:
        (snapshot,) = await take_snapshots(uow, [job])
        await _publish(progress, snapshot, settings)


async def take_snapshots(uow: UnitOfWork, jobs: Sequence[Job]) -> list[Snapshot]:
    """The jobs from Postgres alone."""
    ids = [job.id for job in jobs]
    counts = await counts_by_job(uow, [job.id for job in jobs if not KINDS[job.type].steps])
    failures = await _failures(uow, ids)
    return [_snapshot(job, counts.get(job.id, {}), failures.get(job.id, [])) for job in jobs]


async def _publish(progress: JobProgress, snapshot: Snapshot, settings: WorkerSettings) -> None:
    read = snapshot.read
    await progress.put(
        JobID(read.job_id),
        read.model_dump(mode="json", by_alias=True),
        revision=snapshot.revision,
        lifetime=kept_for(read.status, settings),
        patience=settings.progress_timeout,
    )


def _snapshot(job: Job, counts: Counts, failures: list[JobFailure]) -> Snapshot:
    completed, current = _position(job, counts)
    progress = percent(completed, job.total_steps)
    read = JobRead(
        job_id=job.id,
        job_type=job.type,
        status=job.status,
        progress=progress,
        progress_text=f"{progress}% complete",
        completed_steps=completed,
        total_steps=job.total_steps,
        current_step=current,
        estimated_seconds_remaining=None,
        output=job.output,
        error_message=job.error_message,
        created_at=job.created_at,
        started_at=job.started_at,
        completed_at=job.completed_at,
        failures=failures,
    )
    # Items end without touching the job's row: their number moves the revision on between two of its changes.
    return Snapshot(read, int(job.updated_at.timestamp() * 1_000_000) + completed)


def _position(job: Job, counts: Counts) -> tuple[int, str]:
    """Steps done and what is being done, of the steps of its one item or of its many items."""
    current = job.current_step or STATUS_TEXTS[job.status]
    kind = KINDS[job.type]
    if kind.steps:
        return job.completed_steps, current
    completed = sum(counts.get(state, 0) for state in (JobItemState.DONE, *GONE_WRONG))
    if job.status not in FINAL and counts.get(JobItemState.LEASED, 0):
        number = min(completed + 1, job.total_steps)
        current = kind.item_step.format(number=number, total=job.total_steps)
    return completed, current


def timed(read: JobRead) -> JobRead:
    """With the time that is left at the rate so far: computed when asked, so that it is right while nothing moves."""
    if read.started_at is None or read.status in FINAL or not 0 < read.progress < 100:
        return read
    elapsed = (utc_now() - read.started_at).total_seconds()
    left = round(elapsed / read.progress * (100 - read.progress))
    return read.model_copy(update={"estimated_seconds_remaining": max(0, left)})


async def _failures(uow: UnitOfWork, job_ids: Sequence[JobID]) -> dict[JobID, list[JobFailure]]:
    items = await Repository(uow.session, JobItem).get_all(
        JobItem.job_id.in_(job_ids),
        JobItem.state.in_(GONE_WRONG),
        order_by=[JobItem.id.asc()],
        limit=MAX_FAILURES,
    )
    failures: dict[JobID, list[JobFailure]] = {}
    for item in items:
        failures.setdefault(item.job_id, []).append(_failure(item))
    return failures


def _failure(item: JobItem) -> JobFailure:
    needs_review = item.state is JobItemState.NEEDS_REVIEW
    code = "needs_review" if needs_review else item.error_code or "failed"
    message = item.error_message or "It did not succeed."
    return JobFailure(item_id=item.id, lead_id=item.lead_id, code=code, message=message)
