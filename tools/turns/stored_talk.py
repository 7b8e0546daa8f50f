"""What was said, out of the session's record, as a graph keeps messages: for a talk that was held elsewhere, and where a
talk's state can't be read.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from persistence.models.discovery import DiscoveryMessage, DiscoverySession
from persistence.session import UnitOfWork
from persistence.types import SessionID

Json = dict[str, Any]

NEWEST = 200
"""Messages that are handed over; what is older is in the session's record alone."""
TURN = "imported"
"""The lasting name of imported words as a source, as evidence knows them."""


async def imported_messages(uow: UnitOfWork, session_id: SessionID) -> list[Json]:
    """The messages that came with an imported session, as a graph keeps messages; none for other sessions."""
    statement = select(DiscoverySession.messages).where(
        DiscoverySession.id == session_id, DiscoverySession.imported.is_(True)
    )
    stored = (await uow.session.execute(statement)).scalar_one_or_none() or []
    return [{**_message(message, TURN), "number": 0, "order": False} for message in stored[-NEWEST:]]


async def recorded_messages(
    uow: UnitOfWork, session_id: SessionID, turns: Sequence[UUID], *, keep: int | None = None
) -> list[Json]:
    """What was said in these turns: who, what and in which turn. `keep`: only among so many of the talk's first messages."""
    of_turn = DiscoveryMessage.message["turnId"].astext.in_([str(turn) for turn in turns])
    statement = select(DiscoveryMessage.message).where(DiscoveryMessage.session_id == session_id, of_turn)
    if keep is not None:
        statement = statement.where(DiscoveryMessage.position < keep)
    newest = statement.order_by(DiscoveryMessage.position.desc()).limit(NEWEST)
    stored = list((await uow.session.execute(newest)).scalars())
    return [_message(message, str(message["turnId"])) for message in reversed(stored)]


def _message(stored: Json, turn_id: str) -> Json:
    role = "user" if stored.get("role") == "user" else "assistant"
    return {"role": role, "content": str(stored.get("content", "")), "turn_id": turn_id}
