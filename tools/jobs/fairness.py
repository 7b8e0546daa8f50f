"""No workspace takes all workers: it may have so many items under way, however many jobs and workers there are."""

from sqlalchemy import func, select

from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState
from persistence.session import UnitOfWork
from persistence.types import JobID, WorkspaceID
from tools.jobs.settings import WorkerSettings


async def free_places(uow: UnitOfWork, job_id: JobID, settings: WorkerSettings) -> int:
    """How many more items of the job's workspace may be under way. Claims of one workspace take turns until the commit."""
    found = await uow.session.execute(select(Job.workspace_id).where(Job.id == job_id))
    workspace_id = found.scalar_one_or_none()
    if workspace_id is None:
        return 0
    turn = func.pg_advisory_xact_lock(func.hashtextextended(f"claims of {workspace_id}", 0))
    await uow.session.execute(select(turn))
    return settings.workspace_items - await _under_way(uow, workspace_id)


async def _under_way(uow: UnitOfWork, workspace_id: WorkspaceID) -> int:
    leased = select(func.count()).where(
        JobItem.state == JobItemState.LEASED,
        JobItem.lease_until >= func.now(),
        JobItem.job_id.in_(select(Job.id).where(Job.workspace_id == workspace_id)),
    )
    return (await uow.session.execute(leased)).scalar_one()


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
