"""No workspace takes all workers: it may have so many items under way, however many jobs and workers there are."""

from datetime import timedelta

from sqlalchemy import exists, func, select

from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.session import UnitOfWork
from persistence.types import JobID, WorkspaceID
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import KINDS
from tools.read_models import InTransaction

TAKE_TURN = """
SELECT "ProjectID", pg_advisory_xact_lock(hashtextextended('claims of ' || "ProjectID", 0)) FROM "Jobs" WHERE "JobID" = $1
"""
UNDER_WAY = """
SELECT count(*) FROM "JobItems" i JOIN "Jobs" j ON j."JobID" = i."JobID"
WHERE i."State" = 'leased' AND i."LeaseUntil" >= now() AND j."ProjectID" = $1
"""


async def free_places(uow: UnitOfWork, job_id: JobID, settings: WorkerSettings) -> int:
    """How many more items of the job's workspace may be under way. Claims of one workspace take turns until the commit."""
    found = await InTransaction(uow).rows(TAKE_TURN, job_id)
    if not found:
        return 0
    return settings.workspace_items - await _under_way(uow, found[0][0])


async def _under_way(uow: UnitOfWork, workspace_id: WorkspaceID) -> int:
    ((leased,),) = await InTransaction(uow).rows(UNDER_WAY, workspace_id)
    return int(leased)


async def due_beside(uow: UnitOfWork, job_id: JobID, *, limit: int) -> list[tuple[JobID, AsyncJobType]]:
    """The jobs of this job's workspace with items that are due, this one last: others may have waited for its places."""
    mine = select(Job.workspace_id).where(Job.id == job_id).scalar_subquery()
    due = select(JobItem.job_id).where(
        JobItem.job_id == Job.id, JobItem.state == JobItemState.PENDING, JobItem.run_after <= func.now()
    )
    statement = (
        select(Job.id, Job.type)
        .where(Job.workspace_id == mine, Job.completed_at.is_(None), due.exists())
        .order_by(Job.id == job_id, Job.created_at)
        .limit(limit)
    )
    return [(row.id, row.type) for row in await uow.session.execute(statement)]


NEW = timedelta(seconds=5)
"""How old a job counts as new. One that has not begun for longer waits for its workspace's places, or behind many others: to
give way at once would help neither."""


async def others_wait_to_begin(uow: UnitOfWork, workspace_id: WorkspaceID, queue: str) -> bool:
    """Whether a new job of this queue that belongs to another workspace has not begun."""
    types = [job_type for job_type, kind in KINDS.items() if kind.queue == queue]
    unbegun = exists().where(
        Job.status.in_((JobStatus.PENDING, JobStatus.QUEUED)),
        Job.completed_at.is_(None),
        Job.started_at.is_(None),
        Job.created_at > func.now() - NEW,
        Job.type.in_(types),
        Job.workspace_id != workspace_id,
    )
    return bool(await uow.session.scalar(select(unbegun)))
