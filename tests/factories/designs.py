"""Valid sets of experiments to break, and the sources their quotes stand in."""

from typing import Any

from persistence.models.experiment import ExperimentType
from tools.experiments.design import (
    Dimension,
    DimensionName,
    Direction,
    Evidence,
    ExperimentDesign,
    OutcomeMeasured,
    Standing,
)
from tools.experiments.rules import Arm

VALUES = {
    DimensionName.PERSONA: "Head of finance",
    DimensionName.FIRMOGRAPHIC: "Steel traders with 50 to 200 people in Germany",
    DimensionName.SITUATION: "They close the books by hand in spreadsheets",
    DimensionName.TRIGGER: "The auditor asks for a faster close",
    DimensionName.ANGLE: "Close in two days instead of nine",
    DimensionName.CHANNEL: "Cold e-mail",
}


def observed(value: str) -> Dimension:
    """A dimension with a quote that is its own value."""
    return Dimension(value=value, standing=Standing.OBSERVED, quote=value, source="turn:1")


def assumed(value: str) -> Dimension:
    """A dimension that rests on nothing."""
    return Dimension(value=value, standing=Standing.ASSUMED)


def design(**changes: Any) -> ExperimentDesign:
    """The design of a valid bullseye, with changes by attribute name."""
    fields: dict[str, Any] = {name.value: observed(value) for name, value in VALUES.items()}
    fields |= {
        "predicted_direction": Direction.BASELINE,
        "outcome_measured": OutcomeMeasured.REPLY,
        "window_days": 21,
        "minimum_sample": 1506,
        "stopping_rule": "Stop after 1,506 contacted leads.",
    }
    return ExperimentDesign(**(fields | changes))


def changed(*names: DimensionName, **more: Any) -> ExperimentDesign:
    """The bullseye's design with these dimensions set to something else, declared as changed."""
    others = {name.value: assumed(f"Another {name.value}") for name in names}
    fields = {"changed_dimensions": names, "predicted_direction": Direction.HIGHER, **others, **more}
    return design(**fields)


def valid_set(**replaced: ExperimentDesign) -> list[Arm]:
    """Five arms that break no rule; `bullseye=…`, `variable_a=…` replace one."""
    belief = Evidence(quote="Only finance buys this", source="turn:2")
    arms = {
        ExperimentType.BULLSEYE: design(),
        ExperimentType.VARIABLE_A: changed(DimensionName.PERSONA),
        ExperimentType.VARIABLE_B: changed(DimensionName.ANGLE),
        ExperimentType.CONTRARIAN: changed(
            DimensionName.SITUATION,
            negated_belief=belief,
            proves_user_right="Fewer replies than the bullseye",
        ),
        ExperimentType.LONG_SHOT: changed(
            DimensionName.PERSONA, DimensionName.FIRMOGRAPHIC, lead_share=0.1, budget_share=0.1
        ),
    }
    arms |= {ExperimentType(word): changed_design for word, changed_design in replaced.items()}
    return [Arm(arm_type, arm_design) for arm_type, arm_design in arms.items()]
