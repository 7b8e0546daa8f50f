"""The data parts that are described are those that are sent: clients generate their types from the description."""

from typing import Any

import pytest

from agents.events import (
    ExperimentsProposed,
    HypothesesNoted,
    NodeEntered,
    RepliesSuggested,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    UsageReported,
)
from api.streaming.ai_sdk import AiSdkEncoder
from api.streaming.parts import StreamMetadata, StreamParts
from tests.fixtures.document import openapi_document

TURN = "7e4d379f-10cf-4861-8df6-8cb4e646d3c3"
STARTED = TurnStarted(7, TURN, "message-1")
NOTE = {"value": "Plant managers", "standing": "observed", "evidence": {"quote": "plants", "source": "turn"}}
USED = UsageReported(10, 5, 0.01, "gpt", "openai")
EVENTS: list[tuple[str, TurnEvent]] = [
    ("node", NodeEntered("strategy", "Noting what you said")),
    ("suggestions", RepliesSuggested(None, ["A failed audit."])),
    ("experiments", ExperimentsProposed([], valid=False, strategic_insight="")),
    ("hypotheses", HypothesesNoted({"persona": NOTE, "pain": NOTE | {"evidence": None}}, ["trigger"])),
    ("usage", USED),
    ("error", TurnFailed("busy", "Try again.", retryable=True)),
]


def _chunks(*events: TurnEvent) -> list[dict[str, Any]]:
    encoder = AiSdkEncoder()
    return [chunk for event in events for chunk in encoder.encode(event) if isinstance(chunk, dict)]


@pytest.mark.parametrize(("name", "event"), EVENTS, ids=[name for name, _ in EVENTS])
def test_each_part_has_the_shape_that_is_described(name: str, event: TurnEvent) -> None:
    (part,) = (chunk for chunk in _chunks(STARTED, event) if chunk["type"] == f"data-{name}")
    model = StreamParts.model_fields[name].annotation
    assert model is not None
    read = model.model_validate(part["data"])
    assert read.model_dump(mode="json", by_alias=True) == part["data"]


def test_no_part_is_left_out() -> None:
    assert set(StreamParts.model_fields) == {name for name, _ in EVENTS}


def test_the_metadata_of_a_message_is_described() -> None:
    chunks = _chunks(STARTED, USED, TurnFinished("stop", stopped=True))
    told = [chunk["messageMetadata"] for chunk in chunks if "messageMetadata" in chunk]
    assert len(told) == 2
    for metadata in told:
        StreamMetadata.model_validate(metadata)


def test_the_document_holds_them() -> None:
    assert {"StreamParts", "StreamMetadata", "UsagePart"} <= set(openapi_document()["components"]["schemas"])
