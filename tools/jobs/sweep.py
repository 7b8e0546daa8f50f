"""What makes lost messages, dead workers and an emptied Redis harmless: a regular look at what is due in Postgres.

Each job is looked at in a transaction of its own: one that can't be ended holds up no other.
"""

from datetime import timedelta

from sqlalchemy import and_, func, or_, select, text

from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.jobs.outbox import Hint
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import FINAL, KINDS
from tools.read_models import InTransaction

LOCK_KEY = 0x7175697665720002
"""The advisory lock of whoever sweeps: one at a time is enough."""
MAX_JOBS = 200

DUE = """
SELECT j."JobID", j."Type", low."JobItemID"
FROM "Jobs" j
LEFT JOIN LATERAL (
  SELECT i."JobItemID", i."DispatchedAt" FROM "JobItems" i
  WHERE i."JobID" = j."JobID" AND i."State" = 'pending' AND i."RunAfter" <= now()
  ORDER BY i."JobItemID" LIMIT 1
) low ON true
LEFT JOIN LATERAL (
  SELECT bool_or(i."LeaseUntil" < now()) AS dead, bool_or(i."LeaseUntil" >= now()) AS live FROM "JobItems" i
  WHERE i."JobID" = j."JobID" AND i."State" = 'leased'
) held ON true
WHERE j."Status" IN ('pending', 'queued', 'processing') AND j."CancelRequestedAt" IS NULL AND (
  held.dead
  OR (held.live IS NOT TRUE AND low."JobItemID" IS NOT NULL
    AND (low."DispatchedAt" IS NULL OR low."DispatchedAt" < now() - $1::interval))
)
ORDER BY j."CreatedAt" LIMIT $2
"""
"""A job with live leases is being worked on: who does that goes on with what is due."""
OVER = """
SELECT j."JobID" FROM "Jobs" j
WHERE j."Status" IN ('pending', 'queued', 'processing') AND NOT EXISTS (
  SELECT 1 FROM "JobItems" i WHERE i."JobID" = j."JobID" AND (
    i."State" IN ('pending', 'leased') AND (
      j."CancelRequestedAt" IS NULL OR i."State" = 'leased' AND i."LeaseUntil" >= now()
    )
  )
)
ORDER BY j."CreatedAt" LIMIT $1
"""


async def lead_sweep(uow: UnitOfWork) -> bool:
    """Whether nobody else sweeps now; the lead ends with the transaction."""
    return bool(await uow.session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": LOCK_KEY}))


async def due_hints(uow: UnitOfWork, settings: WorkerSettings) -> list[Hint]:
    """A message for each job with items that are due and for which none was sent lately; they count as sent from now.

    Only a job's first item is marked: to mark all of a large job would cost more than the message.
    """
    silent = timedelta(seconds=settings.redispatch_seconds)
    jobs = await InTransaction(uow).rows(DUE, silent, MAX_JOBS)
    first = [item_id for _, _, item_id in jobs if item_id is not None]
    if first:
        await Repository(uow.session, JobItem).update({"dispatched_at": func.now()}, JobItem.id.in_(first))
    return [Hint(KINDS[AsyncJobType(kind)].task, {"job_id": str(job_id)}) for job_id, kind, _ in jobs]


async def jobs_over(uow: UnitOfWork) -> list[JobID]:
    """Jobs that are over though nobody noticed, cancelled ones with dead workers included."""
    return [JobID(job_id) for (job_id,) in await InTransaction(uow).rows(OVER, MAX_JOBS)]


async def end_dead(uow: UnitOfWork, job_id: JobID) -> bool:
    """End what dead workers held of such a job, and what was put back after it was cancelled, which nobody claims.

    False when somebody else is at the job, or it is over by now.
    """
    open_ = select(Job).where(Job.id == job_id, Job.status.not_in(FINAL))
    lock = open_.with_for_update(skip_locked=True, key_share=True)
    job = (await uow.session.execute(lock)).scalar_one_or_none()
    if job is None:
        return False
    if job.cancel_requested_at is not None:
        cancelled = {"state": JobItemState.CANCELLED, "finished_at": func.now(), "lease_until": None}
        dead = and_(JobItem.state == JobItemState.LEASED, JobItem.lease_until < func.now())
        ended = or_(JobItem.state == JobItemState.PENDING, dead)
        await Repository(uow.session, JobItem).update(cancelled, JobItem.job_id == job_id, ended)
    return True
