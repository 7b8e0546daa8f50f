"""What makes lost messages, dead workers and an emptied Redis harmless: a regular look at what is due in Postgres."""

from datetime import timedelta

from sqlalchemy import func, or_, select, text

from persistence.models.job import Job, JobItem, JobItemState
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.jobs.claims import is_due
from tools.jobs.closing import close_if_finished, lock_job
from tools.jobs.outbox import Hint
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL, KINDS

LOCK_KEY = 0x7175697665720002
"""The advisory lock of whoever sweeps: one at a time is enough."""
MAX_JOBS = 200


async def lead_sweep(uow: UnitOfWork) -> bool:
    """Whether nobody else sweeps now; the lead ends with the transaction."""
    return bool(await uow.session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": LOCK_KEY}))


async def due_hints(uow: UnitOfWork, settings: WorkerSettings) -> list[Hint]:
    """A message for each job with items that are due and for which none was sent lately; they count as sent from now."""
    silent = or_(
        JobItem.dispatched_at.is_(None),
        JobItem.dispatched_at < func.now() - timedelta(seconds=settings.redispatch_seconds),
        JobItem.lease_until < func.now(),
    )
    statement = (
        select(Job.id, Job.type)
        .where(Job.status.not_in(FINAL), Job.cancel_requested_at.is_(None))
        .where(Job.id.in_(select(JobItem.job_id).where(is_due(), silent)))
        .order_by(Job.created_at)
        .limit(MAX_JOBS)
    )
    jobs = (await uow.session.execute(statement)).all()
    await Repository(uow.session, JobItem).update(
        {"dispatched_at": func.now()}, JobItem.job_id.in_([job_id for job_id, _ in jobs]), is_due()
    )
    return [Hint(KINDS[job_type].task, {"job_id": str(job_id)}) for job_id, job_type in jobs]


async def close_finished(uow: UnitOfWork) -> list[JobID]:
    """Close jobs that are over though nobody noticed, cancelled ones with dead workers included; which they are."""
    dead = (JobItem.state == JobItemState.LEASED, JobItem.lease_until < func.now())
    cancelled = select(Job.id).where(Job.status.not_in(FINAL), Job.cancel_requested_at.is_not(None))
    await Repository(uow.session, JobItem).update(
        {"state": JobItemState.CANCELLED, "finished_at": func.now(), "lease_until": None},
        *dead,
        JobItem.job_id.in_(cancelled),
    )
    open_items = select(JobItem.id).where(
        JobItem.job_id == Job.id, JobItem.state.in_([JobItemState.PENDING, JobItemState.LEASED])
    )
    over = select(Job.id).where(Job.status.not_in(FINAL), ~open_items.exists())
    statement = over.order_by(Job.created_at).limit(MAX_JOBS)
    closed = list((await uow.session.execute(statement)).scalars())
    for job_id in closed:
        await lock_job(uow, job_id)
        await close_if_finished(uow, job_id)
    return closed
