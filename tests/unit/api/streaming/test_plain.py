"""The plain form of the old front end."""

from agents.events import (
    ApprovalRequested,
    ExperimentsProposed,
    HypothesesNoted,
    RepliesSuggested,
    TextDelta,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from api.streaming.encoder import DONE, Chunk
from api.streaming.plain import PlainEncoder

STARTED = TurnStarted(7, "turn-1", "message-1")


def encoded(*events: object) -> list[Chunk]:
    encoder = PlainEncoder()
    return [chunk for event in events for chunk in encoder.encode(event)]  # type: ignore[arg-type]


def test_a_turn_is_tokens_and_what_belongs_to_them() -> None:
    assert encoded(
        STARTED,
        TextDelta("t-1", "Who "),
        TextDelta("t-1", "buys?"),
        HypothesesNoted({}, []),
        RepliesSuggested("Name a role", ["Plant managers"]),
        ExperimentsProposed([{"name": "A"}], valid=True, strategic_insight="Why"),
        ApprovalRequested("approval-1", "call-1", "save_experiments", "Save five"),
        TurnFinished("tool-calls"),
    ) == [
        {"type": "token", "content": "Who "},
        {"type": "token", "content": "buys?"},
        {"type": "placeholder", "content": "Name a role"},
        {"type": "experiments", "content": [{"name": "A"}]},
        {
            "type": "approval",
            "content": {"approvalId": "approval-1", "action": "save_experiments", "summary": "Save five"},
        },
        {"type": "done", "sessionId": 7, "turnId": "turn-1"},
        DONE,
    ]


def test_experiments_that_broke_a_rule_are_not_shown() -> None:
    assert encoded(STARTED, ExperimentsProposed([{}], valid=False, strategic_insight="")) == []


def test_a_second_part_is_a_new_paragraph() -> None:
    chunks = encoded(STARTED, TextDelta("t-1", "One."), TextDelta("t-2", "Two."))
    assert chunks[-1] == {"type": "token", "content": "\n\nTwo."}


def test_a_failure_ends_the_stream() -> None:
    assert encoded(STARTED, TurnFailed("model_unavailable", "Try again.", retryable=True)) == [
        {"type": "error", "content": "Try again.", "code": "model_unavailable", "retryable": True},
        DONE,
    ]


def test_a_new_attempt_takes_the_text_back() -> None:
    again = TurnStarted(7, "turn-1", "message-1", attempt=2)
    chunks = encoded(STARTED, TextDelta("t-1", "Half"), again, TextDelta("t-1", "Whole"))
    assert chunks[1:] == [{"type": "reset"}, {"type": "token", "content": "Whole"}]


def test_a_second_attempt_of_what_goes_on_after_an_approval_takes_nothing_back() -> None:
    encoder = PlainEncoder()
    waited = [TurnStarted(7, "turn-1", "message-1"), TextDelta("t1", "Shall I save?")]
    goes_on = [TurnStarted(7, "turn-2", "message-1", attempt=2), TextDelta("t2", "Saved.")]
    chunks = [chunk for event in [*waited, *goes_on] for chunk in encoder.encode(event)]
    assert [chunk["type"] for chunk in chunks if not isinstance(chunk, str)] == ["token", "token"]
