"""Jobs with items, the outbox, and the ledger of paid calls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a5834ad4770f"
down_revision = "9fe05e0c9438"
branch_labels = None
depends_on = None

TABLES = ("OutboxMessages", "PaidCalls", "Jobs", "JobItems")
TYPES = ("PaidCallState", "AsyncJobType", "JobStatus", "JobItemState")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_outbox_messages()
    create_paid_calls()
    create_jobs()
    create_job_items()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_outbox_messages() -> None:
    """OutboxMessages."""
    op.create_table(
        "OutboxMessages",
        sa.Column("OutboxMessageID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=True),
        sa.Column("Topic", sa.String(length=64), nullable=False),
        sa.Column("Payload", postgresql.JSONB(), nullable=False),
        sa.Column("RunAfter", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Attempt", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("SentAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_OutboxMessages_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("OutboxMessageID", name=op.f("PK_OutboxMessages")),
    )
    op.create_index(
        "IX_OutboxMessages_Due",
        "OutboxMessages",
        ["RunAfter"],
        unique=False,
        postgresql_where=sa.text('"SentAt" IS NULL'),
    )
    op.create_index(op.f("IX_OutboxMessages_ProjectID"), "OutboxMessages", ["ProjectID"], unique=False)


def create_paid_calls() -> None:
    """PaidCalls."""
    op.create_table(
        "PaidCalls",
        sa.Column("CallKey", sa.String(length=64), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=True),
        sa.Column("Provider", sa.String(length=64), nullable=False),
        sa.Column("Operation", sa.String(length=64), nullable=False),
        sa.Column(
            "State",
            sa.Enum("intent", "succeeded", "rejected", "unknown", name="PaidCallState"),
            nullable=False,
        ),
        sa.Column("ProviderRef", sa.String(length=255), nullable=True),
        sa.Column("Response", postgresql.JSONB(), nullable=True),
        sa.Column("Cost", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("Owner", sa.String(length=255), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_PaidCalls_ClientID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_PaidCalls_ProjectID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("CallKey", name=op.f("PK_PaidCalls")),
    )
    op.create_index(op.f("IX_PaidCalls_ClientID"), "PaidCalls", ["ClientID"], unique=False)
    op.create_index(
        op.f("IX_PaidCalls_ProjectID_CreatedAt"), "PaidCalls", ["ProjectID", "CreatedAt"], unique=False
    )
    op.create_index(
        op.f("IX_PaidCalls_Provider_ProviderRef"), "PaidCalls", ["Provider", "ProviderRef"], unique=False
    )
    op.create_index(op.f("IX_PaidCalls_State_CreatedAt"), "PaidCalls", ["State", "CreatedAt"], unique=False)


def create_jobs() -> None:
    """Jobs."""
    op.create_table(
        "Jobs",
        sa.Column("JobID", sa.Uuid(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=True),
        sa.Column("CampaignID", sa.BigInteger(), nullable=True),
        sa.Column(
            "Type",
            sa.Enum(
                "discovery_chat",
                "generate_experiments",
                "lead_enrichment",
                "bulk_lead_enrichment",
                "generate_outreach",
                "bulk_generate_outreach",
                "website_scrape",
                "campaign_scale",
                "data_export",
                "wiza_search",
                name="AsyncJobType",
            ),
            nullable=False,
        ),
        sa.Column(
            "Status",
            sa.Enum("pending", "queued", "processing", "completed", "failed", "cancelled", name="JobStatus"),
            server_default=sa.text("'pending'"),
            nullable=False,
        ),
        sa.Column("TotalSteps", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("CompletedSteps", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("CurrentStep", sa.String(length=255), nullable=True),
        sa.Column("Input", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("Output", postgresql.JSONB(), nullable=True),
        sa.Column("ErrorCode", sa.String(length=64), nullable=True),
        sa.Column("ErrorMessage", sa.Text(), nullable=True),
        sa.Column("ErrorDetails", postgresql.JSONB(), nullable=True),
        sa.Column("IdempotencyKey", sa.String(length=255), nullable=True),
        sa.Column("RequestHash", sa.String(length=64), nullable=True),
        sa.Column("CancelRequestedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("StartedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CompletedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["CampaignID"], ["Campaigns.CampaignID"], name=op.f("FK_Jobs_CampaignID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Jobs_ProjectID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_Jobs_UserID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("JobID", name=op.f("PK_Jobs")),
    )
    op.create_index(op.f("IX_Jobs_CampaignID"), "Jobs", ["CampaignID"], unique=False)
    op.create_index(
        op.f("IX_Jobs_ProjectID_CreatedAt_JobID"), "Jobs", ["ProjectID", "CreatedAt", "JobID"], unique=False
    )
    op.create_index(
        op.f("IX_Jobs_ProjectID_Status_CreatedAt"), "Jobs", ["ProjectID", "Status", "CreatedAt"], unique=False
    )
    op.create_index(
        op.f("IX_Jobs_ProjectID_Type_IdempotencyKey"),
        "Jobs",
        ["ProjectID", "Type", "IdempotencyKey"],
        unique=True,
    )
    op.create_index(op.f("IX_Jobs_Status_CompletedAt"), "Jobs", ["Status", "CompletedAt"], unique=False)
    op.create_index(op.f("IX_Jobs_UserID"), "Jobs", ["UserID"], unique=False)


def create_job_items() -> None:
    """JobItems."""
    op.create_table(
        "JobItems",
        sa.Column("JobItemID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("JobID", sa.Uuid(), nullable=False),
        sa.Column("LeadID", sa.BigInteger(), nullable=True),
        sa.Column("Position", sa.Integer(), nullable=False),
        sa.Column(
            "State",
            sa.Enum("pending", "leased", "done", "failed", "cancelled", "needs_review", name="JobItemState"),
            server_default=sa.text("'pending'"),
            nullable=False,
        ),
        sa.Column("Input", postgresql.JSONB(), nullable=True),
        sa.Column("Output", postgresql.JSONB(), nullable=True),
        sa.Column("RunAfter", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("DispatchedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("LeaseUntil", sa.DateTime(timezone=True), nullable=True),
        sa.Column("Fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("Attempt", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ErrorCode", sa.String(length=64), nullable=True),
        sa.Column("ErrorMessage", sa.Text(), nullable=True),
        sa.Column("FinishedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["JobID"], ["Jobs.JobID"], name=op.f("FK_JobItems_JobID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["LeadID"], ["Leads.LeadID"], name=op.f("FK_JobItems_LeadID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("JobItemID", name=op.f("PK_JobItems")),
    )
    op.create_index(
        "IX_JobItems_Due",
        "JobItems",
        ["RunAfter"],
        unique=False,
        postgresql_where=sa.text("\"State\" = 'pending'"),
    )
    op.create_index(op.f("IX_JobItems_JobID_LeadID"), "JobItems", ["JobID", "LeadID"], unique=True)
    op.create_index(op.f("IX_JobItems_JobID_Position"), "JobItems", ["JobID", "Position"], unique=True)
    op.create_index(
        op.f("IX_JobItems_JobID_State_JobItemID"), "JobItems", ["JobID", "State", "JobItemID"], unique=False
    )
    op.create_index(op.f("IX_JobItems_LeadID"), "JobItems", ["LeadID"], unique=False)
    op.create_index(
        "IX_JobItems_Leased",
        "JobItems",
        ["LeaseUntil"],
        unique=False,
        postgresql_where=sa.text("\"State\" = 'leased'"),
    )
