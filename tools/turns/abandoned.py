"""Turns that no process took over: the last net below the lease, cast by the workers' schedule."""

from datetime import timedelta

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID

PATIENCE = timedelta(minutes=10)
ERROR_CODE = "abandoned"


async def fail_abandoned(uow: UnitOfWork, *, limit: int = 100) -> int:
    """Fail turns whose lease ended ten minutes ago, and free their sessions; their number.

    The fence moves on, so that an owner that wakes up after all writes nothing.
    """
    statement = (
        select(DiscoverySession.id, DiscoverySession.active_turn_id)
        .where(
            DiscoverySession.active_turn_id.is_not(None), DiscoverySession.lease_until < func.now() - PATIENCE
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await uow.session.execute(statement)).all()
    turns = [AgentRunID(turn_id) for _, turn_id in found if turn_id is not None]
    ended = {"status": AgentRunStatus.FAILED, "error_code": ERROR_CODE, "finished_at": func.now()}
    await Repository(uow.session, AgentRun).update(
        ended, AgentRun.id.in_(turns), AgentRun.status == AgentRunStatus.RUNNING
    )
    freed = {"active_turn_id": None, "lease_owner": None, "lease_until": None}
    await Repository(uow.session, DiscoverySession).update(
        {**freed, "fence": DiscoverySession.fence + 1},
        DiscoverySession.id.in_([session_id for session_id, _ in found]),
    )
    return len(turns)
