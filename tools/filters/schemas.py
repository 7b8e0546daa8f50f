"""Filters on the wire: what may be asked for, and the answer with its trail."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.types import ExperimentID, WorkspaceID
from tools.schemas import Count, JsonObject, WireFlag, WireIDOf, WireModel

MAX_TEXT = 4_000

FilterText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)]

FILTERS_EXAMPLE: JsonDict = {
    "job_role": ["finance"],
    "job_title_level": ["CXO", "VP"],
    "company_industry": [{"v": "wholesale", "s": "i"}],
    "company_size": ["51-200"],
    "company_location": [{"v": "Germany", "b": "country", "s": "i"}],
}
OPTIMIZE_EXAMPLE: JsonDict = {"filters": FILTERS_EXAMPLE, "band": {"min": 500, "max": 2_000}}
REGENERATE_EXAMPLE: JsonDict = {"text": "Heads of finance at German steel traders with 50 to 200 people"}
EXPERIMENT_EXAMPLE: JsonDict = {
    "hypothesis": "Owners of steel traders feel it more than their heads of finance"
}
ANSWER_EXAMPLE: JsonDict = {
    "filters": FILTERS_EXAMPLE | {"company_size": ["51-200", "201-500"]},
    "prospectCount": 812,
    "reached": True,
    "proven": True,
    "steps": [
        {"change": "Counted what was asked for.", "why": "To know where it stands.", "count": 301},
        {"change": "company_size wider: 51-200, 201-500", "why": "301 are fewer than 500.", "count": 812},
    ],
    "optimizationSuggestions": [],
    "saved": False,
}


class BandIn(WireModel):
    """How many people are wanted, both ends included."""

    model_config = ConfigDict(json_schema_extra={"example": {"min": 500, "max": 2_000}})

    min: Count = Field(description="At least so many.")
    max: Count = Field(description="At most so many; not fewer than `min`.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise PydanticCustomError("band", "`min` may not be larger than `max`.")
        return self


class FilterRequest(WireModel):
    """Who is looked for: an experiment, filters, or a description. Filters are moved, a description is drafted first."""

    model_config = ConfigDict(json_schema_extra={"example": OPTIMIZE_EXAMPLE})

    workspace_id: WireIDOf[WorkspaceID] | None = Field(
        None,
        description="The workspace it counts against; left out, the experiment's or the caller's default one.",
    )
    experiment_id: WireIDOf[ExperimentID] | None = Field(
        None, description="An experiment: its filters where it has some, else what it says of who is meant."
    )
    filters: JsonObject | None = Field(
        None,
        description="Filters by Wiza's names and words. 422 names an unknown word and the nearest known ones.",
    )
    text: FilterText | None = Field(None, description="Who is meant, in any language.")
    band: BandIn | None = Field(
        None, description="How many people are wanted; left out, what the experiment needs, or 500 to 5,000."
    )

    @model_validator(mode="after")
    def _something_to_begin_with(self) -> Self:
        if self.experiment_id is None and self.filters is None and not self.said():
            raise PydanticCustomError("nothing", "Send an experimentId, filters or a text.")
        if self.filters is not None and self.text is not None:
            raise PydanticCustomError("both", "Send filters or a text, not both.")
        return self

    def said(self) -> FilterText | JsonObject | None:
        """What the caller says of who is meant."""
        return self.text


class RegenerateRequest(FilterRequest):
    """Who is looked for, to be drafted anew."""

    model_config = ConfigDict(json_schema_extra={"example": REGENERATE_EXAMPLE})

    hypothesis: FilterText | JsonObject | None = Field(
        None, description="What is to be different, or the hypothesis as text or object."
    )
    optimize: WireFlag = Field(True, description="Whether they are moved to the band; false: counted once.")

    def said(self) -> FilterText | JsonObject | None:
        """What the caller says of who is meant."""
        return self.text or self.hypothesis


class ExperimentRegenerate(WireModel):
    """How an experiment's filters are made anew."""

    model_config = ConfigDict(json_schema_extra={"example": EXPERIMENT_EXAMPLE})

    hypothesis: FilterText | JsonObject | None = Field(
        None, description="What is to be different, or the hypothesis as text or object."
    )
    optimize: WireFlag = Field(True, description="Whether they are moved to the band; false: counted once.")
    band: BandIn | None = Field(
        None, description="How many people are wanted; left out, what the design needs."
    )


class FilterStep(WireModel):
    """One counted setting."""

    change: str = Field(description="What is different from the setting before.")
    why: str = Field(description="Why it was tried.")
    count: int = Field(description="How many people it has.")


class FiltersRead(WireModel):
    """Filters and how many people they have."""

    model_config = ConfigDict(json_schema_extra={"example": ANSWER_EXAMPLE})

    filters: JsonObject = Field(description="The filters, by Wiza's names and words.")
    prospect_count: int = Field(description="How many people match them.")
    reached: WireFlag = Field(description="Whether that lies in the band.")
    proven: WireFlag = Field(
        description="Whether it is known that nothing nearer can be reached; always true when it is reached."
    )
    steps: list[FilterStep] = Field(
        description="What was counted, in that order; the last ones need not be the answer."
    )
    optimization_suggestions: list[str] = Field(description="What a person can do that the search may not.")
    saved: WireFlag = Field(description="Whether the experiment has these filters now.")
