"""What the talk's state was in older versions becomes the present one, and no change of its shape goes without a version."""

import json
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from agents.discovery.state import StoredState
from agents.discovery.versions.catching_up import caught_up
from agents.discovery.versions.upgrades import SHAPE
from agents.turns.state_shape import UnreadableState

Json = dict[str, Any]

STORED = Path(__file__).parent / "state_shape.json"
FIRST: Json = {
    "messages": [
        {
            "role": "user",
            "content": "We sell to bakers.",
            "number": 1,
            "turn_id": "t-1",
            "order": False,
        }
    ],
    "known": {
        "notes": {},
        "beliefs": [],
        "contradictions": [],
        "customers": "unknown",
        "unread": [],
    },
    "talk": {
        "number": 1,
        "language": "en",
        "asked": ["trigger"],
        "barren": 0,
        "digest": [],
        "offered": False,
    },
    "plan": {
        "steps": ["followup", "strategy"],
        "mode": "ask",
        "ask": "trigger",
        "open": ["trigger"],
        "missing": ["trigger"],
        "strict": True,
        "decided_by": "rules",
    },
    "prompt_tags": ["discovery/followup@1#00000000"],
    "action": None,
}
"""A state as version 1 stored it."""
SAID: list[Json] = [
    {"role": "user", "content": "Wir verkaufen an Bäcker und die Müller.", "turn_id": "t-2"},
    {"role": "assistant", "content": "Wer kauft zuerst?", "turn_id": "t-2"},
    {"role": "user", "content": "just give me five now", "turn_id": "t-3"},
]


def shape_of(kind: Any) -> Any:
    """A type as JSON: typed dicts by their fields, all else by its name."""
    if is_typeddict(kind):
        return {name: shape_of(hint) for name, hint in get_type_hints(kind).items()}
    inner = [shape_of(part) for part in get_args(kind) if not isinstance(part, str)]
    name = str(kind) if get_origin(kind) is None or not inner else str(get_origin(kind))
    return {name: inner} if inner else name


def missing(value: Any, kind: Any = StoredState, where: str = "") -> list[str]:
    """What a stored state lacks of its shape."""
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        lacks = [f"{where}.{name}" for name in kind.__required_keys__ if name not in value]
        inside = [missing(part, hints[name], f"{where}.{name}") for name, part in value.items()]
        return [*lacks, *(fault for faults in inside for fault in faults)]
    if get_origin(kind) is list:
        (item,) = get_args(kind)
        return [fault for part in value for fault in missing(part, item, where)]
    return []


def test_a_state_of_the_first_version_becomes_a_whole_one_of_the_present() -> None:
    read = SHAPE.read(1, FIRST)
    assert missing(read) == []
    assert read["talk"]["asked"] == ["trigger"]
    assert read["messages"] is FIRST["messages"]


@pytest.mark.parametrize("channel", sorted(FIRST))
def test_each_channel_is_brought_up_alone_too(channel: str) -> None:
    assert SHAPE.read(1, {channel: FIRST[channel]}) == {channel: SHAPE.read(1, FIRST)[channel]}


def test_a_state_of_a_newer_version_is_refused_as_such() -> None:
    with pytest.raises(UnreadableState) as refused:
        SHAPE.read(SHAPE.version + 1, FIRST)
    assert refused.value.why == "newer"


def test_a_state_that_no_step_fits_is_refused_as_such() -> None:
    with pytest.raises(UnreadableState) as refused:
        SHAPE.read(1, {"talk": "not a talk"})
    assert refused.value.why == "not_upgraded"


def test_there_is_a_step_from_every_version_to_the_next() -> None:
    assert sorted(SHAPE.upgrades) == list(range(1, SHAPE.version))


def test_a_changed_shape_is_a_new_version() -> None:
    """Write the new shape and version into the file, and the step that leads there into `versions/upgrades.py`."""
    assert json.loads(STORED.read_text()) == {"version": SHAPE.version, "shape": shape_of(StoredState)}


def test_a_state_is_told_what_was_said_since_and_strategy_notes_it() -> None:
    state = caught_up(SHAPE.read(1, FIRST), SAID)
    assert missing(state) == []
    assert [message["number"] for message in state["messages"]] == [1, 2, 2, 3]
    assert [message["order"] for message in state["messages"]] == [False, False, False, True]
    assert state["talk"]["number"] == 3
    assert caught_up(SHAPE.read(1, FIRST), SAID[:2])["talk"]["language"] == "de"
    assert state["known"]["unread"] == [2, 3]


def test_nothing_but_a_talk_is_a_state_too() -> None:
    state = caught_up({}, SAID)
    assert missing(state) == []
    assert state["talk"]["number"] == 2
    assert caught_up({}, []) == {}
