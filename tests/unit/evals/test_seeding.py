"""Where a replay begins: what was recorded, what a hand-written state says alone, and what the words amount to."""

from typing import Any

from evals.dataset.conversation import Conversation, Turn
from evals.replay.seeding import saved_before, state_before
from tests.factories.conversations import ASKED, NOTED, experiments, talk

Json = dict[str, Any]
PROPOSED: Json = {"status": "proposed", "insight": "", "pre_evidence": False, "broken": [], "turn": 1}
SAVED: Json = {**PROPOSED, "status": "saved"}


def with_states(case: Conversation, **states: Json) -> Conversation:
    """The talk with these states after turns, by `t<place>`."""
    turns = [turn.model_copy(update={"state": states.get(f"t{turn.i}", turn.state)}) for turn in case.turns]
    return case.model_copy(update={"turns": turns})


def seeded(case: Conversation, place: int) -> Json:
    found = state_before(case, place)
    assert found is not None
    return found


def longer(case: Conversation) -> Conversation:
    """The talk with a last word of the founder's."""
    last = Turn(i=len(case.turns), role="user", content="And what comes first?")
    return case.model_copy(update={"turns": [*case.turns, last]})


def test_without_a_record_the_words_tell_what_is_known_and_what_was_asked() -> None:
    state = seeded(talk(), 4)

    assert {"angle", "persona"} <= state["known"]["notes"].keys()
    assert state["talk"]["asked"] == ["persona", "trigger"]
    assert state["talk"]["questions"] == [ASKED, NOTED.partition(". ")[2]]
    assert "proposal" not in state


def test_a_state_written_by_hand_may_name_one_thing_and_the_words_tell_the_rest() -> None:
    clash = {"quote": "Only finance buys this", "earlier": "Owners buy", "question": "Which?", "asked": False}
    state = seeded(with_states(talk(), t3={"known": {"contradictions": [clash]}}), 4)

    assert state["known"]["contradictions"] == [clash]
    assert state["known"]["notes"] == seeded(talk(), 4)["known"]["notes"]


def test_a_set_on_the_table_stays_there_until_a_later_state_says_otherwise() -> None:
    one, other = experiments(), experiments()[::-1]
    case = longer(with_states(talk(), t1={"proposal": PROPOSED, "experiments": one}))
    revised = with_states(case, t5={"proposal": PROPOSED, "experiments": other})

    assert seeded(case, 4)["experiments"] == seeded(case, 6)["experiments"] == one
    assert seeded(revised, 4)["experiments"] == one
    assert seeded(revised, 6)["experiments"] == other


def test_an_older_record_finds_its_set_among_what_came_of_the_talk() -> None:
    case = longer(with_states(talk(artifacts={"experiments": experiments()}), t5={"proposal": PROPOSED}))

    assert seeded(case, 6)["experiments"] == experiments()


def test_a_set_that_was_saved_is_remembered_though_another_is_proposed() -> None:
    one, other = experiments(), experiments()[::-1]
    case = longer(
        with_states(
            talk(),
            t1={"proposal": PROPOSED, "experiments": one},
            t3={"proposal": SAVED},
            t5={"proposal": PROPOSED, "experiments": other},
        )
    )

    assert saved_before(case, 2) == []
    assert saved_before(case, 4) == saved_before(case, 6) == one
    assert seeded(case, 6)["experiments"] == other
