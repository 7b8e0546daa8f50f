"""What services ask about workspaces beyond the six methods."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.models.job import Job
from persistence.session import UnitOfWork
from persistence.types import WorkspaceID

UNDER_WAY = (AgentRunStatus.RUNNING, AgentRunStatus.WAITING)


async def newest_talks(uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID]) -> dict[WorkspaceID, list[Any]]:
    """The messages of the newest session of each workspace that has one."""
    statement = (
        select(DiscoverySession.workspace_id, DiscoverySession.talk)
        .ext(distinct_on(DiscoverySession.workspace_id))
        .where(DiscoverySession.workspace_id.in_(workspace_ids))
        .order_by(DiscoverySession.workspace_id, DiscoverySession.id.desc())
    )
    rows = (await uow.session.execute(statement)).all()
    return {row.workspace_id: row.talk for row in rows}


async def newest_session(uow: UnitOfWork, workspace_id: WorkspaceID) -> DiscoverySession | None:
    """The session that began last, imported or not."""
    statement = (
        select(DiscoverySession)
        .where(DiscoverySession.workspace_id == workspace_id)
        .order_by(DiscoverySession.id.desc())
        .limit(1)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


async def stop_runs(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Ask every run to stop and take the lease of every session away: a turn that goes on can write nothing more.

    The turns' ids stay in their runs, from which `turns_of` reads them later.
    """
    runs = (
        update(AgentRun)
        .where(AgentRun.workspace_id == workspace_id, AgentRun.status.in_(UNDER_WAY))
        .values(stop_requested_at=func.coalesce(AgentRun.stop_requested_at, func.now()))
    )
    leases = (
        update(DiscoverySession)
        .where(DiscoverySession.workspace_id == workspace_id)
        .values(active_turn_id=None, lease_owner=None, lease_until=None, fence=DiscoverySession.fence + 1)
    )
    for statement in (runs, leases):
        await uow.session.execute(statement.execution_options(synchronize_session=False))


async def stop_jobs(uow: UnitOfWork, workspace_id: WorkspaceID) -> None:
    """Ask every job that is not over to end."""
    jobs = (
        update(Job)
        .where(
            Job.workspace_id == workspace_id, Job.completed_at.is_(None), Job.cancel_requested_at.is_(None)
        )
        .values(cancel_requested_at=func.now())
    )
    await uow.session.execute(jobs.execution_options(synchronize_session=False))


async def threads_of(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[UUID]:
    """The graph threads of every session and run."""
    of_sessions = select(DiscoverySession.thread_id).where(DiscoverySession.workspace_id == workspace_id)
    of_runs = select(AgentRun.thread_id).where(
        AgentRun.workspace_id == workspace_id, AgentRun.thread_id.is_not(None)
    )
    return list((await uow.session.execute(of_sessions.union(of_runs))).scalars())


async def turns_of(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[UUID]:
    """Every turn that may have a log."""
    return list(
        (
            await uow.session.execute(select(AgentRun.id).where(AgentRun.workspace_id == workspace_id))
        ).scalars()
    )
