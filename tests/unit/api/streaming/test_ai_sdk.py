"""The AI SDK form: chunk types that versions 6 and 7 share, in an order they accept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.events import (
    ApprovalAnswered,
    ApprovalRequested,
    ExperimentsProposed,
    HypothesesNoted,
    NodeEntered,
    RepliesSuggested,
    TextDelta,
    ToolCalled,
    ToolResult,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    UsageReported,
)
from api.streaming.ai_sdk import AiSdkEncoder
from api.streaming.encoder import DONE, Chunk

STARTED = TurnStarted(7, "turn-1", "message-1")
USED = UsageReported(10, 5, 0.01, "gpt", "openai")
ASKED = ApprovalRequested("approval-1", "call-1", "save_experiments", "Save five", {"count": 5})
CALLED = ToolCalled("call-1", "save_experiments", {"count": 5})

REQUIRED: dict[str, set[str]] = {
    "start": {"messageId", "messageMetadata"},
    "start-step": set(),
    "finish-step": set(),
    "finish": {"finishReason", "messageMetadata"},
    "text-start": {"id"},
    "text-delta": {"id", "delta"},
    "text-end": {"id"},
    "tool-input-start": {"toolCallId", "toolName"},
    "tool-input-available": {"toolCallId", "toolName", "input"},
    "tool-approval-request": {"approvalId", "toolCallId"},
    "tool-output-available": {"toolCallId", "output"},
    "tool-output-error": {"toolCallId", "errorText"},
    "tool-output-denied": {"toolCallId"},
    "error": {"errorText"},
}
"""The chunk types of version 6 that we send, and what each must have. Data parts come beside them."""


def encoded(*events: TurnEvent) -> list[Any]:
    """All chunks of a turn."""
    encoder = AiSdkEncoder()
    return [chunk for event in events for chunk in encoder.encode(event)]


def kinds(chunks: list[Any]) -> list[str]:
    return [chunk if isinstance(chunk, str) else chunk["type"] for chunk in chunks]


def check(chunks: list[Chunk]) -> None:
    """The rules a client enforces: known types, what each needs, deltas in open parts, outputs of known tools, one end."""
    open_texts: set[str] = set()
    tools: set[str] = set()
    for chunk in chunks[:-1]:
        assert isinstance(chunk, dict)
        kind = chunk["type"]
        if kind.startswith("data-"):
            assert "data" in chunk
            continue
        assert REQUIRED[kind] <= chunk.keys()
        if kind == "text-start":
            assert chunk["id"] not in open_texts
            open_texts.add(chunk["id"])
        elif kind in {"text-delta", "text-end"}:
            assert chunk["id"] in open_texts
            open_texts -= {chunk["id"]} if kind == "text-end" else set()
        elif kind == "tool-input-start":
            tools.add(chunk["toolCallId"])
        elif kind.startswith("tool-"):
            assert chunk["toolCallId"] in tools
        elif kind in {"finish", "error"}:
            assert not open_texts
    names = kinds(chunks)
    assert names[:2] == ["start", "start-step"]
    assert names[-1] == DONE
    assert names.count("finish") + names.count("error") == 1
    assert names[-2] in {"finish", "error"}


def test_an_ordinary_turn() -> None:
    chunks = encoded(
        STARTED,
        NodeEntered("followup", "Thinking"),
        TextDelta("t-1", "Who "),
        TextDelta("t-1", "buys?"),
        RepliesSuggested("Name a role", ["Plant managers"]),
        HypothesesNoted({"persona": {"value": "plant manager"}}, ["trigger"]),
        USED,
        TurnFinished("stop"),
    )
    check(chunks)
    assert chunks[0] == {
        "type": "start",
        "messageId": "message-1",
        "messageMetadata": {"sessionId": 7, "turnId": "turn-1"},
    }
    assert chunks[2] == {
        "type": "data-node",
        "data": {"node": "followup", "label": "Thinking"},
        "transient": True,
    }
    assert [chunk["delta"] for chunk in chunks[:-1] if chunk["type"] == "text-delta"] == ["Who ", "buys?"]
    used = {"inputTokens": 10, "outputTokens": 5, "costUsd": 0.01, "model": "gpt", "provider": "openai"}
    assert chunks[-2] == {
        "type": "finish",
        "finishReason": "stop",
        "messageMetadata": {"turnId": "turn-1", "usage": used},
    }


def test_an_approval_is_asked_and_denied() -> None:
    asked = encoded(STARTED, CALLED, ASKED, TurnFinished("tool-calls"))
    check(asked)
    assert kinds(asked)[2:5] == ["tool-input-start", "tool-input-available", "tool-approval-request"]
    whole = encoded(
        STARTED,
        CALLED,
        ASKED,
        TurnStarted(7, "turn-2", "message-1"),
        ApprovalAnswered("approval-1", "call-1", approved=False),
        ToolResult("call-1", {"saved": 0}),
        TextDelta("t-2", "Fine."),
        TurnFinished("stop"),
    )
    check(whole)
    assert "tool-output-denied" in kinds(whole)
    assert "tool-output-available" not in kinds(whole)
    assert kinds(whole).count("start") == 1


def test_an_approval_whose_call_was_not_told_brings_it_along() -> None:
    check(encoded(STARTED, ASKED, TurnFinished("tool-calls")))


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (ToolResult("call-1", {"saved": 5}), "tool-output-available"),
        (ToolResult("call-1", error="A rule was broken."), "tool-output-error"),
    ],
)
def test_a_tool_ends_in_its_result(result: ToolResult, kind: str) -> None:
    chunks = encoded(STARTED, CALLED, result, TurnFinished("stop"))
    check(chunks)
    assert kind in kinds(chunks)


def test_a_set_of_experiments_is_a_data_part() -> None:
    chunks = encoded(STARTED, ExperimentsProposed([{"name": "A"}], valid=False, strategic_insight="Why"))
    data = {"experiments": [{"name": "A"}], "valid": False, "strategicInsight": "Why"}
    assert chunks[-1] == {"type": "data-experiments", "id": "experiments", "data": data}


def test_a_stopped_turn_says_so_and_closes_its_text() -> None:
    chunks = encoded(STARTED, TextDelta("t-1", "Half"), TurnFinished("other", stopped=True))
    check(chunks)
    assert chunks[-2]["finishReason"] == "other"
    assert chunks[-2]["messageMetadata"]["stopped"] is True


def test_a_failure_is_told_as_data_and_then_as_error() -> None:
    failed = TurnFailed("model_unavailable", "Try again.", retryable=True)
    chunks = encoded(STARTED, TextDelta("t-1", "Half"), failed)
    check(chunks)
    told = {"code": "model_unavailable", "message": "Try again.", "retryable": True, "turnId": "turn-1"}
    assert chunks[-3] == {"type": "data-error", "id": "error", "data": told}
    assert chunks[-2] == {"type": "error", "errorText": "Try again."}


def test_a_new_attempt_in_mid_stream_asks_the_client_to_reload() -> None:
    again = TurnStarted(7, "turn-1", "message-1", attempt=2)
    chunks = encoded(
        STARTED, TextDelta("t-1", "Half"), again, TextDelta("t-1", "Whole"), TurnFinished("stop")
    )
    check(chunks)
    assert chunks[-3]["data"]["retryable"] is True


def test_version_7_is_told_to_take_a_dead_attempt_back() -> None:
    encoder = AiSdkEncoder(knows_reset=True)
    again = TurnStarted(7, "turn-1", "message-1", attempt=2)
    events = [
        STARTED,
        TextDelta("t-1", "Half"),
        CALLED,
        again,
        TextDelta("t-1", "Whole"),
        TurnFinished("stop"),
    ]
    chunks: list[Any] = [chunk for event in events for chunk in encoder.encode(event)]
    place = chunks.index({"type": "reset-step"})
    assert kinds(chunks)[place:] == [
        "reset-step",
        "text-start",
        "text-delta",
        "text-end",
        "finish-step",
        "finish",
        DONE,
    ]


WORDS = st.text(max_size=5)
MIDDLE = st.one_of(
    st.builds(TextDelta, st.sampled_from(["t-1", "t-2"]), WORDS),
    st.builds(NodeEntered, WORDS, WORDS),
    st.builds(RepliesSuggested, WORDS, st.lists(WORDS, max_size=2)),
    st.sampled_from([CALLED, ASKED, USED]),
)
END = st.sampled_from(
    [TurnFinished("stop"), TurnFinished("tool-calls"), TurnFailed("x", "y", retryable=False)]
)


@given(st.lists(MIDDLE, max_size=20), END)
def test_any_order_of_events_gives_a_stream_that_clients_accept(
    middle: list[TurnEvent], end: TurnEvent
) -> None:
    check(encoded(STARTED, *middle, end))


def test_a_second_attempt_of_what_goes_on_after_an_approval_takes_nothing_back() -> None:
    """Of the answered turn nothing but the second attempt was ever shown here."""
    waited = [STARTED, TextDelta("t1", "Shall I save?"), ASKED]
    goes_on = [TurnStarted(7, "turn-2", "message-1", attempt=2), TextDelta("t2", "Saved.")]
    encoder = AiSdkEncoder(knows_reset=True)
    chunks = [chunk for event in [*waited, *goes_on] for chunk in encoder.encode(event)]
    types = [chunk["type"] for chunk in chunks if not isinstance(chunk, str)]
    assert "reset-step" not in types
    lost = encoder.encode(TurnStarted(7, "turn-2", "message-1", attempt=3))
    assert lost == [{"type": "reset-step"}]
    older = AiSdkEncoder()
    told = [chunk for event in [*waited, *goes_on] for chunk in older.encode(event)]
    assert {"type": "text-delta", "id": "t2", "delta": "Saved."} in told
    assert all(chunk["type"] != "error" for chunk in told if not isinstance(chunk, str))
