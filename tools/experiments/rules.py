"""The rules that make a set of five experiments experiments: pure functions over designs, each known by its name.

The output node, the API and the evals call the same `broken_rules`. A rule yields what breaks it; nothing is repaired here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from persistence.models.experiment import ExperimentType
from tools.experiments.design import DimensionName, Direction, ExperimentDesign, Standing
from tools.experiments.evidence import fold

BULLSEYE, VARIABLE_A, VARIABLE_B = (
    ExperimentType.BULLSEYE,
    ExperimentType.VARIABLE_A,
    ExperimentType.VARIABLE_B,
)
CONTRARIAN, LONG_SHOT = ExperimentType.CONTRARIAN, ExperimentType.LONG_SHOT
ARMS = (BULLSEYE, VARIABLE_A, VARIABLE_B, CONTRARIAN, LONG_SHOT)
VARIABLE_A_DIMENSIONS = frozenset({DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC})
LONG_SHOT_SHARE = 0.1
PRE_EVIDENCE_BUDGET = 0.5
ROUNDING = 1e-9


@dataclass(frozen=True)
class Arm:
    """One experiment of a set: its type and design."""

    type: ExperimentType
    design: ExperimentDesign


@dataclass(frozen=True)
class BrokenRule:
    """A rule that a set breaks: the rule's name, the arm it shows in (None: the whole set), and how."""

    rule: str
    arm: ExperimentType | None
    detail: str


Rule = Callable[[Sequence[Arm]], Iterator[BrokenRule]]


def differences(design: ExperimentDesign, control: ExperimentDesign) -> frozenset[DimensionName]:
    """The dimensions whose values differ; spelling of case, white space and Unicode does not count."""
    return frozenset(
        name
        for name in DimensionName
        if _value(design.dimension(name).value) != _value(control.dimension(name).value)
    )


def broken_rules(arms: Sequence[Arm]) -> list[BrokenRule]:
    """Everything that is wrong with a set, in the order of `RULES`. Empty: the set may be saved."""
    missing = list(five_arms(arms))
    if missing:
        return missing
    return [broken for rule in RULES for broken in rule(arms)]


def five_arms(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Each of the five types is there exactly once."""
    for arm_type in ARMS:
        count = sum(arm.type == arm_type for arm in arms)
        if count != 1:
            yield BrokenRule(
                "five_arms", arm_type, f"the set has {count} of {arm_type.value} and needs exactly one"
            )


def dimensions_filled(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Each of the six dimensions says something."""
    for arm in arms:
        for name, dimension in arm.design.dimensions().items():
            if not any(character.isalnum() for character in dimension.value):
                yield BrokenRule("dimensions_filled", arm.type, f"{name.value} is empty")


def observed_has_evidence(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """What is called observed names its quote and where it is stored."""
    for arm in arms:
        for name, dimension in arm.design.dimensions().items():
            if dimension.standing == Standing.OBSERVED and not (dimension.quote and dimension.source):
                yield BrokenRule(
                    "observed_has_evidence",
                    arm.type,
                    f"{name.value} is called observed without a stored quote",
                )


def bullseye_is_control(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The bullseye changes nothing and predicts the baseline."""
    design = _arm(arms, BULLSEYE)
    if design.changed_dimensions or design.predicted_direction != Direction.BASELINE:
        yield BrokenRule(
            "bullseye_is_control", BULLSEYE, "the control changes nothing and predicts `baseline`"
        )


def bullseye_observed(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Every dimension of the bullseye but the channel rests on something observed, unless the set is pre-evidence."""
    design = _arm(arms, BULLSEYE)
    if design.pre_evidence:
        return
    for name, dimension in design.dimensions().items():
        if name != DimensionName.CHANNEL and dimension.standing != Standing.OBSERVED:
            yield BrokenRule(
                "bullseye_observed",
                BULLSEYE,
                f"{name.value} is {dimension.standing.value}: no quote for it was found word for word in a stored source",
            )


def pre_evidence_marked(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """A pre-evidence set is marked as one in each arm and spends at most half the budget."""
    marked = [arm.type for arm in arms if arm.design.pre_evidence]
    if not marked:
        return
    if len(marked) != len(arms):
        yield BrokenRule(
            "pre_evidence_marked", None, "either every experiment is marked pre-evidence or none"
        )
    if sum(arm.design.budget_share for arm in arms) > PRE_EVIDENCE_BUDGET + ROUNDING:
        yield BrokenRule("pre_evidence_marked", None, "a pre-evidence set spends at most half the budget")


def changes_declared(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The declared changes are exactly the differences from the bullseye, and every arm differs in something."""
    control = _arm(arms, BULLSEYE)
    for arm in arms:
        real, declared = differences(arm.design, control), frozenset(arm.design.changed_dimensions)
        if arm.type != BULLSEYE and real != declared:
            yield BrokenRule(
                "changes_declared",
                arm.type,
                f"it declares {_names(declared)} as changed, but {_names(real)} differ from the bullseye",
            )


def variable_a_one_dimension(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Variable A differs from the bullseye in exactly one dimension: persona or firmographic."""
    changed = differences(_arm(arms, VARIABLE_A), _arm(arms, BULLSEYE))
    if len(changed) != 1 or not changed <= VARIABLE_A_DIMENSIONS:
        yield BrokenRule(
            "variable_a_one_dimension",
            VARIABLE_A,
            f"exactly one of persona and firmographic may differ from the bullseye; {_names(changed)} do",
        )


def variable_b_one_other_dimension(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Variable B differs from the bullseye in exactly one dimension, another than variable A's."""
    control = _arm(arms, BULLSEYE)
    changed = differences(_arm(arms, VARIABLE_B), control)
    taken = differences(_arm(arms, VARIABLE_A), control)
    if len(changed) != 1 or changed & taken:
        yield BrokenRule(
            "variable_b_one_other_dimension",
            VARIABLE_B,
            f"exactly one dimension other than variable A's ({_names(taken)}) may differ; {_names(changed)} do",
        )


def contrarian_negates_belief(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The contrarian denies a belief of the user that is quoted."""
    if _arm(arms, CONTRARIAN).negated_belief is None:
        yield BrokenRule(
            "contrarian_negates_belief",
            CONTRARIAN,
            "it has to deny one belief in the user's own words, found word for word in what the user said",
        )


def contrarian_can_lose(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The contrarian says what result would prove the user right."""
    if not (_arm(arms, CONTRARIAN).proves_user_right or "").strip():
        yield BrokenRule(
            "contrarian_can_lose", CONTRARIAN, "it has to say which result would prove the user right"
        )


def long_shot_two_dimensions(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The long shot changes, or assumes, two dimensions or more."""
    design = _arm(arms, LONG_SHOT)
    bold = set(differences(design, _arm(arms, BULLSEYE)))
    bold |= {
        name for name, dimension in design.dimensions().items() if dimension.standing == Standing.ASSUMED
    }
    if len(bold) < 2:
        yield BrokenRule(
            "long_shot_two_dimensions",
            LONG_SHOT,
            f"two or more dimensions must be changed or assumed; only {_names(bold)}",
        )


def long_shot_share(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The long shot takes at most a tenth of leads and budget."""
    design = _arm(arms, LONG_SHOT)
    if max(design.lead_share, design.budget_share) > LONG_SHOT_SHARE + ROUNDING:
        yield BrokenRule("long_shot_share", LONG_SHOT, "at most 10 % of leads and of budget")


def shares_fit(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """The arms together take no more than there is."""
    for field, total in (
        ("leads", sum(arm.design.lead_share for arm in arms)),
        ("budget", sum(arm.design.budget_share for arm in arms)),
    ):
        if total > 1 + ROUNDING:
            yield BrokenRule("shares_fit", None, f"the shares of {field} add up to {total:.3f}, more than 1")


def one_measure(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """All arms count the same outcome within the same window, so that they can be compared."""
    measures = {(arm.design.outcome_measured, arm.design.window_days) for arm in arms}
    if len(measures) > 1:
        yield BrokenRule("one_measure", None, "all five must count the same outcome within the same window")


def direction_predicted(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """Every arm but the bullseye predicts a direction."""
    for arm in arms:
        if arm.type != BULLSEYE and arm.design.predicted_direction == Direction.BASELINE:
            yield BrokenRule(
                "direction_predicted", arm.type, "it predicts higher, lower or same, not `baseline`"
            )


def arms_distinct(arms: Sequence[Arm]) -> Iterator[BrokenRule]:
    """No two arms test the same thing."""
    for first, second in combinations(arms, 2):
        if not differences(first.design, second.design):
            yield BrokenRule(
                "arms_distinct",
                second.type,
                f"it is the same as {first.type.value} in all six dimensions",
            )


RULES: tuple[Rule, ...] = (
    dimensions_filled,
    observed_has_evidence,
    bullseye_is_control,
    bullseye_observed,
    pre_evidence_marked,
    changes_declared,
    variable_a_one_dimension,
    variable_b_one_other_dimension,
    contrarian_negates_belief,
    contrarian_can_lose,
    long_shot_two_dimensions,
    long_shot_share,
    shares_fit,
    one_measure,
    direction_predicted,
    arms_distinct,
)
"""Every rule over a complete set; `five_arms` comes first and alone, since the others need all five."""


def _arm(arms: Sequence[Arm], arm_type: ExperimentType) -> ExperimentDesign:
    return next(arm.design for arm in arms if arm.type == arm_type)


def _value(text: str) -> str:
    return fold(text).casefold()


def _names(names: frozenset[DimensionName] | set[DimensionName]) -> str:
    return ", ".join(sorted(name.value for name in names)) or "none"
