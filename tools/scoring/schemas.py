"""Scoring on the wire."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import LeadID
from tools.schemas import WireIDOf, WireModel

REQUEST_EXAMPLE: JsonDict = {"leadIds": [301, 302]}


class ScoreRequest(WireModel):
    """Which leads of the campaign to score. Left out: all."""

    model_config = ConfigDict(json_schema_extra={"example": REQUEST_EXAMPLE})

    lead_ids: Annotated[list[WireIDOf[LeadID]], Field(min_length=1, max_length=1_000)] | None = Field(
        None, description="These leads, each of this campaign; left out: all, at most 10,000."
    )


class LeadsScored(WireModel):
    """What became of it."""

    model_config = ConfigDict(json_schema_extra={"example": {"scored": 120, "changed": 17}})

    scored: int = Field(description="Leads that were looked at.")
    changed: int = Field(description="Leads whose score or reasons are others than before.")
