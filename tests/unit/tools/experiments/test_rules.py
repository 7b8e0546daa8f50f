"""A set that breaks a rule is refused by that rule's name, and only then."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.models.experiment import ExperimentType
from tests.factories.designs import VALUES, assumed, changed, design, observed, valid_set
from tools.experiments import rules
from tools.experiments.design import Dimension, DimensionName, Direction, Evidence, OutcomeMeasured, Standing
from tools.experiments.rules import Arm, broken_rules, differences

A, B = "variable_a", "variable_b"
NAMES = list(DimensionName)
BELIEF = {
    "negated_belief": Evidence(quote="Only finance buys this", source="turn:2"),
    "proves_user_right": "Less.",
}

BREAKING: dict[str, list[Arm]] = {
    "dimensions_filled": valid_set(variable_a=changed(DimensionName.PERSONA, persona=assumed(" – "))),
    "observed_has_evidence": valid_set(
        variable_a=changed(
            DimensionName.PERSONA, persona=Dimension(value="CTO", standing=Standing.OBSERVED, quote="CTO")
        )
    ),
    "bullseye_is_control": valid_set(bullseye=design(predicted_direction=Direction.HIGHER)),
    "bullseye_observed": valid_set(
        bullseye=design(trigger=Dimension(value=VALUES[DimensionName.TRIGGER], standing=Standing.INFERRED))
    ),
    "pre_evidence_marked": valid_set(bullseye=design(pre_evidence=True)),
    "changes_declared": valid_set(variable_b=changed(DimensionName.ANGLE, changed_dimensions=())),
    "variable_a_one_dimension": valid_set(variable_a=changed(DimensionName.TRIGGER)),
    "variable_b_one_other_dimension": valid_set(
        variable_b=changed(DimensionName.PERSONA, persona=assumed("CTO"))
    ),
    "contrarian_negates_belief": valid_set(
        contrarian=changed(DimensionName.SITUATION, proves_user_right="Less.")
    ),
    "contrarian_can_lose": valid_set(
        contrarian=changed(DimensionName.SITUATION, negated_belief=BELIEF["negated_belief"])
    ),
    "long_shot_two_dimensions": valid_set(
        long_shot=changed(
            DimensionName.CHANNEL, channel=observed("A letter by post"), lead_share=0.1, budget_share=0.1
        )
    ),
    "long_shot_share": valid_set(
        long_shot=changed(DimensionName.PERSONA, DimensionName.CHANNEL, lead_share=0.11, budget_share=0.1)
    ),
    "shares_fit": valid_set(bullseye=design(lead_share=0.5)),
    "one_measure": valid_set(bullseye=design(outcome_measured=OutcomeMeasured.MEETING_BOOKED)),
    "direction_predicted": valid_set(
        variable_a=changed(DimensionName.PERSONA, predicted_direction=Direction.BASELINE)
    ),
    "arms_distinct": valid_set(
        variable_a=changed(DimensionName.PERSONA), contrarian=changed(DimensionName.PERSONA, **BELIEF)
    ),
}


def named(arms: list[Arm]) -> set[str]:
    return {broken.rule for broken in broken_rules(arms)}


def test_a_valid_set_breaks_nothing() -> None:
    assert broken_rules(valid_set()) == []


def test_every_rule_has_a_set_that_breaks_it() -> None:
    assert set(BREAKING) == {rule.__name__ for rule in rules.RULES}


@pytest.mark.parametrize("rule", BREAKING)
def test_a_set_that_breaks_a_rule_is_refused_by_its_name(rule: str) -> None:
    assert rule in named(BREAKING[rule])


@given(dropped=st.sets(st.sampled_from(rules.ARMS), min_size=1))
def test_a_set_without_an_arm_is_refused_and_says_which(dropped: set[ExperimentType]) -> None:
    broken = broken_rules([arm for arm in valid_set() if arm.type not in dropped])
    assert {(item.rule, item.arm) for item in broken} == {("five_arms", arm) for arm in dropped}


@given(doubled=st.sampled_from(rules.ARMS))
def test_an_arm_that_is_there_twice_is_refused(doubled: ExperimentType) -> None:
    arms = valid_set()
    assert named([*arms, next(arm for arm in arms if arm.type == doubled)]) == {"five_arms"}


@given(names=st.sets(st.sampled_from(NAMES)))
def test_differences_are_exactly_what_was_changed(names: set[DimensionName]) -> None:
    assert differences(changed(*names), design()) == names


@given(names=st.sets(st.sampled_from(NAMES)))
def test_variable_a_may_change_one_of_two_dimensions_only(names: set[DimensionName]) -> None:
    legal = len(names) == 1 and names <= {DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC}
    assert ("variable_a_one_dimension" not in named(valid_set(variable_a=changed(*names)))) == legal


@given(names=st.sets(st.sampled_from(NAMES)))
def test_variable_b_may_change_one_dimension_that_variable_a_leaves(names: set[DimensionName]) -> None:
    legal = len(names) == 1 and DimensionName.PERSONA not in names
    assert ("variable_b_one_other_dimension" not in named(valid_set(variable_b=changed(*names)))) == legal


@given(names=st.sets(st.sampled_from(NAMES)))
def test_declaring_other_changes_than_the_real_ones_is_refused(names: set[DimensionName]) -> None:
    lying = changed(DimensionName.ANGLE, changed_dimensions=tuple(names))
    assert ("changes_declared" not in named(valid_set(variable_b=lying))) == (names == {DimensionName.ANGLE})


@given(name=st.sampled_from(NAMES), standing=st.sampled_from([Standing.INFERRED, Standing.ASSUMED]))
def test_the_bullseye_needs_observation_in_all_but_the_channel(
    name: DimensionName, standing: Standing
) -> None:
    weak = {name.value: Dimension(value=VALUES[name], standing=standing)}
    refused = "bullseye_observed" in named(valid_set(bullseye=design(**weak)))
    assert refused == (name != DimensionName.CHANNEL)


@given(share=st.floats(0, 1))
def test_a_long_shot_takes_a_tenth_at_most(share: float) -> None:
    bold = changed(
        DimensionName.PERSONA,
        DimensionName.FIRMOGRAPHIC,
        lead_share=0.0,
        budget_share=share,
        channel=observed("Post"),
    )
    assert ("long_shot_share" in named(valid_set(long_shot=bold))) == (share > 0.1 + 1e-9)


@given(budget=st.floats(0, 0.3))
def test_a_pre_evidence_set_is_legal_with_half_the_budget_and_nothing_observed(budget: float) -> None:
    mark: dict[str, Any] = {"pre_evidence": True, "budget_share": budget}
    arms = valid_set(
        bullseye=design(persona=assumed(VALUES[DimensionName.PERSONA]), **mark),
        variable_a=changed(DimensionName.PERSONA, **mark),
        variable_b=changed(DimensionName.ANGLE, **mark),
        contrarian=changed(DimensionName.SITUATION, **BELIEF, **mark),
        long_shot=changed(
            DimensionName.PERSONA,
            DimensionName.FIRMOGRAPHIC,
            pre_evidence=True,
            lead_share=0.1,
            budget_share=0.0,
        ),
    )
    assert named(arms) == ({"pre_evidence_marked"} if budget * 4 > 0.5 + 1e-9 else set()) | (
        {"shares_fit"} if budget * 4 > 1 + 1e-9 else set()
    )


def test_spelling_is_no_difference() -> None:
    respelled = design(persona=assumed("head  of\u00a0FINANCE"))
    assert differences(respelled, design()) == frozenset()
