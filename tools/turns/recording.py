"""What a turn leaves in our tables, written in one transaction by the holder of the lease and by nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CursorResult, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoveryMessage, DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, utc_now
from tools.turns.lease import LeaseLost
from tools.turns.requests import OpenedTurn
from tools.turns.states import state_columns

Json = dict[str, Any]
PROPOSED = "experiments_proposed"
"""Type word of the event that shows a set."""

TAKEN_OVER = (
    "status",
    "duration_ms",
    "error_code",
    "model",
    "provider",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "model_calls",
    "first_token_ms",
)
"""What stands in a run's row as in its record."""

ADD = text(
    """
    INSERT INTO "DiscoveryMessages" ("DiscoverySessionID", "Position", "Message")
    SELECT :session, talk.length + added.number - 1, added.message
    FROM jsonb_array_elements(:messages) WITH ORDINALITY AS added (message, number),
        (SELECT coalesce(max("Position") + 1, 0) AS length FROM "DiscoveryMessages"
         WHERE "DiscoverySessionID" = :session) AS talk
    """
).bindparams(bindparam("session", type_=BigInteger), bindparam("messages", type_=JSONB))
"""Puts messages behind those of a session. The caller holds the session's row."""


@dataclass(frozen=True)
class TurnRecord:
    """How a turn ended. Costs are US dollars, durations milliseconds; `events` are compacted and numbered.

    `began_with` is the state that the graph found, this turn's input included; None when it never began.
    """

    status: AgentRunStatus
    answer: str
    events: Sequence[Json]
    state: Json | None
    experiments: Sequence[Json] | None
    duration_ms: int
    error_code: str | None = None
    began_with: Mapping[str, Any] | None = None
    model: str | None = None
    provider: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = Decimal(0)
    model_calls: int = 0
    first_token_ms: int | None = None
    prompt_tags: Sequence[str] = field(default_factory=tuple)


async def record_turn(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> None:
    """Write run, talk and experiments, and give the lease back. Raises LeaseLost, and then nothing is written."""
    values: Json = {
        "turn_count": opened.turn_count,
        "active_turn_id": None,
        "lease_owner": None,
        "lease_until": None,
        "updated_at": func.now(),
    }
    if record.experiments is not None and _new_set(opened, record):
        values["generated_icps"] = list(record.experiments)
    statement = (
        update(DiscoverySession)
        .where(
            DiscoverySession.id == opened.session_id,
            DiscoverySession.active_turn_id == opened.turn_id,
            DiscoverySession.fence == opened.lease.fence,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    result = await uow.session.execute(statement)
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        raise LeaseLost
    await _add_to_talk(uow, opened, record)
    await _close_run(uow, opened, record)


def _new_set(opened: OpenedTurn, record: TurnRecord) -> bool:
    """Whether the newest set may be another than before: it is long, and written only then."""
    forked = opened.keep_messages is not None
    return forked or any(event["type"] == PROPOSED for event in record.events)


async def _close_run(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> None:
    values = {name: getattr(record, name) for name in TAKEN_OVER}
    state = await state_columns(uow, record.state, began_with=record.began_with, after=opened.state_of)
    statement = (
        update(AgentRun)
        .where(AgentRun.id == AgentRunID(opened.turn_id))
        .values(
            **values,
            **state,
            events=list(record.events),
            prompt_tags=list(record.prompt_tags),
            fence=opened.lease.fence,
            finished_at=utc_now(),
        )
        .execution_options(synchronize_session=False)
    )
    await uow.session.execute(statement)


async def _add_to_talk(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> None:
    """The turn's messages go behind those that stay; after an approval the same answer goes on."""
    if opened.keep_messages is not None:
        await Repository(uow.session, DiscoveryMessage).delete(
            DiscoveryMessage.session_id == opened.session_id,
            DiscoveryMessage.position >= opened.keep_messages,
        )
    added = []
    if opened.kind != "resume":
        added.append(_message(opened, "user", opened.text, opened.client_message_id))
    elif await _goes_on(uow, opened, record):
        return
    if record.answer:
        added.append(_answer(opened, record))
    await uow.session.execute(ADD, {"session": opened.session_id, "messages": added})


async def _goes_on(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> bool:
    """Write on in the talk's newest message, if it is the one that waited for the approval; whether it is."""
    newest = await _newest_message(uow, opened)
    if newest is None or not record.answer or newest.message.get("id") != opened.message_id:
        return False
    content = "\n\n".join(part for part in (newest.message["content"], record.answer) if part)
    newest.message = {**newest.message, "content": content}
    await uow.session.flush()
    return True


async def _newest_message(uow: UnitOfWork, opened: OpenedTurn) -> DiscoveryMessage | None:
    statement = (
        select(DiscoveryMessage)
        .where(DiscoveryMessage.session_id == opened.session_id)
        .order_by(DiscoveryMessage.position.desc())
        .limit(1)
    )
    return (await uow.session.execute(statement)).scalar_one_or_none()


def _answer(opened: OpenedTurn, record: TurnRecord) -> Json:
    message = _message(opened, "assistant", record.answer, opened.message_id)
    if record.status in {AgentRunStatus.STOPPED, AgentRunStatus.FAILED}:
        message[record.status.value] = True
    return message


def _message(opened: OpenedTurn, role: str, content: str, message_id: str | None) -> Json:
    return {
        "role": role,
        "content": content,
        "timestamp": (opened.now if role == "user" else utc_now()).isoformat(),
        "id": message_id,
        "turnId": str(opened.turn_id),
    }
