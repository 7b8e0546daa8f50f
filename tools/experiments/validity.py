"""Whether designs may be saved: the rules of `rules.py`, asked for whatever a person or the discovery talk hands in."""

from collections.abc import Sequence
from dataclasses import replace

from persistence.models.experiment import ExperimentType
from tools.errors import FieldError, Invalid
from tools.experiments.design import ExperimentDesign
from tools.experiments.rules import (
    ARMS,
    Arm,
    BrokenRule,
    broken_rules,
    dimensions_filled,
    long_shot_share,
    observed_has_evidence,
)
from tools.experiments.schemas import ExperimentCreate


def check_drafts(drafts: Sequence[ExperimentCreate]) -> None:
    """Raise Invalid, naming each rule, when designs break one.

    Five drafts of the five types, all with designs, are a set and are held to all rules; others to those of one arm.
    """
    designed = [(index, draft.type, draft.design) for index, draft in enumerate(drafts) if draft.design]
    arms = [Arm(arm_type, design) for _, arm_type, design in designed]
    if len(arms) == len(drafts) and sorted(arm.type for arm in arms) == sorted(ARMS):
        places: dict[ExperimentType | None, str] = {None: "/experiments"}
        places |= {arm_type: f"/experiments/{index}/design" for index, arm_type, _ in designed}
        _refuse([(places[broken.arm], broken) for broken in broken_rules(arms)])
        return
    prefix = "/experiments/{}/design" if len(drafts) > 1 else "/design"
    _refuse(
        [
            (prefix.format(index), broken)
            for index, arm_type, design in designed
            for broken in _of_one(Arm(arm_type, design))
        ]
    )


def check_design(arm_type: ExperimentType, design: ExperimentDesign) -> None:
    """Raise Invalid when one experiment's design breaks a rule that can be seen without the others."""
    _refuse([("/design", broken) for broken in _of_one(Arm(arm_type, design))])


def check_in_set(arm_type: ExperimentType, before: Sequence[Arm], after: Sequence[Arm]) -> None:
    """Raise Invalid when a change of one design breaks a rule of its set that the set has kept so far.

    `before` and `after` are the whole set. What was broken already is not held against this change.
    """
    kept = {(broken.rule, broken.arm) for broken in broken_rules(before)}
    new = [broken for broken in broken_rules(after) if (broken.rule, broken.arm) not in kept]
    _refuse(
        [
            (
                "/design",
                broken if broken.arm in (arm_type, None) else replace(broken, detail=_of_other(broken)),
            )
            for broken in new
        ]
    )


def _of_other(broken: BrokenRule) -> str:
    return f"{broken.arm.value if broken.arm else 'the set'}: {broken.detail}"


def _of_one(arm: Arm) -> list[BrokenRule]:
    broken = [*dimensions_filled([arm]), *observed_has_evidence([arm])]
    return [*broken, *long_shot_share([arm])] if arm.type is ExperimentType.LONG_SHOT else broken


def _refuse(found: Sequence[tuple[str, BrokenRule]]) -> None:
    if found:
        rules = ", ".join(dict.fromkeys(broken.rule for _, broken in found))
        errors = [FieldError(pointer, f"{broken.rule}: {broken.detail}") for pointer, broken in found]
        raise Invalid(f"The design breaks a rule: {rules}.", errors, code="design_rule")
