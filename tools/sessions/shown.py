"""What the agent's messages showed beside their text, from the recorded events of their turns: for who comes back to a talk."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONPATH

from persistence.models.agent_run import AgentRun
from persistence.session import UnitOfWork
from persistence.types import SessionID

Event = Mapping[str, Any]

NEWEST_TURNS = 60
"""Of a longer talk, the older messages are text alone."""
SHOWN = "$[*] ? (" + " || ".join(
    f'@.type == "{kind}"'
    for kind in ("hypotheses_noted", "experiments_proposed", "replies_suggested", "usage_reported")
) + ")"  # fmt: skip


async def read_shown(uow: UnitOfWork, session_id: SessionID) -> dict[str, Sequence[Event]]:
    """Events by the id of the message they belong to, oldest first; one that went on after an approval has them of
    both turns. The caller's access to the session was checked before.
    """
    events = func.jsonb_path_query_array(AgentRun.events, cast(SHOWN, JSONPATH))
    statement = (
        select(AgentRun.message_id, events)
        .where(
            AgentRun.session_id == session_id,
            AgentRun.events.is_not(None),
            AgentRun.message_id.is_not(None),
        )
        .order_by(AgentRun.started_at.desc(), AgentRun.id.desc())
        .limit(NEWEST_TURNS)
    )
    shown: dict[str, Sequence[Event]] = {}
    for message_id, of_turn in reversed((await uow.session.execute(statement)).all()):
        shown[message_id] = [*shown.get(message_id, []), *of_turn]
    return {message_id: found for message_id, found in shown.items() if found}
