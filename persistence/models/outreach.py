"""OutreachMessages: what is written to a lead, with the evidence for what it claims."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    EMPTY_ARRAY,
    FALSE,
    CreatedUpdated,
    Entity,
    JsonArray,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import CampaignID, LeadID


class OutreachFormat(StrEnum):
    """Channel and kind of a message."""

    LINKEDIN_CONNECTION = "linkedin_connection"
    LINKEDIN_MESSAGE = "linkedin_message"
    LINKEDIN_INMAIL = "linkedin_inmail"
    EMAIL_COLD = "email_cold"
    EMAIL_WARM = "email_warm"


class OutreachStatus(StrEnum):
    """How far a message has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    BOUNCED = "bounced"
    FAILED = "failed"


class OutreachMessageType(StrEnum):
    """The place of a message in the exchange."""

    CONNECTION_REQUEST = "connection_request"
    INITIAL_OUTREACH = "initial_outreach"
    FOLLOW_UP = "follow_up"
    REPLY = "reply"


class OutreachMessage(CreatedUpdated, Versioned, Entity):
    """One message. `claims`: [{text, start, end, evidenceIds}]; `checks`: [{name, passed, detail}]."""

    __tablename__ = "OutreachMessages"
    __table_args__ = (
        Index(None, "LeadID", "OutreachMessageID"),
        Index(None, "CampaignID", "OutreachMessageID"),
        Index(None, "ScheduledAt", postgresql_where=text("\"Status\" = 'scheduled'")),
    )

    id: Mapped[int] = identity_key("OutreachMessageID")
    lead_id: Mapped[LeadID] = reference("LeadID", "Leads.LeadID", index=False)
    campaign_id: Mapped[CampaignID] = reference("CampaignID", "Campaigns.CampaignID", index=False)
    format: Mapped[OutreachFormat] = mapped_column("Format", native_enum(OutreachFormat, "OutreachFormat"))
    message_type: Mapped[OutreachMessageType] = mapped_column(
        "MessageType",
        native_enum(OutreachMessageType, "OutreachMessageType"),
        server_default=text("'initial_outreach'"),
    )
    is_followup: Mapped[bool] = mapped_column("IsFollowup", server_default=FALSE)
    sequence_number: Mapped[int] = mapped_column("SequenceNumber", server_default=text("1"))
    content: Mapped[str] = mapped_column("Content")
    subject: Mapped[str | None] = mapped_column("Subject", String(255))
    status: Mapped[OutreachStatus] = mapped_column(
        "Status", native_enum(OutreachStatus, "OutreachStatus"), server_default=text("'draft'")
    )
    claims: Mapped[JsonArray] = mapped_column("Claims", server_default=EMPTY_ARRAY)
    evidence: Mapped[JsonArray] = mapped_column("Evidence", server_default=EMPTY_ARRAY)
    checks: Mapped[JsonArray] = mapped_column("Checks", server_default=EMPTY_ARRAY)
    scheduled_at: Mapped[datetime | None] = mapped_column("ScheduledAt")
    sent_at: Mapped[datetime | None] = mapped_column("SentAt")
    opened_at: Mapped[datetime | None] = mapped_column("OpenedAt")
    replied_at: Mapped[datetime | None] = mapped_column("RepliedAt")
