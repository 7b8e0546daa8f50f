"""What every way to start a turn needs: no other turn running, the lease, the run's row."""

from typing import Any
from uuid import UUID

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, SessionID
from tools.access import Access
from tools.errors import Conflict
from tools.turns import lease
from tools.turns.requests import OpenedTurn
from tools.turns.settings import TurnSettings

GRAPH = "discovery"
TURN_COUNT = "turnCount"
KEEP_MESSAGES = "keepMessages"
"""Keys in a run's `input`, for whoever takes it over: fields of OpenedTurn."""


def refuse_busy(session: DiscoverySession) -> None:
    """Raise Conflict when the talk is completed or a turn of it runs, or waits to be taken over."""
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
        input={**details, TURN_COUNT: opened.turn_count, KEEP_MESSAGES: opened.keep_messages},
        fence=opened.lease.fence,
        started_at=opened.now,
    )
    await Repository(uow.session, AgentRun).create(run)
