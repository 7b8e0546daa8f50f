"""Enrichment on the wire."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import LeadID
from tools.leads.schemas import LeadSelection
from tools.providers.wiza.records import Level
from tools.schemas import WireIDOf, WireModel

ONE_EXAMPLE: JsonDict = {"level": "partial"}
MANY_EXAMPLE: JsonDict = {"leadIds": [301, 302], "level": "partial"}
MAX_NAMED = 1_000


class EnrichOne(WireModel):
    """What to find out about a lead."""

    model_config = ConfigDict(json_schema_extra={"example": ONE_EXAMPLE})

    level: Level = Field(
        "partial",
        description=(
            "What to find: `none` the profile (at most 1 credit), `partial` also e-mail addresses (3), `phone` also"
            " telephones (6), `full` both (8). What the Client bought of the person before is copied and costs nothing."
        ),
    )


class EnrichMany(EnrichOne):
    """Which leads of a campaign to enrich: `leadIds`, or `all` with an optional `filter`."""

    model_config = ConfigDict(json_schema_extra={"example": MANY_EXAMPLE})

    lead_ids: Annotated[list[WireIDOf[LeadID]], Field(min_length=1, max_length=MAX_NAMED)] | None = Field(
        None, description="The leads, each of this campaign; more of them by `all`."
    )
    all: Literal[True] | None = Field(None, description="All leads of the campaign, or those of `filter`.")
    filter: LeadSelection | None = Field(None, description="With `all`: only these.")
