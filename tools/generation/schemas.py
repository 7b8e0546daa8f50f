"""Experiments from a talk on the wire: what is asked for, and what the job leaves."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import SessionID
from tools.experiments.schemas import ExperimentRead
from tools.schemas import Count, WireIDOf, WireModel

REQUEST_EXAMPLE: JsonDict = {"sessionId": 12}


class GenerateExperiments(WireModel):
    """Which talk the experiments are made from."""

    model_config = ConfigDict(json_schema_extra={"example": REQUEST_EXAMPLE})

    session_id: WireIDOf[SessionID] | None = Field(
        None, description="The conversation; left out, the workspace's newest."
    )


class FilterCount(WireModel):
    """How many people the search filters of one experiment find."""

    experiment_id: int = Field(description="The experiment.")
    prospect_count: Count = Field(description="People who match, as Wiza counted them.")
    reached: bool = Field(description="Whether that is what its comparison needs.")


class GeneratedExperiments(WireModel):
    """What a job made of a talk: its output."""

    session_id: SessionID = Field(description="The conversation.")
    experiments: list[ExperimentRead] = Field(description="The saved set: one of each type.")
    strategic_insight: str = Field(description="What the evidence suggests.")
    pre_evidence: bool = Field(description="Whether the set is marked as made before there is evidence.")
    filters: list[FilterCount] = Field(description="The experiments that have search filters now.")
    without_filters: list[int] = Field(
        description="Experiments for which none could be found, or looked for; they can be made later on each."
    )
