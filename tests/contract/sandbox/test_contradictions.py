"""The sandbox's model reports what can't both be true, and nothing else."""

import json
from typing import Any

import pytest

from tests.sandbox.language.model import reply

BRIEF = """You take notes.
<known><source id="turn:1">{before}</source></known>
<new><source id="turn:2">{now}</source></new>
"""
SIDE = {"type": "string", "description": "Copied letter for letter."}
SCHEMA = {
    "type": "object",
    "properties": {
        "contradictions": {
            "type": "array",
            "description": "Only real contradictions between sources; usually empty.",
            "items": {
                "type": "object",
                "properties": {
                    "quote": SIDE,
                    "source_id": {"type": "string", "description": "The id of that source."},
                    "earlier_quote": SIDE,
                    "earlier_source_id": {"type": "string", "description": "The id of that source."},
                    "question": {"type": "string", "description": "One question."},
                },
            },
        }
    },
}


def found(before: str, now: str) -> list[dict[str, Any]]:
    messages = [
        {"role": "system", "content": BRIEF.format(before=before, now=now)},
        {"role": "user", "content": now},
    ]
    said = reply(messages, schema=SCHEMA, tools=[], tool_choice=None, traits=set()).text
    return list(json.loads(said or "")["contradictions"])


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("We have forty paying customers.", "To be honest, we have no paying customers yet."),
        ("We have no paying customers yet.", "We have forty paying customers, all in Ghent."),
        ("Wir haben zwanzig zahlende Kunden.", "Ehrlich gesagt haben wir keine zahlenden Kunden."),
    ],
)
def test_both_sides_are_quoted_with_their_places_and_one_question(before: str, now: str) -> None:
    (item,) = found(before, now)
    assert (item["quote"], item["source_id"]) == (now, "turn:2")
    assert (item["earlier_quote"], item["earlier_source_id"]) == (before, "turn:1")
    assert item["question"].count("?") == 1


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("We have forty paying customers.", "They lose two days a month."),
        ("We have no paying customers yet.", "We still have no paying customers yet, really."),
        ("We have forty paying customers.", "Our paying customers never call at night."),
    ],
)
def test_what_can_both_be_true_is_none(before: str, now: str) -> None:
    assert found(before, now) == []
