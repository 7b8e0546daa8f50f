"""Scaling on the wire."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from tools.campaigns.schemas import RateRead
from tools.jobs.schemas import JOB_ID, JobStarted
from tools.schemas import WireModel, WireNumber

MAX_LEADS = 100_000
EXAMPLE: JsonDict = {"targetLeadCount": 200, "budget": 300}
STARTED: JsonDict = {"jobId": JOB_ID, "jobType": "campaign_scale", "message": "The campaign is being scaled."}


class ScaleRequest(WireModel):
    """How far to scale a campaign, and for how much."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    target_lead_count: Annotated[int, Field(strict=True, ge=1, le=MAX_LEADS)] | None = Field(
        None,
        description=(
            "Leads the campaign shall have in all; one job adds at most 1,000. Left out: as many as its experiment's"
            " `minimumSample` asks for, or twice as many as it has."
        ),
    )
    budget: Annotated[WireNumber, Field(gt=0, le=1_000_000)] | None = Field(
        None, description="The most credits to spend. Left out: what is left of the month's."
    )


class ScaleStarted(JobStarted):
    """The campaign is being scaled: ask for the job at `/jobs/{jobId}`."""

    model_config = ConfigDict(json_schema_extra={"example": STARTED})

    message: str = Field(description="The same for people.")


class ScaleOutput(WireModel):
    """What came of it: the job's `output`."""

    target_lead_count: int = Field(description="Leads the campaign was to have.")
    before: int = Field(description="Leads it had.")
    reply_rate: RateRead = Field(description="How many of those who were written to had answered.")
    affordable: int = Field(description="New leads the budget allowed for.")
    found: int = Field(description="New leads.")
    enriched: int = Field(description="Of them, enriched.")
    drafted: int = Field(description="Of them, those with a message, or a reasoned decline.")
    search: dict[str, Any] | None = Field(description="The output of the search; null when none was needed.")
