"""Leads and LeadSignals: a person in a campaign, and what was noticed about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    Created,
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import CampaignID, LeadID, PersonID, WorkspaceID


class LeadStatus(StrEnum):
    """How far a lead has come."""

    FOUND = "found"
    ENRICHING = "enriching"
    ENRICHED = "enriched"
    DRAFTED = "drafted"
    QUEUED = "queued"
    SENT = "sent"
    RESPONDED = "responded"


class LeadOutcome(StrEnum):
    """What came of a lead."""

    NO_RESPONSE = "no_response"
    INTERESTED = "interested"
    MEETING_BOOKED = "meeting_booked"
    MEETING_DONE = "meeting_done"
    CLOSED_WON = "closed_won"
    CLOSED_LOST = "closed_lost"
    REJECTED = "rejected"
    UNQUALIFIED = "unqualified"


class SignalType(StrEnum):
    """What kind of event a signal tells of."""

    FUNDING = "funding"
    HIRING = "hiring"
    EXPANSION = "expansion"
    PRODUCT_LAUNCH = "product_launch"
    PARTNERSHIP = "partnership"
    LEADERSHIP_CHANGE = "leadership_change"
    NEWS_MENTION = "news_mention"
    SOCIAL_ACTIVITY = "social_activity"


class Lead(CreatedUpdated, Versioned, Entity):
    """A person in a campaign. `company_key` (a folded domain or name) binds a company to one experiment.

    `linkedin_key` and `email_key` tell duplicates apart within a workspace; a lead of a deleted campaign, and one that
    came over with a duplicate, may lack them. `relevance_score` is 0 to 100. `last_error` tells why the newest work on this lead failed: {code, message, at}.
    """

    __tablename__ = "Leads"
    __table_args__ = (
        Index(None, "CampaignID", "LeadID"),
        Index(None, "CampaignID", "Status", "LeadID"),
        Index(None, "ProjectID", "LeadID"),
        Index(None, "ProjectID", "Status", "LeadID"),
        Index(None, "ProjectID", "Email"),
        Index(None, "ProjectID", "CompanyKey"),
        Index(None, "LinkedinUrl"),
        # The orders of lists beside the newest first.
        Index(None, "ProjectID", "FullName", "LeadID"),
        Index(
            "IX_Leads_ProjectID_RelevanceScore_LeadID",
            "ProjectID",
            text("COALESCE(\"RelevanceScore\", '-1'::integer)"),
            "LeadID",
        ),
        Index(None, "ProjectID", "LinkedinKey", unique=True),
        Index(None, "ProjectID", "EmailKey", unique=True),
    )

    id: Mapped[LeadID] = identity_key("LeadID")
    campaign_id: Mapped[CampaignID] = reference("CampaignID", "Campaigns.CampaignID", index=False)
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    person_id: Mapped[PersonID | None] = reference("PersonID", "Persons.PersonID", on_delete="SET NULL")
    full_name: Mapped[str] = mapped_column("FullName", String(255))
    job_title: Mapped[str | None] = mapped_column("JobTitle", String(255))
    company: Mapped[str | None] = mapped_column("Company", String(255))
    company_domain: Mapped[str | None] = mapped_column("CompanyDomain", String(255))
    company_key: Mapped[str | None] = mapped_column("CompanyKey", String(255))
    linkedin_url: Mapped[str | None] = mapped_column("LinkedinUrl", String(512))
    email: Mapped[str | None] = mapped_column("Email", String(255))
    linkedin_key: Mapped[str | None] = mapped_column("LinkedinKey", String(255))
    email_key: Mapped[str | None] = mapped_column("EmailKey", String(320))
    phone: Mapped[str | None] = mapped_column("Phone", String(50))
    location: Mapped[str | None] = mapped_column("Location", String(255))
    avatar_url: Mapped[str | None] = mapped_column("AvatarUrl", String(512))
    ai_summary: Mapped[str | None] = mapped_column("AiSummary")
    relevance_score: Mapped[int | None] = mapped_column("RelevanceScore")
    relevance_reasons: Mapped[JsonArray | None] = mapped_column("RelevanceReasons")
    status: Mapped[LeadStatus] = mapped_column(
        "Status", native_enum(LeadStatus, "LeadStatus"), server_default=text("'found'")
    )
    outcome: Mapped[LeadOutcome | None] = mapped_column("Outcome", native_enum(LeadOutcome, "LeadOutcome"))
    outcome_reason: Mapped[str | None] = mapped_column("OutcomeReason")
    raw_data: Mapped[JsonObject | None] = mapped_column("RawData")
    enrichment_data: Mapped[JsonObject | None] = mapped_column("EnrichmentData")
    outbound_message: Mapped[str | None] = mapped_column("OutboundMessage")
    last_error: Mapped[JsonObject | None] = mapped_column("LastError")
    contacted_at: Mapped[datetime | None] = mapped_column("ContactedAt")
    responded_at: Mapped[datetime | None] = mapped_column("RespondedAt")


class LeadSignal(Created, Entity):
    """Something noticed about a lead, with citations to stored text: [{quote, source, url}]."""

    __tablename__ = "LeadSignals"
    __table_args__ = (Index(None, "LeadID", "LeadSignalID"),)

    id: Mapped[int] = identity_key("LeadSignalID")
    lead_id: Mapped[LeadID] = reference("LeadID", "Leads.LeadID", index=False)
    headline: Mapped[str] = mapped_column("Headline", String(255))
    description: Mapped[str | None] = mapped_column("Description")
    signal_type: Mapped[SignalType] = mapped_column("SignalType", native_enum(SignalType, "SignalType"))
    strength_score: Mapped[int | None] = mapped_column("StrengthScore")
    citations: Mapped[JsonArray | None] = mapped_column("Citations")
    detected_at: Mapped[datetime | None] = mapped_column("DetectedAt")
