"""A talk as it stands now: what was recorded, and the message that is being answered, which is recorded with its answer.

Who reloads in mid-answer reads this first and the running answer's stream after it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from persistence.types import AgentRunID
from tools.sessions.schemas import TalkMessage


async def read_talk(uow: UnitOfWork, session: DiscoverySession) -> list[TalkMessage]:
    """The talk of a session that is loaded with its talk."""
    asked = await _being_answered(uow, session)
    if asked is None:
        return [_message(stored) for stored in session.talk]
    # Read again, after the run: when it ended meanwhile, all of it is there now.
    await uow.session.refresh(session, ["talk"])
    recorded = [_message(stored) for stored in session.talk]
    if any(message.turn_id == asked.turn_id for message in recorded):
        return recorded
    return [*_before(recorded, asked.id), asked]


async def _being_answered(uow: UnitOfWork, session: DiscoverySession) -> TalkMessage | None:
    """The message that a running turn answers; none when it goes on after an approval."""
    if session.active_turn_id is None:
        return None
    text = AgentRun.input["text"].astext
    statement = select(AgentRun.id, AgentRun.client_message_id, AgentRun.started_at, text).where(
        AgentRun.id == AgentRunID(session.active_turn_id),
        AgentRun.status == AgentRunStatus.RUNNING,
        AgentRun.kind != "resume",
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        return None
    turn_id, message_id, started_at, content = row
    return TalkMessage(role="user", content=content, timestamp=started_at, id=message_id, turn_id=turn_id)


def _before(recorded: Sequence[TalkMessage], message_id: str | None) -> Sequence[TalkMessage]:
    """What stays of a talk when this message of the user's is answered anew: all, when it is not in it yet."""
    for place, message in enumerate(recorded):
        if message.role == "user" and message.id == message_id:
            return recorded[:place]
    return recorded


def _message(stored: dict[str, Any]) -> TalkMessage:
    """A stored message; imported ones have neither id nor turn."""
    return TalkMessage(
        role="assistant" if stored.get("role") != "user" else "user",
        content=str(stored.get("content", "")),
        timestamp=stored.get("timestamp"),
        id=stored.get("id"),
        turn_id=stored.get("turnId"),
        incomplete=bool(stored.get("stopped") or stored.get("failed")),
    )
