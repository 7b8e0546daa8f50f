"""The record of a turn that ends: put together from its events, the graph's state and the meter."""

import time
from collections.abc import Sequence

from agents.events import TurnEvent, TurnFailed, TurnFinished, UsageReported
from agents.turns.entries import to_record, visible_text
from agents.turns.graph_run import GraphRun
from persistence.models.agent_run import AgentRunStatus
from tools.providers.models.usage import UsageMeter
from tools.turns.recording import TurnRecord


def usage_event(meter: UsageMeter) -> list[UsageReported]:
    """What the turn used, as its last event but one; nothing when no model was called."""
    if not meter.calls:
        return []
    return [
        UsageReported(
            input_tokens=meter.input_tokens,
            output_tokens=meter.output_tokens,
            cost_usd=float(meter.cost_usd),
            model=meter.model or "",
            provider=meter.provider or "",
        )
    ]


def status_of(ending: TurnEvent) -> AgentRunStatus:
    """How a run stands after its last event."""
    if not isinstance(ending, TurnFinished):
        return AgentRunStatus.FAILED
    if ending.stopped:
        return AgentRunStatus.STOPPED
    return AgentRunStatus.WAITING if ending.finish_reason == "tool-calls" else AgentRunStatus.DONE


def make_record(
    events: Sequence[TurnEvent],
    graph: GraphRun,
    meter: UsageMeter,
    *,
    began: float,
    first_token: float | None,
) -> TurnRecord:
    """The record; `events` ends with the last event, times are monotonic seconds."""
    ending = events[-1]
    state = graph.state or {}
    tags = [*meter.tags, *state.get("prompt_tags", [])]
    return TurnRecord(
        status=status_of(ending),
        answer=visible_text(events),
        events=to_record(events),
        state=graph.state,
        experiments=state.get("experiments"),
        duration_ms=_milliseconds(time.monotonic() - began),
        error_code=ending.code if isinstance(ending, TurnFailed) else None,
        began_with=graph.began_with,
        model=meter.model,
        provider=meter.provider,
        input_tokens=meter.input_tokens,
        output_tokens=meter.output_tokens,
        cost_usd=meter.cost_usd,
        model_calls=meter.calls,
        first_token_ms=None if first_token is None else _milliseconds(first_token - began),
        prompt_tags=list(dict.fromkeys(tags)),
        state_version=graph.checkpointer.shape.version,
    )


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
