"""What every way to start a turn needs: no dead turn in the way, no other turn running, the lease, the run's row."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, SessionID, utc_now
from tools.access import Access
from tools.errors import Conflict
from tools.turns import lease
from tools.turns.requests import OpenedTurn
from tools.turns.settings import TurnSettings

GRAPH = "discovery"
LOST = "turn_lost"
"""Error code of a turn whose process died."""


async def make_way(uow: UnitOfWork, session: DiscoverySession) -> None:
    """Bury a turn whose process died: its lease ran out and nobody took it on."""
    if session.active_turn_id is None:
        return
    over = select(DiscoverySession.lease_until < func.now()).where(DiscoverySession.id == session.id)
    if not (await uow.session.execute(over)).scalar_one():
        return
    await Repository(uow.session, AgentRun).update(
        {"status": AgentRunStatus.FAILED, "error_code": LOST, "finished_at": utc_now()},
        AgentRun.id == AgentRunID(session.active_turn_id),
        AgentRun.status == AgentRunStatus.RUNNING,
    )
    session.active_turn_id = None
    await uow.session.flush()


def refuse_busy(session: DiscoverySession) -> None:
    """Raise Conflict when the talk is completed or a turn of it runs."""
    if session.status is not DiscoverySessionStatus.ACTIVE:
        raise Conflict("This conversation is completed. Start a new one.", code="session_completed")
    if session.active_turn_id is not None:
        raise turn_running(session)


def turn_running(session: DiscoverySession) -> Conflict:
    """What says that somebody has to wait, and for which turn."""
    return Conflict(
        "An answer is being written in this conversation. Wait for it or stop it.",
        code="turn_running",
        extra={"turnId": str(session.active_turn_id), "sessionId": session.id},
    )


async def take_lease(
    uow: UnitOfWork, session_id: SessionID, turn_id: UUID, owner: str, settings: TurnSettings
) -> lease.Lease:
    """The lease of a session that is locked and free. Raises Conflict when it is not."""
    held = await lease.take(uow, session_id, turn_id, owner=owner, seconds=settings.lease)
    if held is None:
        raise Conflict("An answer is being written in this conversation.", code="turn_running")
    return held


async def create_run(uow: UnitOfWork, access: Access, opened: OpenedTurn, details: dict[str, Any]) -> None:
    """Write the run's row. `details` are kept as its input."""
    run = AgentRun(
        id=AgentRunID(opened.turn_id),
        workspace_id=access.workspace_id,
        user_id=access.caller.user_id,
        graph=GRAPH,
        kind=opened.kind,
        session_id=opened.session_id,
        thread_id=opened.thread_id,
        client_message_id=opened.client_message_id,
        message_id=opened.message_id,
        status=AgentRunStatus.RUNNING,
        input=details,
        fence=opened.lease.fence,
        started_at=opened.now,
    )
    await Repository(uow.session, AgentRun).create(run)
