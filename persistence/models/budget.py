"""Budgets and UsageRecords: what a workspace may spend, and what it spent."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Date, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, CreatedUpdated, Entity, Versioned, identity_key, reference
from persistence.types import AgentRunID, CampaignID, JobID, UserID, WorkspaceID


class Budget(CreatedUpdated, Versioned, Entity):
    """The limits of one workspace. None: no limit set, and paid calls are refused until there is one.

    `credits_reserved` is promised to calls under way and moves to usage when they settle.
    """

    __tablename__ = "Budgets"

    id: Mapped[int] = identity_key("BudgetID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", unique=True)
    tokens_per_day: Mapped[int | None] = mapped_column("TokensPerDay", BigInteger)
    credits_per_month: Mapped[Decimal | None] = mapped_column("CreditsPerMonth", Numeric(14, 4))
    credits_reserved: Mapped[Decimal] = mapped_column(
        "CreditsReserved", Numeric(14, 4), server_default=text("0")
    )


class UsageRecord(Created, Entity):
    """What one call cost: tokens of a model, or credits of a provider. `day` is UTC."""

    __tablename__ = "UsageRecords"
    __table_args__ = (
        Index(None, "ProjectID", "Day", "UsageRecordID"),
        Index(None, "CallKey", unique=True),
    )

    id: Mapped[int] = identity_key("UsageRecordID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID | None] = reference("UserID", "Users.UserID", on_delete="SET NULL")
    campaign_id: Mapped[CampaignID | None] = reference(
        "CampaignID", "Campaigns.CampaignID", on_delete="SET NULL"
    )
    agent_run_id: Mapped[AgentRunID | None] = reference(
        "AgentRunID", "AgentRuns.AgentRunID", on_delete="SET NULL"
    )
    job_id: Mapped[JobID | None] = reference("JobID", "Jobs.JobID", on_delete="SET NULL")
    day: Mapped[date] = mapped_column(
        "Day", Date, server_default=text("((now() AT TIME ZONE 'UTC'::text))::date")
    )
    graph: Mapped[str | None] = mapped_column("Graph", String(64))
    provider: Mapped[str | None] = mapped_column("Provider", String(64))
    model: Mapped[str | None] = mapped_column("Model", String(128))
    input_tokens: Mapped[int] = mapped_column("InputTokens", BigInteger, server_default=text("0"))
    output_tokens: Mapped[int] = mapped_column("OutputTokens", BigInteger, server_default=text("0"))
    credits: Mapped[Decimal] = mapped_column("Credits", Numeric(14, 4), server_default=text("0"))
    cost_usd: Mapped[Decimal] = mapped_column("CostUsd", Numeric(14, 8), server_default=text("0"))
    call_key: Mapped[str | None] = mapped_column("CallKey", String(128))
