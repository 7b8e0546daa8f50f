"""The orchestrator's rules: the way of a turn follows from what is known and asked, and says why."""

import pytest

from agents.discovery.planning import BARREN_TURNS, Wish, plan_turn, wish_from
from agents.discovery.state import DiscoveryState
from tests.factories.states import brief, known, note, state
from tools.discovery.intents import Asked
from tools.discovery.schemas import NextStep
from tools.discovery.topics import ASKING_ORDER

TALK = Wish("talk", "no rule asks for anything else")
DEMAND = Wish("demand", "asks for the experiments now")
PROPOSAL = {"status": "proposed", "insight": "", "pre_evidence": False, "broken": [], "turn": 3}
SAVED = {
    "id": 7,
    "name": "Steel traders",
    "type": "bullseye",
    "status": "pending",
    "pattern": "",
    "pain": "",
    "dimensions": {},
    "results": {
        "leads": 0,
        "contacted": 0,
        "replied": 0,
        "meetings": 0,
        "low": 0,
        "high": 100,
        "needed": 1506,
    },
}


def all_known() -> DiscoveryState:
    notes = {topic: [note(f"what is known of {topic}")] for topic in ASKING_ORDER if topic != "belief"}
    belief = {"quote": "Only finance buys this", "source": "turn:4", "stored": "turn:turn-4"}
    return state(known=known(notes=notes, beliefs=[belief], customers="has_customers"))


def test_an_ordinary_turn_answers_first_and_asks_for_a_customers_story() -> None:
    plan, action = plan_turn(state(), TALK)
    assert plan["steps"][:2] == ["followup", "strategy"]
    assert (plan["mode"], plan["ask"], action) == ("ask", "evidence", None)
    assert plan["why"]


def test_what_was_asked_is_never_asked_again() -> None:
    before = state()
    for _ in ASKING_ORDER:
        plan, _ = plan_turn(before, TALK)
        assert plan["ask"] not in before["talk"]["asked"]
        before["talk"]["asked"].append(plan["ask"])
    assert before["talk"]["asked"] == list(ASKING_ORDER)


def test_when_all_is_known_the_set_is_offered_once_and_then_made() -> None:
    ripe = all_known()
    assert plan_turn(ripe, TALK)[0]["mode"] == "offer"
    ripe["talk"]["offered"] = True
    plan, _ = plan_turn(ripe, TALK)
    assert plan["steps"][-2:] == ["output", "execution"]
    assert plan["strict"]


def test_when_nothing_is_left_to_ask_the_talk_ends_in_a_set_all_the_same() -> None:
    tired = state()
    tired["talk"].update(asked=list(ASKING_ORDER), barren=1)
    plan, _ = plan_turn(tired, TALK)
    assert "output" in plan["steps"]
    assert not plan["strict"]


def test_a_talk_that_brings_nothing_new_ends_in_a_set() -> None:
    tired = state()
    tired["talk"]["barren"] = BARREN_TURNS
    assert "output" in plan_turn(tired, TALK)[0]["steps"]


def test_who_insists_gets_a_set_at_once() -> None:
    plan, _ = plan_turn(state(), DEMAND)
    assert plan["steps"][-2:] == ["output", "execution"]
    assert not plan["strict"]


def test_without_any_fact_of_the_company_there_is_no_set_but_a_question() -> None:
    plan, _ = plan_turn(state(brief=brief(facts=[])), DEMAND)
    assert (plan["steps"][0], plan["mode"]) == ("followup", "company")


CONTRADICTION = {"quote": "two days", "earlier": "nine days", "question": "Which is right?", "asked": False}


def test_what_does_not_fit_together_is_settled_before_anything_is_offered() -> None:
    ripe = all_known()
    ripe["known"]["contradictions"] = [CONTRADICTION]
    plan, _ = plan_turn(ripe, TALK)
    assert (plan["mode"], plan["ask"], plan["steps"][0]) == ("settle", "", "followup")
    ripe["known"]["contradictions"] = [{**CONTRADICTION, "asked": True}]
    assert plan_turn(ripe, TALK)[0]["mode"] == "offer"


def test_who_insists_is_not_held_up_by_a_contradiction() -> None:
    unsettled = state(known=known(contradictions=[CONTRADICTION]))
    assert "output" in plan_turn(unsettled, DEMAND)[0]["steps"]


def test_the_record_says_what_a_decision_was_made_from() -> None:
    ripe = {**all_known(), "proposal": PROPOSAL, "experiments": [{"name": "Steel traders"}]}
    plan, _ = plan_turn(ripe, TALK)  # type: ignore[arg-type]
    assert plan["why"] == TALK.because
    assert plan["knew"] == {
        "wish": "talk",
        "customers": "has_customers",
        "notes": dict.fromkeys([topic for topic in ASKING_ORDER if topic != "belief"], 1),
        "beliefs": 1,
        "contradiction": False,
        "asked": [],
        "barren": 0,
        "offered": False,
        "proposal": "proposed",
        "saved": 0,
    }


def test_a_talk_that_brings_nothing_and_has_nothing_ends_in_an_honest_reason() -> None:
    empty = state(brief=brief(facts=[]))
    empty["talk"]["barren"] = BARREN_TURNS
    plan, _ = plan_turn(empty, TALK)
    assert (plan["steps"][0], plan["mode"], plan["ask"]) == ("followup", "company", "")


def test_a_first_set_is_not_made_again_unasked() -> None:
    proposed = {**all_known(), "proposal": PROPOSAL, "experiments": [{"name": "Steel traders"}]}
    plan, _ = plan_turn(proposed, TALK)  # type: ignore[arg-type]
    assert (plan["steps"][0], plan["mode"]) == ("followup", "discuss")


def test_a_plain_yes_saves_what_was_proposed() -> None:
    proposed = state(proposal=PROPOSAL, experiments=[{"name": "Steel traders"}])
    plan, action = plan_turn(proposed, Wish("save", "a plain yes"))
    assert plan["steps"] == ["execution"]
    assert action is not None
    assert (action["tool"], action["asked_by_user"]) == ("save_experiments", True)


def test_what_a_model_read_as_a_yes_still_waits_for_approval() -> None:
    proposed = state(proposal=PROPOSAL, experiments=[{"name": "Steel traders"}])
    _, action = plan_turn(proposed, Wish("save", "they agree", by_model=True))
    assert action is not None
    assert not action["asked_by_user"]


def test_a_revised_set_takes_the_place_of_the_untouched_one_and_waits_for_approval() -> None:
    revised = state(
        proposal=PROPOSAL, experiments=[{"name": "New"}], saved_ids=[7], brief=brief(experiments=[SAVED])
    )
    _, action = plan_turn(revised, Wish("save", "a plain yes"))
    assert action is not None
    assert (action["tool"], action["experiment_ids"]) == ("replace_experiments", [7])
    assert not action["asked_by_user"]


def test_experiments_with_leads_are_never_replaced() -> None:
    used = {**SAVED, "results": {**SAVED["results"], "leads": 3}}  # type: ignore[dict-item]
    revised = state(
        proposal=PROPOSAL, experiments=[{"name": "New"}], saved_ids=[7], brief=brief(experiments=[used])
    )
    _, action = plan_turn(revised, Wish("save", "a plain yes"))
    assert action is not None
    assert action["tool"] == "save_experiments"


@pytest.mark.parametrize(("name", "found"), [("steel  TRADERS", [7]), ("Somebody else's", None)])
def test_deleting_names_only_what_is_saved_here(name: str, found: list[int] | None) -> None:
    here = state(brief=brief(experiments=[SAVED]))
    plan, action = plan_turn(here, Wish("delete", "they ask for it", by_model=True, names=(name,)))
    assert (action["experiment_ids"] if action else None) == found
    assert plan["steps"][0] == ("execution" if found else "followup")


def test_saving_without_a_proposal_is_talk() -> None:
    assert plan_turn(state(), Wish("save", "a yes to something else"))[0]["steps"][0] == "followup"


def test_an_unusable_answer_of_the_model_is_talk() -> None:
    assert wish_from(Asked("unclear", ""), None).kind == "talk"
    step = NextStep(reason="they ask for it", step="propose", experiments=[])
    assert wish_from(Asked("unclear", ""), step).kind == "propose"
    assert wish_from(Asked("demand", ""), step).kind == "demand"
