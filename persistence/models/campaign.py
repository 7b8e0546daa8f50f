"""Campaigns and CampaignActivities: reaching the people of one experiment, and what happened on the way."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    FALSE,
    Created,
    CreatedUpdated,
    Entity,
    JsonObject,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import CampaignID, ExperimentID, LeadID, UserID, WorkspaceID


class CampaignStatus(StrEnum):
    """How a campaign stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class ActivityType(StrEnum):
    """What happened in a campaign: the plan's words, then those for moves it has none for."""

    CAMPAIGN_CREATED = "campaign_created"
    DISCOVERY_STARTED = "discovery_started"
    DISCOVERY_COMPLETED = "discovery_completed"
    LEADS_FOUND = "leads_found"
    LEADS_ENRICHED = "leads_enriched"
    OUTREACH_GENERATED = "outreach_generated"
    LEAD_CONTACTED = "lead_contacted"
    LEAD_RESPONDED = "lead_responded"
    MEETING_BOOKED = "meeting_booked"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_RESUMED = "campaign_resumed"
    ERROR_OCCURRED = "error_occurred"
    CAMPAIGN_COMPLETED = "campaign_completed"
    CAMPAIGN_ARCHIVED = "campaign_archived"
    LEAD_MOVED = "lead_moved"
    OUTCOME_LOGGED = "outcome_logged"


class Campaign(CreatedUpdated, Versioned, Entity):
    """A campaign. `deleted_at` hides it and its leads from every list."""

    __tablename__ = "Campaigns"
    __table_args__ = (
        Index(None, "ProjectID", "CampaignID"),
        Index(None, "ProjectID", "Status", "CampaignID"),
        Index(None, "NextDiscoveryRun", postgresql_where=text('"AutopilotEnabled"')),
    )

    id: Mapped[CampaignID] = identity_key("CampaignID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    experiment_id: Mapped[ExperimentID | None] = reference(
        "ExperimentID", "Experiments.ExperimentID", on_delete="SET NULL"
    )
    name: Mapped[str] = mapped_column("Name", String(255))
    status: Mapped[CampaignStatus] = mapped_column(
        "Status", native_enum(CampaignStatus, "CampaignStatus"), server_default=text("'active'")
    )
    settings: Mapped[JsonObject | None] = mapped_column("Settings")
    daily_lead_limit: Mapped[int] = mapped_column("DailyLeadLimit", server_default=text("50"))
    autopilot_enabled: Mapped[bool] = mapped_column("AutopilotEnabled", server_default=FALSE)
    last_discovery_run: Mapped[datetime | None] = mapped_column("LastDiscoveryRun")
    next_discovery_run: Mapped[datetime | None] = mapped_column("NextDiscoveryRun")
    total_leads: Mapped[int] = mapped_column("TotalLeads", server_default=text("0"))
    contacted_count: Mapped[int] = mapped_column("ContactedCount", server_default=text("0"))
    replied_count: Mapped[int] = mapped_column("RepliedCount", server_default=text("0"))
    meetings_booked: Mapped[int] = mapped_column("MeetingsBooked", server_default=text("0"))
    deleted_at: Mapped[datetime | None] = mapped_column("DeletedAt")


class CampaignActivity(Created, Entity):
    """One thing that happened in a campaign, and who did it (nobody: the system)."""

    __tablename__ = "CampaignActivities"
    __table_args__ = (Index(None, "CampaignID", "CreatedAt", "CampaignActivityID"),)

    id: Mapped[int] = identity_key("CampaignActivityID")
    campaign_id: Mapped[CampaignID] = reference("CampaignID", "Campaigns.CampaignID", index=False)
    lead_id: Mapped[LeadID | None] = reference("LeadID", "Leads.LeadID", on_delete="SET NULL")
    actor_user_id: Mapped[UserID | None] = reference("ActorUserID", "Users.UserID", on_delete="SET NULL")
    activity_type: Mapped[ActivityType] = mapped_column(
        "ActivityType", native_enum(ActivityType, "ActivityType")
    )
    title: Mapped[str] = mapped_column("Title", String(255))
    description: Mapped[str | None] = mapped_column("Description")
    metadata_: Mapped[JsonObject | None] = mapped_column("Metadata")
    status: Mapped[str | None] = mapped_column("Status", String(50))
