"""The closed set of things that happen in a turn. Nodes emit them, the runner logs them, `api/streaming` encodes them.

turn_started → (node_entered | text_delta | tool_called | tool_result | hypotheses_noted | experiments_proposed
                | replies_suggested | approval_requested | approval_answered | usage_reported)* → turn_finished | turn_failed
"""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal

import orjson

Json = dict[str, Any]
FinishReason = Literal["stop", "length", "content-filter", "tool-calls", "error", "other"]


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """What every event has: its type word."""

    type: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class TurnStarted(TurnEvent):
    """The first event of an attempt. `message_id` is the assistant message's, the same on every replay."""

    type: ClassVar[str] = "turn_started"
    session_id: int
    turn_id: str
    message_id: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class NodeEntered(TurnEvent):
    """A node began. `label` is for people ("Thinking about who buys")."""

    type: ClassVar[str] = "node_entered"
    node: str
    label: str


@dataclass(frozen=True, slots=True)
class TextDelta(TurnEvent):
    """More visible text of the part `text_id`."""

    type: ClassVar[str] = "text_delta"
    text_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolCalled(TurnEvent):
    """The agent acts: the name and its typed input."""

    type: ClassVar[str] = "tool_called"
    tool_call_id: str
    tool: str
    input: Json


@dataclass(frozen=True, slots=True)
class ToolResult(TurnEvent):
    """What an action gave. `error` is a sentence for people, set when it failed."""

    type: ClassVar[str] = "tool_result"
    tool_call_id: str
    output: Json | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class HypothesesNoted(TurnEvent):
    """What is known now, by dimension or topic, and what is missing."""

    type: ClassVar[str] = "hypotheses_noted"
    known: Json
    missing: list[str]


@dataclass(frozen=True, slots=True)
class ExperimentsProposed(TurnEvent):
    """A set of experiments. `valid` is false when it was refused; the text then says which rule failed."""

    type: ClassVar[str] = "experiments_proposed"
    experiments: list[Json]
    valid: bool
    strategic_insight: str


@dataclass(frozen=True, slots=True)
class RepliesSuggested(TurnEvent):
    """Answers the user may click, and a placeholder for the input box."""

    type: ClassVar[str] = "replies_suggested"
    placeholder: str | None
    replies: list[str]


@dataclass(frozen=True, slots=True)
class ApprovalRequested(TurnEvent):
    """The turn waits for the user's yes or no. `approval_id` is LangGraph's interrupt id."""

    type: ClassVar[str] = "approval_requested"
    approval_id: str
    tool_call_id: str
    action: str
    summary: str
    input: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApprovalAnswered(TurnEvent):
    """The user answered; first event of a resumed turn after `turn_started`."""

    type: ClassVar[str] = "approval_answered"
    approval_id: str
    tool_call_id: str
    approved: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UsageReported(TurnEvent):
    """Tokens and cost (US dollars) of the whole turn so far."""

    type: ClassVar[str] = "usage_reported"
    input_tokens: int
    output_tokens: int
    cost_usd: float
    model: str
    provider: str


@dataclass(frozen=True, slots=True)
class TurnFinished(TurnEvent):
    """The last event of a turn that ended well. Published only after its record is committed."""

    type: ClassVar[str] = "turn_finished"
    finish_reason: FinishReason
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class TurnFailed(TurnEvent):
    """The last event of a turn that failed. `message` is safe to show; the cause is in the log."""

    type: ClassVar[str] = "turn_failed"
    code: str
    message: str
    retryable: bool


EVENT_TYPES: dict[str, type[TurnEvent]] = {
    kind.type: kind
    for kind in (
        TurnStarted,
        NodeEntered,
        TextDelta,
        ToolCalled,
        ToolResult,
        HypothesesNoted,
        ExperimentsProposed,
        RepliesSuggested,
        ApprovalRequested,
        ApprovalAnswered,
        UsageReported,
        TurnFinished,
        TurnFailed,
    )
}


FIELDS = {kind: [known.name for known in fields(kind)] for kind in EVENT_TYPES.values()}


def encode_event(event: TurnEvent) -> bytes:
    """One event as JSON bytes with its type word."""
    return orjson.dumps({"type": event.type, **{name: getattr(event, name) for name in FIELDS[type(event)]}})


def decode_event(data: bytes) -> TurnEvent:
    """The event that `encode_event` wrote. Raises KeyError for a type word this version does not know."""
    fields = orjson.loads(data)
    return EVENT_TYPES[fields.pop("type")](**fields)
