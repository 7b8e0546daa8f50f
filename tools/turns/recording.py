"""What a turn leaves in our tables, written in one transaction by the holder of the lease and by nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import inspect, select

from persistence.driver.connections import DirectConnections
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoveryMessage
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.turns.closing import closing, closing_directly
from tools.turns.lease import LeaseLost
from tools.turns.requests import OpenedTurn
from tools.turns.states import Base, base_directly, base_of, state_columns

Json = dict[str, Any]
COLUMNS = {attribute: str(column.name) for attribute, column in inspect(AgentRun).columns.items()}
"""Columns of a run's row by their attributes."""
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


@dataclass(frozen=True)
class TurnRecord:
    """How a turn ended. Costs are US dollars, durations milliseconds; `events` are compacted and numbered.

    `began_with` is the state that the graph found, this turn's input included; None when it never began. `state_version` says
    which shape of the graph's state both have.
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
    state_version: int = 1


def stands_alone(opened: OpenedTurn) -> bool:
    """Whether a turn is recorded by one statement, which needs no transaction around it: by `record_alone`."""
    return opened.keep_messages is None and opened.kind != "resume"


async def record_turn(
    uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord, calls: Sequence[Json] = ()
) -> None:
    """Write run, talk, experiments and what the model `calls` cost, and give the lease back.

    Raises LeaseLost, and then nothing is written. `calls` are those of `usage_rows`.
    """
    messages = await _new_messages(uow, opened, record)
    base = None if (run_id := _builds_upon(opened, record)) is None else await base_of(uow, run_id)
    run = _run_columns(opened, record, base)
    values = _values(opened, record, run, messages, calls)
    recorded = await uow.session.execute(closing(tuple(run)), values)
    if recorded.scalar_one_or_none() is None:
        raise LeaseLost


async def record_alone(
    connections: DirectConnections, opened: OpenedTurn, record: TurnRecord, calls: Sequence[Json] = ()
) -> None:
    """The same for a turn that `stands_alone`. Raises as the connections do, and LeaseLost."""
    run_id = _builds_upon(opened, record)
    base = None if run_id is None else await base_directly(connections, run_id)
    run = _run_columns(opened, record, base)
    values = _values(opened, record, run, _said(opened, record), calls)
    statement = closing_directly(tuple(run))
    if not await connections.rows_in_turn(statement.text, *statement.arguments(**values)):
        raise LeaseLost


def _builds_upon(opened: OpenedTurn, record: TurnRecord) -> UUID | None:
    """The run whose state this one's may be told as a change of."""
    return None if record.state is None or record.began_with is None else opened.state_of


def _values(
    opened: OpenedTurn, record: TurnRecord, run: Json, messages: Sequence[Json], calls: Sequence[Json]
) -> Json:
    """The values of `closing`."""
    new_set = record.experiments is not None and _new_set(opened, record)
    return {
        "session": opened.session_id,
        "turn": opened.turn_id,
        "fence": opened.lease.fence,
        "turn_count": opened.turn_count,
        "experiments": _json(record.experiments) if new_set else None,
        "run": _json(run),
        "messages": _json(messages),
        "calls": _json(calls),
    }


def _new_set(opened: OpenedTurn, record: TurnRecord) -> bool:
    """Whether the newest set may be another than before: it is long, and written only then."""
    forked = opened.keep_messages is not None
    return forked or any(event["type"] == PROPOSED for event in record.events)


def _run_columns(opened: OpenedTurn, record: TurnRecord, base: Base | None) -> Json:
    """What changes in the run's row, by the names of its columns."""
    state = state_columns(record.state, began_with=record.began_with, base=base, version=record.state_version)
    values = {
        **{name: getattr(record, name) for name in TAKEN_OVER},
        **state,
        "events": list(record.events),
        "prompt_tags": list(record.prompt_tags),
        "fence": opened.lease.fence,
        "finished_at": utc_now(),
    }
    return {COLUMNS[name]: value for name, value in values.items()}


async def _new_messages(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> list[Json]:
    """What goes behind the messages that stay; after an approval the same answer goes on."""
    if opened.keep_messages is not None:
        await Repository(uow.session, DiscoveryMessage).delete(
            DiscoveryMessage.session_id == opened.session_id,
            DiscoveryMessage.position >= opened.keep_messages,
        )
    if opened.kind == "resume" and await _goes_on(uow, opened, record):
        return []
    return _said(opened, record)


def _said(opened: OpenedTurn, record: TurnRecord) -> list[Json]:
    """The messages of a turn by itself."""
    said = []
    if opened.kind != "resume":
        said.append(_message(opened, "user", opened.text, opened.client_message_id))
    if record.answer:
        said.append(_answer(opened, record))
    return said


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


def _json(value: object) -> str:
    return orjson.dumps(value, default=_exact_text).decode()


def _exact_text(value: object) -> str:
    """Costs as Postgres reads numbers, and the driver's kind of UUID. Raises TypeError for what is no JSON."""
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
