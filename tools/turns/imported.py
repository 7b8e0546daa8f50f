"""A talk that was held elsewhere, as the first turn that goes on with it finds it."""

from typing import Any

from sqlalchemy import select

from persistence.models.discovery import DiscoverySession
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
    return [
        {
            "role": "user" if message.get("role") == "user" else "assistant",
            "content": str(message.get("content", "")),
            "number": 0,
            "turn_id": TURN,
            "order": False,
        }
        for message in stored[-NEWEST:]
    ]
