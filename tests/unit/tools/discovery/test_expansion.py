"""A draft becomes five experiments by copying the control and applying what was said; what is not evidenced is demoted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.models.experiment import ExperimentType
from tools.discovery.expansion import Basis, Proposal, assumptions, expand
from tools.discovery.schemas import ExperimentSetDraft
from tools.experiments.design import DimensionName, OutcomeMeasured, Standing
from tools.experiments.evidence import Source
from tools.experiments.rules import broken_rules, differences
from tools.experiments.sampling import plan_sample
from tools.experiments.schemas import ExperimentCreate

SAID = (
    "The head of finance at a steel trader in Bavaria closed the books in Excel. "
    "They called us right after the auditor complained. A demo with their own numbers convinced them."
)
BELIEF = "Only finance buys this, I am sure of it."
TURN, SURE = Source("turn:1", "turn:a", "turn", SAID), Source("turn:2", "turn:b", "turn", BELIEF)
PAGE = Source("page:1", "page:https://closewise.example", "page", "Everybody loves a fast close.")
QUOTES = {
    "persona": "The head of finance",
    "firmographic": "a steel trader in Bavaria",
    "situation": "closed the books in Excel",
    "trigger": "right after the auditor complained",
    "angle": "A demo with their own numbers",
    "channel": "",
}


def value(name: str) -> dict[str, str]:
    quote = QUOTES[name]
    return {
        "value": f"{name} of the bullseye",
        "standing": "observed" if quote else "assumed",
        "quote": quote,
        "source_id": "turn:1" if quote else "",
    }


def change(name: str, to: str = "something else") -> dict[str, str]:
    return {"dimension": name, "value": f"{name}: {to}", "standing": "assumed", "quote": "", "source_id": ""}


def draft(**changes: Any) -> ExperimentSetDraft:
    arm = {"name": "Arm", "pattern": "A hypothesis.", "industries": ["Steel"], "predicted_direction": "lower"}
    fields: dict[str, Any] = {
        "strategic_insight": "The one who suffers signs.",
        "outcome_measured": "reply",
        "bullseye": {
            "name": "Finance leads",
            "pattern": "Finance leads switch when the auditor complains.",
            "pain": "Nine days",
            "industries": ["Steel"],
            "dimensions": {name: value(name) for name in QUOTES},
        },
        "variable_a": {**arm, "change": change("persona")},
        "variable_b": {**arm, "change": change("trigger")},
        "contrarian": {
            **arm,
            "belief_quote": "Only finance buys this",
            "belief_source_id": "turn:2",
            "negation": "Sales buys it.",
            "change": change("persona", "head of sales"),
            "proves_user_right": "Fewer replies.",
        },
        "long_shot": {**arm, "pain": "Another", "changes": [change("firmographic"), change("angle")]},
        "message": "Here they are.",
        "limits": "Little can be learned.",
        "suggested_replies": ["Save them"],
    }
    return ExperimentSetDraft.model_validate({**fields, **changes})


def basis(**changes: Any) -> Basis:
    fields: dict[str, Any] = {
        "sources": [TURN, SURE, PAGE],
        "plan": plan_sample(OutcomeMeasured.REPLY, leads=800),
        "language": "en",
        "observed": True,
        "pre_evidence": False,
    }
    return Basis(**{**fields, **changes})


def arms(proposals: list[Proposal]) -> set[str]:
    return {broken.rule for broken in broken_rules([proposal.arm for proposal in proposals])}


def test_a_good_draft_becomes_a_set_without_fault_that_can_be_saved() -> None:
    proposals = expand(draft(), basis())
    assert arms(proposals) == set()
    for proposal in proposals:
        ExperimentCreate.model_validate(proposal.wire())


def test_evidence_is_kept_with_the_lasting_name_of_its_source() -> None:
    persona = expand(draft(), basis())[0].design.persona
    assert (persona.standing, persona.quote, persona.source) == (
        Standing.OBSERVED,
        "The head of finance",
        "turn:a",
    )


@given(name=st.sampled_from([name for name in QUOTES if QUOTES[name]]), data=st.data())
def test_one_changed_letter_demotes_and_the_rule_names_it(name: str, data: st.DataObject) -> None:
    quote = QUOTES[name]
    position = data.draw(st.integers(0, len(quote) - 1))
    forged = draft()
    dimension = getattr(forged.bullseye.dimensions, name)
    dimension.quote = quote[:position] + "#" + quote[position + 1 :]
    proposals = expand(forged, basis())
    demoted = proposals[0].design.dimension(DimensionName(name))
    assert (demoted.standing, demoted.quote, demoted.source) == (Standing.ASSUMED, None, None)
    assert "bullseye_observed" in arms(proposals)
    assert demoted.value in assumptions(proposals)


def test_only_what_was_named_differs_from_the_control() -> None:
    control, *others = expand(draft(), basis())
    changed = {other.type: differences(other.design, control.design) for other in others}
    assert changed == {
        ExperimentType.VARIABLE_A: {DimensionName.PERSONA},
        ExperimentType.VARIABLE_B: {DimensionName.TRIGGER},
        ExperimentType.CONTRARIAN: {DimensionName.PERSONA},
        ExperimentType.LONG_SHOT: {DimensionName.FIRMOGRAPHIC, DimensionName.ANGLE},
    }


def test_a_belief_must_be_the_users_own_words() -> None:
    told = draft().contrarian.model_dump()
    claimed = draft(
        contrarian={**told, "belief_quote": "Everybody loves a fast close", "belief_source_id": "page:1"}
    )
    assert "contrarian_negates_belief" in arms(expand(claimed, basis()))


def test_without_customers_nothing_counts_as_observed() -> None:
    proposals = expand(draft(), basis(observed=False, pre_evidence=True))
    assert arms(proposals) == set()
    standings = {dim.standing for proposal in proposals for dim in proposal.design.dimensions().values()}
    assert Standing.OBSERVED not in standings


@pytest.mark.parametrize("language", ["en", "de", "xx"])
def test_sample_and_stopping_rule_are_ours(language: str) -> None:
    bullseye, *_, long_shot = expand(draft(), basis(language=language))
    assert bullseye.design.minimum_sample == 1506
    assert "1506" in bullseye.design.stopping_rule
    assert long_shot.design.minimum_sample == 59
    assert long_shot.design.lead_share == 0.1


def test_changing_nothing_is_refused() -> None:
    same = draft().variable_b.model_dump()
    same["change"] = {**value("trigger"), "dimension": "trigger"}
    assert "variable_b_one_other_dimension" in arms(expand(draft(variable_b=same), basis()))
