"""The comparison of experiments on the wire."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.models.experiment import ExperimentType
from persistence.types import ExperimentID
from tools.experiments.comparison import VerdictWord
from tools.experiments.design import OutcomeMeasured
from tools.schemas import WireModel

RATE_EXAMPLE: JsonDict = {"value": 0.05, "low": 0.0397, "high": 0.0629}
ARM_EXAMPLE: JsonDict = {
    "experimentId": 13,
    "type": "variable_a",
    "outcomeMeasured": "reply",
    "n": 1500,
    "waiting": 40,
    "outcomes": 75,
    "rate": RATE_EXAMPLE,
    "needed": 1500,
}
VERDICT_EXAMPLE: JsonDict = {"a": 13, "b": 12, "verdict": "better", "more": 0}


class ArmRate(WireModel):
    """A rate and the interval it lies in with 95 in 100."""

    model_config = ConfigDict(json_schema_extra={"example": RATE_EXAMPLE})

    value: float = Field(description="Outcomes a lead, 0 to 1.")
    low: float = Field(description="The lower end of its Wilson interval.")
    high: float = Field(description="The upper end.")


class ArmResult(WireModel):
    """What became of one experiment's leads."""

    model_config = ConfigDict(json_schema_extra={"example": ARM_EXAMPLE})

    experiment_id: ExperimentID = Field(description="The experiment.")
    type: ExperimentType = Field(description="The arm it plays.")
    outcome_measured: OutcomeMeasured = Field(description="What is counted, as fixed before.")
    n: int = Field(description="Leads that were written to and whose window is over.")
    waiting: int = Field(description="Leads that were written to and may still bring the outcome.")
    outcomes: int = Field(description="How many of `n` brought it within the window.")
    rate: ArmRate = Field(description="The share of them.")
    needed: int = Field(description="The sample that was fixed before.")


class Verdict(WireModel):
    """What may be said of an arm beside its control."""

    model_config = ConfigDict(json_schema_extra={"example": VERDICT_EXAMPLE})

    a: ExperimentID = Field(description="The arm.")
    b: ExperimentID = Field(description="Its control, the bullseye of the same talk.")
    verdict: VerdictWord = Field(
        description="How `a` did beside `b`. Once given, later days don't change it."
    )
    more: int = Field(description="How many more leads an arm are needed before anything may be said.")


class ComparisonRead(WireModel):
    """The workspace's experiments side by side."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"experiments": [ARM_EXAMPLE], "verdicts": [VERDICT_EXAMPLE]}}
    )

    experiments: list[ArmResult] = Field(description="Each experiment, oldest first.")
    verdicts: list[Verdict] = Field(
        description="Each arm beside the bullseye of its set. Long shots are judged by what is learned, not here."
    )
