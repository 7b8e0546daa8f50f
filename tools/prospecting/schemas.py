"""Looking for leads, on the wire."""

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import ExperimentID, LeadID
from tools.schemas import JsonObject, WireIDOf, WireModel, WireNumber

MAX_LEADS = 1_000
EXAMPLE: JsonDict = {"experimentId": 12, "limit": 50, "budget": 40}


class LeadSearch(WireModel):
    """Whom to look for, how many, and what it may cost."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    filters: JsonObject | None = Field(None, description="Wiza's filters. Left out: those of the experiment.")
    experiment_id: WireIDOf[ExperimentID] | None = Field(
        None, description="The experiment whose filters to take; left out: that of the campaign."
    )
    limit: Annotated[int, Field(strict=True, ge=1, le=MAX_LEADS)] = Field(
        description="New leads wanted; whoever is a lead already does not count."
    )
    budget: Annotated[WireNumber, Field(gt=0, le=100_000)] = Field(
        description="The most credits to spend: half a credit a person looked at, and nothing for pages bought before."
    )


class SearchOutput(WireModel):
    """What came of a search: the job's `output`."""

    matching: int | None = Field(description="Everybody who matches, as Wiza counts.")
    looked_at: int = Field(description="People looked at, pages bought before included.")
    added: int = Field(description="Leads that were made.")
    lead_ids: list[LeadID] = Field(description="The leads that were made.")
    duplicates: int = Field(description="People who were leads of the workspace already.")
    other_arm: int = Field(description="People whose companies belong to another experiment.")
    unusable: int = Field(description="People of whom not even the name is known.")
    credits: Decimal = Field(description="What it cost.")
    ended_by: str = Field(description="`limit`, `budget`, or `exhausted`: nobody else matches.")
