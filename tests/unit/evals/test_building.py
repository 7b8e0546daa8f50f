"""Recorded talks as cases: what a turn's state keeps of a set that lies on the table for many turns."""

from typing import Any
from uuid import uuid4

from evals.dataset.conversation import Conversation
from evals.importing.building import conversation_of
from evals.importing.reading import Recorded, RecordedRun
from evals.replay.seeding import state_before
from persistence.types import WorkspaceID
from tests.factories.conversations import experiments

Json = dict[str, Any]
PROPOSED: Json = {"status": "proposed", "insight": "", "pre_evidence": False, "broken": [], "turn": 1}


def turn(text: str, drafts: list[Json] | None) -> RecordedRun:
    """A turn that left this set on the table."""
    state: Json = {} if drafts is None else {"experiments": drafts, "proposal": PROPOSED, "saved_ids": [7]}
    events = [{"type": "text_delta", "text": f"An answer to: {text}"}]
    return RecordedRun(uuid4(), "discovery", {"text": text}, state, events, [], "some", 1, 1, 1, "2026-11-20")


def imported(*sets: list[Json] | None) -> Conversation:
    runs = [turn(f"word{place} " * 6, drafts) for place, drafts in enumerate(sets)]
    recorded = Recorded(WorkspaceID(1), "Closewise", None, "en", {}, runs, {})
    return conversation_of(recorded, "a secret of sixteen")


def test_a_set_is_kept_where_it_was_shown_and_not_again_until_it_changes() -> None:
    one, other = experiments(), experiments()[::-1]
    case = imported(None, one, one, other)
    states = [answer.state or {} for answer in case.said("assistant")]

    assert ["experiments" in state for state in states] == [False, True, False, True]
    assert not any("saved_ids" in state for state in states)


def test_each_turn_is_taken_up_with_the_set_that_it_had() -> None:
    one, other = experiments(), experiments()[::-1]
    case = imported(None, one, one, other, other)
    names = [
        [item["name"] for item in (state_before(case, answer.i + 1) or {}).get("experiments", [])]
        for answer in case.said("assistant")
    ]

    assert names[0] == []
    assert names[1] == names[2]
    assert names[3] == names[4] == names[1][::-1]
