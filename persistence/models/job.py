"""Jobs, JobItems, ExportParts and OutboxMessages: work done in the background, and the files that come of it.

Postgres is the truth; a queue message is a hint.
"""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import BigInteger, Index, LargeBinary, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    EMPTY_OBJECT,
    Created,
    CreatedUpdated,
    Entity,
    JsonObject,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import CampaignID, JobID, LeadID, UserID, WorkspaceID


class AsyncJobType(StrEnum):
    """What a job does."""

    DISCOVERY_CHAT = "discovery_chat"
    GENERATE_EXPERIMENTS = "generate_experiments"
    LEAD_ENRICHMENT = "lead_enrichment"
    BULK_LEAD_ENRICHMENT = "bulk_lead_enrichment"
    GENERATE_OUTREACH = "generate_outreach"
    BULK_GENERATE_OUTREACH = "bulk_generate_outreach"
    WEBSITE_SCRAPE = "website_scrape"
    CAMPAIGN_SCALE = "campaign_scale"
    DATA_EXPORT = "data_export"
    WIZA_SEARCH = "wiza_search"


class JobStatus(StrEnum):
    """How a job stands. The last three are final."""

    PENDING = "pending"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobItemState(StrEnum):
    """How one item of a job stands. All but the first two are final."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_REVIEW = "needs_review"


class Job(CreatedUpdated, Entity):
    """A job. `idempotency_key` makes a repeated request meet the same job."""

    __tablename__ = "Jobs"
    __table_args__ = (
        Index(None, "ProjectID", "CreatedAt", "JobID"),
        Index(None, "ProjectID", "Status", "CreatedAt"),
        Index(None, "ProjectID", "Type", "IdempotencyKey", unique=True),
        Index(None, "Status", "CompletedAt"),
    )

    id: Mapped[JobID] = mapped_column("JobID", Uuid, primary_key=True, default=uuid4)
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID | None] = reference("UserID", "Users.UserID", on_delete="SET NULL")
    campaign_id: Mapped[CampaignID | None] = reference(
        "CampaignID", "Campaigns.CampaignID", on_delete="SET NULL"
    )
    type: Mapped[AsyncJobType] = mapped_column("Type", native_enum(AsyncJobType, "AsyncJobType"))
    status: Mapped[JobStatus] = mapped_column(
        "Status", native_enum(JobStatus, "JobStatus"), server_default=text("'pending'")
    )
    total_steps: Mapped[int] = mapped_column("TotalSteps", server_default=text("0"))
    completed_steps: Mapped[int] = mapped_column("CompletedSteps", server_default=text("0"))
    current_step: Mapped[str | None] = mapped_column("CurrentStep", String(255))
    input: Mapped[JsonObject] = mapped_column("Input", server_default=EMPTY_OBJECT)
    output: Mapped[JsonObject | None] = mapped_column("Output")
    error_code: Mapped[str | None] = mapped_column("ErrorCode", String(64))
    error_message: Mapped[str | None] = mapped_column("ErrorMessage")
    error_details: Mapped[JsonObject | None] = mapped_column("ErrorDetails")
    idempotency_key: Mapped[str | None] = mapped_column("IdempotencyKey", String(255))
    request_hash: Mapped[str | None] = mapped_column("RequestHash", String(64))
    cancel_requested_at: Mapped[datetime | None] = mapped_column("CancelRequestedAt")
    started_at: Mapped[datetime | None] = mapped_column("StartedAt")
    completed_at: Mapped[datetime | None] = mapped_column("CompletedAt")


class JobItem(Created, Entity):
    """One piece of a job, usually one lead. Only the holder of the newest `fence` may finish it."""

    __tablename__ = "JobItems"
    __table_args__ = (
        Index(None, "JobID", "LeadID", unique=True),
        Index(None, "JobID", "Position", unique=True),
        Index(None, "JobID", "State", "JobItemID"),
        Index("IX_JobItems_Due", "RunAfter", postgresql_where=text("\"State\" = 'pending'")),
        Index("IX_JobItems_Leased", "LeaseUntil", postgresql_where=text("\"State\" = 'leased'")),
    )

    id: Mapped[int] = identity_key("JobItemID")
    job_id: Mapped[JobID] = reference("JobID", "Jobs.JobID", index=False)
    lead_id: Mapped[LeadID | None] = reference("LeadID", "Leads.LeadID", on_delete="SET NULL")
    position: Mapped[int] = mapped_column("Position")
    state: Mapped[JobItemState] = mapped_column(
        "State", native_enum(JobItemState, "JobItemState"), server_default=text("'pending'")
    )
    input: Mapped[JsonObject | None] = mapped_column("Input")
    output: Mapped[JsonObject | None] = mapped_column("Output")
    run_after: Mapped[datetime] = mapped_column("RunAfter", server_default=text("now()"))
    dispatched_at: Mapped[datetime | None] = mapped_column("DispatchedAt")
    lease_until: Mapped[datetime | None] = mapped_column("LeaseUntil")
    waiting_since: Mapped[datetime | None] = mapped_column("WaitingSince")
    """When it was first put back only to wait for something that had been begun."""
    fence: Mapped[int] = mapped_column("Fence", BigInteger, server_default=text("0"))
    attempt: Mapped[int] = mapped_column("Attempt", server_default=text("0"))
    error_code: Mapped[str | None] = mapped_column("ErrorCode", String(64))
    error_message: Mapped[str | None] = mapped_column("ErrorMessage")
    finished_at: Mapped[datetime | None] = mapped_column("FinishedAt")


class OutboxMessage(Created, Entity):
    """Something to publish, written with the change it tells of, so that neither is lost without the other."""

    __tablename__ = "OutboxMessages"
    __table_args__ = (Index("IX_OutboxMessages_Due", "RunAfter", postgresql_where=text('"SentAt" IS NULL')),)

    id: Mapped[int] = identity_key("OutboxMessageID")
    workspace_id: Mapped[WorkspaceID | None] = reference("ProjectID", "Projects.ProjectID")
    topic: Mapped[str] = mapped_column("Topic", String(64))
    payload: Mapped[JsonObject] = mapped_column("Payload")
    run_after: Mapped[datetime] = mapped_column("RunAfter", server_default=text("now()"))
    attempt: Mapped[int] = mapped_column("Attempt", server_default=text("0"))
    sent_at: Mapped[datetime | None] = mapped_column("SentAt")


class ExportPart(Created, Entity):
    """One piece of an export's file, in the order of `position`; it goes with its job.

    `records` are JSON objects, one a line, as one statement found them; once `content` is written they are gone.
    `digest` is the SHA-256 of `content`, as hexadecimal digits.
    """

    __tablename__ = "ExportParts"
    __table_args__ = (Index(None, "JobID", "Position", unique=True),)

    id: Mapped[int] = identity_key("ExportPartID")
    job_id: Mapped[JobID] = reference("JobID", "Jobs.JobID", index=False)
    position: Mapped[int] = mapped_column("Position")
    rows: Mapped[int] = mapped_column("Rows")
    records: Mapped[str | None] = mapped_column("Records")
    content: Mapped[bytes | None] = mapped_column("Content", LargeBinary)
    digest: Mapped[str | None] = mapped_column("Digest", String(64))
