"""Campaigns and their feed on the wire."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.models.campaign import ActivityType, CampaignStatus
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.types import CampaignID, ExperimentID, LeadID, UserID, WorkspaceID
from tools.experiments.schemas import ExperimentRead
from tools.schemas import AwareDatetime, JsonObject, Name, WireFlag, WireIDOf, WireModel

DailyLimit = Annotated[int, Field(strict=True, ge=0, le=10_000)]

CREATE_EXAMPLE: JsonDict = {
    "name": "Finance leads, November",
    "experimentId": 12,
    "dailyLeadLimit": 50,
    "settings": {"tone": "plain"},
}
UPDATE_EXAMPLE: JsonDict = {"status": "paused", "dailyLeadLimit": 20}
STATS_EXAMPLE: JsonDict = {
    "byStatus": {"found": 40, "sent": 100, "responded": 4},
    "byOutcome": {"interested": 3, "meeting_booked": 1},
    "replyRate": {"value": 0.0385, "low": 0.0151, "high": 0.0947, "n": 104},
}
READ_EXAMPLE: JsonDict = {
    "id": 7,
    "workspaceId": 3,
    "experimentId": 12,
    "name": "Finance leads, November",
    "status": "active",
    "settings": {"tone": "plain"},
    "dailyLeadLimit": 50,
    "autopilotEnabled": False,
    "lastDiscoveryRun": None,
    "nextDiscoveryRun": None,
    "totalLeads": 144,
    "contactedCount": 104,
    "repliedCount": 4,
    "meetingsBooked": 1,
    "stats": STATS_EXAMPLE,
    "experiment": None,
    "createdAt": "2026-11-22T10:00:00Z",
    "updatedAt": "2026-11-22T10:00:00Z",
}
ACTIVITY_EXAMPLE: JsonDict = {
    "id": 90,
    "campaignId": 7,
    "leadId": 301,
    "activityType": "lead_contacted",
    "title": "Ada Lovelace was written to",
    "description": None,
    "metadata": {"from": "queued", "to": "sent"},
    "status": "sent",
    "actorUserId": 5,
    "createdAt": "2026-11-22T10:00:00Z",
}


class CampaignCreate(WireModel):
    """A new campaign."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    name: Name = Field(description="What the team calls it.")
    experiment_id: WireIDOf[ExperimentID] | None = Field(
        None,
        description="The experiment whose people it reaches; its companies then belong to this experiment.",
    )
    status: CampaignStatus = Field(CampaignStatus.ACTIVE, description="How it begins: `active` or `paused`.")
    settings: JsonObject | None = Field(None, description="Free-form settings of the campaign.")
    daily_lead_limit: DailyLimit = Field(
        50, description="How many leads it may take up in a day of the workspace's time zone."
    )
    autopilot_enabled: WireFlag = Field(
        False, description="Whether new leads are looked for by schedule, within the daily limit."
    )


class CampaignCreateSomewhere(CampaignCreate):
    """A new campaign, where the path does not name the workspace."""

    model_config = ConfigDict(json_schema_extra={"example": {"workspaceId": 3, **CREATE_EXAMPLE}})

    workspace_id: WireIDOf[WorkspaceID] = Field(description="The workspace it belongs to.")


class CampaignUpdate(WireModel):
    """Any of the fields: what is absent stays as it is, null clears it."""

    model_config = ConfigDict(json_schema_extra={"example": UPDATE_EXAMPLE})

    # A factory instead of a default: these may be absent but not null, and documents show no default for them.
    name: Name = Field(default_factory=str, description="What the team calls it; not null.")
    experiment_id: WireIDOf[ExperimentID] | None = Field(
        None, description="The experiment it belongs to; fixed once it has leads."
    )
    status: CampaignStatus = Field(
        default_factory=lambda: CampaignStatus.ACTIVE,
        description="The status to move to (pausing, resuming …); not null. 409 says which moves are legal.",
    )
    settings: JsonObject | None = Field(None, description="Free-form settings of the campaign, all of them.")
    daily_lead_limit: DailyLimit = Field(
        default_factory=int, description="How many leads it may take up in a day; not null."
    )
    autopilot_enabled: WireFlag = Field(
        default_factory=bool, description="Whether new leads are looked for by schedule; not null."
    )


class RateRead(WireModel):
    """A share with its 95 % Wilson interval."""

    value: float = Field(description="The share, 0 to 1; 0 when there is nothing to divide by.")
    low: float = Field(description="Lower end of the interval.")
    high: float = Field(description="Upper end of the interval; 1 when nothing is known.")
    n: int = Field(description="How many leads it is a share of.")


class CampaignStats(WireModel):
    """What a campaign's leads add up to."""

    model_config = ConfigDict(json_schema_extra={"example": STATS_EXAMPLE})

    by_status: dict[LeadStatus, int] = Field(
        description="Leads by status; statuses without leads are left out."
    )
    by_outcome: dict[LeadOutcome, int] = Field(
        description="Leads by outcome; leads without an outcome are left out."
    )
    reply_rate: RateRead = Field(description="How many of those who were written to answered.")


class CampaignRead(WireModel):
    """A campaign."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    id: CampaignID = Field(description="The campaign's id.")
    workspace_id: WorkspaceID = Field(description="The workspace it belongs to.")
    experiment_id: ExperimentID | None = Field(description="The experiment whose people it reaches.")
    name: str = Field(description="What the team calls it.")
    status: CampaignStatus = Field(description="How it stands.")
    settings: JsonObject | None = Field(description="Free-form settings of the campaign.")
    daily_lead_limit: int = Field(description="How many leads it may take up in a day.")
    autopilot_enabled: bool = Field(description="Whether new leads are looked for by schedule.")
    last_discovery_run: AwareDatetime | None = Field(description="When leads were last looked for.")
    next_discovery_run: AwareDatetime | None = Field(description="When leads are looked for next.")
    total_leads: int = Field(description="Its leads.")
    contacted_count: int = Field(description="Leads that were written to.")
    replied_count: int = Field(description="Leads that answered.")
    meetings_booked: int = Field(description="Leads a meeting came of; a deal is closed after one.")
    stats: CampaignStats = Field(description="What its leads add up to.")
    experiment: ExperimentRead | None = Field(
        None, description="Its experiment, where one campaign is read; null in lists."
    )
    created_at: AwareDatetime = Field(description="When it was made.")
    updated_at: AwareDatetime = Field(description="When it was last changed.")


class ActivityRead(WireModel):
    """One thing that happened in a campaign."""

    model_config = ConfigDict(json_schema_extra={"example": ACTIVITY_EXAMPLE})

    id: int = Field(description="The activity's id.")
    campaign_id: CampaignID = Field(description="The campaign it happened in.")
    lead_id: LeadID | None = Field(description="The lead it is about, if one and if it still exists.")
    activity_type: ActivityType = Field(description="What happened.")
    title: str = Field(description="What happened, for people.")
    description: str | None = Field(description="More about it.")
    metadata: JsonObject | None = Field(
        validation_alias="metadata_", description="Details; of a move `from` and `to`."
    )
    status: str | None = Field(description="The status something moved to.")
    actor_user_id: UserID | None = Field(description="Who did it; null: the system.")
    created_at: AwareDatetime = Field(description="When it happened.")
