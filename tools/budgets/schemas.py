"""Budget and usage on the wire."""

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import CampaignID
from tools.schemas import AwareDatetime, WireModel, WireNumber

MAX_TOKENS = 10**15
MAX_CREDITS = 10**9

SPENT_EXAMPLE: JsonDict = {"tokensToday": 48_210, "creditsThisMonth": 61.5, "creditsReserved": 2.0}
BUDGET_EXAMPLE: JsonDict = {
    "tokensPerDay": 2_000_000,
    "creditsPerMonth": 500.0,
    "spent": SPENT_EXAMPLE,
    "resetsAt": "2026-11-23T00:00:00+00:00",
    "creditsResetAt": "2026-12-01T00:00:00+00:00",
}
USAGE_EXAMPLE: JsonDict = {
    "day": "2026-11-22",
    "campaignId": None,
    "graph": "discovery",
    "model": "gpt-6-sol",
    "inputTokens": 40_100,
    "outputTokens": 8_110,
    "credits": 0.0,
    "costUsd": 0.1294,
}

Tokens = Annotated[int, Field(strict=True, ge=0, le=MAX_TOKENS)]
Credits = Annotated[WireNumber, Field(ge=0, le=MAX_CREDITS)]


class BudgetUpdate(WireModel):
    """Any of the limits: what is absent stays as it is, null takes the limit away."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"tokensPerDay": 2_000_000, "creditsPerMonth": 500.0}}
    )

    tokens_per_day: Tokens | None = Field(
        None,
        description="Tokens of models a UTC day; null: no limit. Once they are spent, or may be by what runs, nothing begins that "
        "asks a model.",
    )
    credits_per_month: Credits | None = Field(
        None,
        description="Credits of paid searches and enrichments a month, to four decimals. Null: nothing paid is begun.",
    )


class Spent(WireModel):
    """What counts against the limits now."""

    model_config = ConfigDict(json_schema_extra={"example": SPENT_EXAMPLE})

    tokens_today: int = Field(description="Tokens read and written by models since midnight UTC.")
    credits_this_month: float = Field(description="Credits spent since the first of the month, UTC.")
    credits_reserved: float = Field(description="Credits promised to calls that are under way.")


class BudgetRead(WireModel):
    """What a workspace may spend."""

    model_config = ConfigDict(json_schema_extra={"example": BUDGET_EXAMPLE})

    tokens_per_day: int | None = Field(description="Tokens of models a UTC day; null: no limit.")
    credits_per_month: float | None = Field(description="Credits a month; null: nothing paid is begun.")
    spent: Spent = Field(description="What was spent of them.")
    resets_at: AwareDatetime = Field(description="When the day's tokens begin anew.")
    credits_reset_at: AwareDatetime = Field(description="When the month's credits begin anew.")


class UsageRead(WireModel):
    """What one graph spent with one model on one day, for one campaign or for none."""

    model_config = ConfigDict(json_schema_extra={"example": USAGE_EXAMPLE})

    day: date = Field(description="The UTC day.")
    campaign_id: CampaignID | None = Field(
        description="The campaign it was for; null: for none, or it is gone."
    )
    graph: str | None = Field(description="What worked: a graph, or another consumer such as `website`.")
    model: str | None = Field(description="The model that was asked; null when credits were spent.")
    input_tokens: int = Field(description="Tokens the model read.")
    output_tokens: int = Field(description="Tokens the model wrote.")
    credits: float = Field(description="Credits of providers that are paid by the piece.")
    cost_usd: float = Field(description="US dollars, of the calls whose price is known.")
