"""Properties of the rules over sets that nobody wrote by hand: valid ones pass, and each mutation is classified rightly.

What is expected of a mutation is worked out here from the contract's sentences, not from the rules' code.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from persistence.models.experiment import ExperimentType as Type
from tools.experiments.design import (
    Dimension,
    DimensionName,
    Direction,
    Evidence,
    ExperimentDesign,
    OutcomeMeasured,
    Standing,
)
from tools.experiments.evidence import fold
from tools.experiments.rules import RULES, Arm, broken_rules

SOME = settings(max_examples=int(os.environ.get("EXAMPLES", "20")))
"""How many sets each property is tried on; the full form tries a thousand."""

NAMES = list(DimensionName)
WHO = [DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC]
NO_CHANNEL = [name for name in NAMES if name is not DimensionName.CHANNEL]
OTHERS = [kind for kind in Type if kind is not Type.BULLSEYE]
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))
VALUES = st.text(LETTERS, min_size=1, max_size=30).filter(
    lambda text: any(letter.isalnum() for letter in fold(text))
)


def key(text: str) -> str:
    """What makes two values the same."""
    return fold(text).casefold()


@dataclass(frozen=True)
class Drawn:
    """A valid set, and which dimensions each arm changes."""

    arms: dict[Type, ExperimentDesign]
    changes: dict[Type, frozenset[DimensionName]]

    def broken(self, **replaced: ExperimentDesign) -> set[str]:
        """The names of the rules that the set breaks with these arms replaced."""
        arms = {**self.arms, **{Type(word): design for word, design in replaced.items()}}
        return {item.rule for item in broken_rules([Arm(kind, design) for kind, design in arms.items()])}


@st.composite
def valid_sets(draw: st.DrawFn) -> Drawn:
    """Sets with values, changed dimensions, standings, shares and measures of all kinds that keep every rule."""
    first = draw(st.sampled_from(WHO))
    second = draw(st.sampled_from([name for name in NAMES if name is not first]))
    changes = {
        Type.BULLSEYE: frozenset[DimensionName](),
        Type.VARIABLE_A: frozenset({first}),
        Type.VARIABLE_B: frozenset({second}),
        Type.CONTRARIAN: draw(st.frozensets(st.sampled_from(NAMES), min_size=1)),
        Type.LONG_SHOT: draw(st.frozensets(st.sampled_from(NAMES), min_size=2)),
    }
    size = len(NAMES) + sum(map(len, changes.values()))
    fresh = iter(draw(st.lists(VALUES, min_size=size, max_size=size, unique_by=key)))
    control = {name: next(fresh) for name in NAMES}
    measure = {
        "outcome_measured": draw(st.sampled_from(OutcomeMeasured)),
        "window_days": draw(st.integers(1, 365)),
    }
    arms = {
        kind: _arm(
            draw, kind, {**control, **{name: next(fresh) for name in sorted(changed)}}, changed, measure
        )
        for kind, changed in changes.items()
    }
    return Drawn(arms, changes)


def _arm(
    draw: st.DrawFn,
    kind: Type,
    values: dict[DimensionName, str],
    changed: frozenset[DimensionName],
    measure: dict[str, Any],
) -> ExperimentDesign:
    bullseye, share = kind is Type.BULLSEYE, 0.1 if kind is Type.LONG_SHOT else 0.225
    directions = [Direction.BASELINE] if bullseye else [Direction.HIGHER, Direction.LOWER, Direction.SAME]
    denial = {"negated_belief": Evidence(quote="x", source="turn:1"), "proves_user_right": "Less."}
    return ExperimentDesign(
        **{name.value: _dimension(draw, value, sure=bullseye) for name, value in values.items()},
        changed_dimensions=tuple(sorted(changed)),
        predicted_direction=draw(st.sampled_from(directions)),
        minimum_sample=draw(st.integers(1, 5000)),
        stopping_rule="Once.",
        lead_share=share,
        budget_share=draw(st.sampled_from([0.0, share])),
        **(denial if kind is Type.CONTRARIAN else {}),
        **measure,
    )


def _dimension(draw: st.DrawFn, value: str, *, sure: bool) -> Dimension:
    standing = Standing.OBSERVED if sure else draw(st.sampled_from(Standing))
    seen = standing is Standing.OBSERVED
    return Dimension(
        value=value, standing=standing, quote=value if seen else None, source="turn:1" if seen else None
    )


@SOME
@given(drawn=valid_sets())
def test_a_set_that_keeps_the_contract_is_never_refused(drawn: Drawn) -> None:
    assert drawn.broken() == set()


def _expected(drawn: Drawn, kind: Type, name: DimensionName, fresh: bool) -> set[str]:
    """What the contract says of one arm whose dimension `name` gets a value of its own (or, not fresh, the bullseye's).

    The declared changes stay as they were, so a real difference that moved is always an undeclared one.
    """
    differs = {other: set(changed) for other, changed in drawn.changes.items()}
    if kind is Type.BULLSEYE:
        for other in OTHERS:
            differs[other].add(name)
    elif fresh:
        differs[kind].add(name)
    else:
        differs[kind].discard(name)
    broken: set[str] = set()
    if any(differs[other] != set(drawn.changes[other]) for other in OTHERS):
        broken.add("changes_declared")
    a, b = differs[Type.VARIABLE_A], differs[Type.VARIABLE_B]
    if len(a) != 1 or not a <= set(WHO):
        broken.add("variable_a_one_dimension")
    if len(b) != 1 or a & b:
        broken.add("variable_b_one_other_dimension")
    if any(not differs[other] for other in OTHERS):
        broken.add("arms_distinct")
    shot = drawn.arms[Type.LONG_SHOT]
    assumed = {each for each in NAMES if shot.dimension(each).standing is Standing.ASSUMED}
    if len(differs[Type.LONG_SHOT] | assumed) < 2:
        broken.add("long_shot_two_dimensions")
    return broken


@SOME
@given(drawn=valid_sets(), kind=st.sampled_from(Type), name=st.sampled_from(NAMES), value=VALUES)
def test_a_new_value_in_one_dimension_is_classified_rightly(
    drawn: Drawn, kind: Type, name: DimensionName, value: str
) -> None:
    taken = {key(design.dimension(each).value) for design in drawn.arms.values() for each in NAMES}
    assume(key(value) not in taken)
    before = drawn.arms[kind]
    dimension = before.dimension(name).model_copy(update={"value": value})
    mutated = before.model_copy(update={name.value: dimension})
    assert drawn.broken(**{kind.value: mutated}) == _expected(drawn, kind, name, fresh=True)


@SOME
@given(drawn=valid_sets(), kind=st.sampled_from(OTHERS), data=st.data())
def test_a_change_that_is_taken_back_is_classified_rightly(
    drawn: Drawn, kind: Type, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(drawn.changes[kind])))
    before = drawn.arms[kind]
    control = drawn.arms[Type.BULLSEYE].dimension(name).value
    spelled = data.draw(st.sampled_from([control, f" {control.upper()} ", control.replace(" ", "\u00a0")]))
    assume(key(spelled) == key(control))
    dimension = before.dimension(name).model_copy(update={"value": spelled})
    mutated = before.model_copy(update={name.value: dimension})
    assert drawn.broken(**{kind.value: mutated}) == _expected(drawn, kind, name, fresh=False)


@SOME
@given(
    drawn=valid_sets(),
    kind=st.sampled_from(Type),
    name=st.sampled_from(NAMES),
    standing=st.sampled_from(Standing),
)
def test_another_standing_in_one_dimension_is_classified_rightly(
    drawn: Drawn, kind: Type, name: DimensionName, standing: Standing
) -> None:
    before = drawn.arms[kind]
    dimension = before.dimension(name).model_copy(update={"standing": standing})
    mutated = before.model_copy(update={name.value: dimension})
    expected: set[str] = set()
    if standing is Standing.OBSERVED and not dimension.quote:
        expected.add("observed_has_evidence")
    if kind is Type.BULLSEYE and standing is not Standing.OBSERVED and name in NO_CHANNEL:
        expected.add("bullseye_observed")
    assert drawn.broken(**{kind.value: mutated}) == expected


@SOME
@given(drawn=valid_sets(), kind=st.sampled_from(Type), name=st.sampled_from(NAMES))
def test_a_dimension_that_says_nothing_is_named(drawn: Drawn, kind: Type, name: DimensionName) -> None:
    before = drawn.arms[kind]
    empty = before.dimension(name).model_copy(update={"value": " – "})
    assert "dimensions_filled" in drawn.broken(**{kind.value: before.model_copy(update={name.value: empty})})


Breaking = Callable[[Drawn], dict[str, dict[str, Any]]]
PERSONA = DimensionName.PERSONA
BREAKING: dict[str, Breaking] = {
    "dimensions_filled": lambda _: {"contrarian": {"angle": Dimension(value="…", standing=Standing.ASSUMED)}},
    "observed_has_evidence": lambda drawn: {
        "bullseye": {"persona": drawn.arms[Type.BULLSEYE].persona.model_copy(update={"source": None})}
    },
    "bullseye_is_control": lambda _: {"bullseye": {"changed_dimensions": (PERSONA,)}},
    "bullseye_observed": lambda drawn: {
        "bullseye": {
            "trigger": drawn.arms[Type.BULLSEYE].trigger.model_copy(update={"standing": Standing.ASSUMED})
        }
    },
    "pre_evidence_marked": lambda _: {"variable_b": {"pre_evidence": True}},
    "changes_declared": lambda drawn: {
        "contrarian": {"changed_dimensions": tuple(set(NAMES) - drawn.changes[Type.CONTRARIAN])}
    },
    "variable_a_one_dimension": lambda drawn: {
        "variable_a": {name.value: drawn.arms[Type.BULLSEYE].dimension(name) for name in NAMES}
    },
    "variable_b_one_other_dimension": lambda drawn: {
        "variable_b": {name.value: drawn.arms[Type.VARIABLE_A].dimension(name) for name in NAMES}
    },
    "contrarian_negates_belief": lambda _: {"contrarian": {"negated_belief": None}},
    "contrarian_can_lose": lambda _: {"contrarian": {"proves_user_right": "  "}},
    "long_shot_two_dimensions": lambda drawn: {
        "long_shot": {name.value: drawn.arms[Type.BULLSEYE].dimension(name) for name in NAMES}
    },
    "long_shot_share": lambda _: {"long_shot": {"budget_share": 0.11}},
    "shares_fit": lambda _: {"variable_a": {"lead_share": 0.9}},
    "one_measure": lambda drawn: {
        "variable_a": {"window_days": drawn.arms[Type.BULLSEYE].window_days % 365 + 1}
    },
    "direction_predicted": lambda _: {"contrarian": {"predicted_direction": Direction.BASELINE}},
    "arms_distinct": lambda drawn: {
        "long_shot": {name.value: drawn.arms[Type.CONTRARIAN].dimension(name) for name in NAMES}
    },
}


def test_every_rule_can_be_broken_here() -> None:
    assert set(BREAKING) == {rule.__name__ for rule in RULES}


@SOME
@given(drawn=valid_sets(), rule=st.sampled_from(sorted(BREAKING)))
def test_any_set_that_breaks_a_rule_is_refused_by_its_name(drawn: Drawn, rule: str) -> None:
    updates = BREAKING[rule](drawn)
    replaced = {kind: drawn.arms[Type(kind)].model_copy(update=update) for kind, update in updates.items()}
    assert rule in drawn.broken(**replaced)


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_mind_the_properties_hold_over_a_thousand_sets_each() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not full", "--timeout=600", __file__]
    done = subprocess.run(
        command, env={**os.environ, "EXAMPLES": "1000"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
