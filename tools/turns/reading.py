"""What readers of turns need to know: whether a turn still runs, what it left, which one a client may come back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, SessionID

Json = dict[str, Any]


@dataclass(frozen=True)
class TurnStanding:
    """How a turn stands. `alive`: a process holds its lease; `events`: its record once it has ended; `fence`: its last."""

    running: bool
    alive: bool
    events: Sequence[Json]
    fence: int = 0


@dataclass(frozen=True)
class LastTurn:
    """The newest turn of a session: its last fence, and that of the turn before it. All fences between them are its own."""

    turn_id: UUID
    fence: int
    fence_before: int


async def standing(uow: UnitOfWork, turn_id: UUID) -> TurnStanding | None:
    """How a turn stands now; None when there is no such turn."""
    alive = (DiscoverySession.active_turn_id == turn_id) & (DiscoverySession.lease_until > func.now())
    statement = (
        select(AgentRun.status, AgentRun.events, func.coalesce(alive, False), AgentRun.fence)
        .join(DiscoverySession, DiscoverySession.id == AgentRun.session_id)
        .where(AgentRun.id == AgentRunID(turn_id))
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        return None
    status, events, held, fence = row
    return TurnStanding(status is AgentRunStatus.RUNNING, bool(held), events or [], fence)


async def is_answer_to(uow: UnitOfWork, turn_id: UUID, client_message_id: str) -> bool:
    """Whether a turn was asked for by the message that the client knows by this id."""
    run = await Repository(uow.session, AgentRun).get(
        AgentRun.id == AgentRunID(turn_id), AgentRun.client_message_id == client_message_id
    )
    return run is not None


async def events_before(uow: UnitOfWork, turn_id: UUID) -> list[Json]:
    """The recorded events of the turns that this one goes on from after approvals, oldest first."""
    runs = Repository(uow.session, AgentRun)
    run = await runs.get(AgentRun.id == AgentRunID(turn_id))
    earlier: list[list[Json]] = []
    while run is not None and "resumes" in run.input:
        run = await runs.get(AgentRun.id == AgentRunID(UUID(run.input["resumes"])))
        earlier.append(list(run.events or []) if run else [])
    return [event for events in reversed(earlier) for event in events]


async def last_turn(uow: UnitOfWork, session_id: SessionID) -> LastTurn | None:
    """The newest turn of a session; None when it has none."""
    statement = (
        select(AgentRun.id, AgentRun.fence)
        .where(AgentRun.session_id == session_id)
        .order_by(AgentRun.started_at.desc())
        .limit(2)
    )
    rows = (await uow.session.execute(statement)).all()
    if not rows:
        return None
    return LastTurn(rows[0][0], rows[0][1], rows[1][1] if len(rows) > 1 else 0)
