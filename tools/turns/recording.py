"""What a turn leaves in our tables, written in one transaction by the holder of the lease and by nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import CursorResult, cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, utc_now
from tools.turns.forks import CHECKPOINT_BEFORE
from tools.turns.lease import LeaseLost
from tools.turns.requests import OpenedTurn

Json = dict[str, Any]


@dataclass(frozen=True)
class TurnRecord:
    """How a turn ended. Costs are US dollars, durations milliseconds; `events` are compacted and numbered."""

    status: AgentRunStatus
    answer: str
    events: Sequence[Json]
    state: Json | None
    experiments: Sequence[Json] | None
    duration_ms: int
    error_code: str | None = None
    checkpoint_before: str | None = None
    began: bool = False
    """Whether the graph began, so that `checkpoint_before` is known."""
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
    messages = await _talk_after(uow, opened, record)
    values: Json = {
        "messages": messages,
        "turn_count": opened.turn_count,
        "active_turn_id": None,
        "lease_owner": None,
        "lease_until": None,
        "updated_at": func.now(),
    }
    if record.experiments is not None:
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
    await _close_run(uow, opened, record)


async def _close_run(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> None:
    run = await Repository(uow.session, AgentRun).get(AgentRun.id == AgentRunID(opened.turn_id))
    assert run is not None
    if record.began:
        run.input = {**run.input, CHECKPOINT_BEFORE: record.checkpoint_before}
    for name in (
        "status",
        "state",
        "duration_ms",
        "error_code",
        "model",
        "provider",
        "input_tokens",
        "output_tokens",
        "cost_usd",
        "model_calls",
        "first_token_ms",
    ):
        setattr(run, name, getattr(record, name))
    run.events = list(record.events)
    run.prompt_tags = list(record.prompt_tags)
    run.fence = opened.lease.fence
    run.finished_at = utc_now()
    await uow.session.flush()


async def _talk_after(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> Any:
    """The talk with this turn: an expression that appends in the database, or the whole list when a message changed."""
    if opened.kind == "resume":
        return await _talk_with_more(uow, opened, record)
    added = [_message(opened, "user", opened.text, opened.client_message_id)]
    if record.answer:
        added.append(_answer(opened, record))
    return _kept(opened.keep_messages).op("||")(cast(added, JSONB))


def _kept(count: int | None) -> Any:
    """The stored talk, or its first `count` messages."""
    if count is None:
        return DiscoverySession.messages
    if count == 0:
        return cast([], JSONB)
    first = cast(f"$[0 to {count - 1}]", JSONPATH)
    return func.jsonb_path_query_array(DiscoverySession.messages, first)


async def _talk_with_more(uow: UnitOfWork, opened: OpenedTurn, record: TurnRecord) -> list[Json]:
    """After an approval the same answer goes on: its message grows."""
    talk = select(DiscoverySession.messages).where(DiscoverySession.id == opened.session_id)
    messages: list[Json] = list((await uow.session.execute(talk)).scalar_one())
    if not record.answer:
        return messages
    last = messages[-1] if messages else None
    if last is None or last.get("id") != opened.message_id:
        return [*messages, _answer(opened, record)]
    content = "\n\n".join(part for part in (last["content"], record.answer) if part)
    return [*messages[:-1], {**last, "content": content}]


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
