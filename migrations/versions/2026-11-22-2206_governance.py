"""Suppressions, budgets and usage, the audit log, and stored answers to repeated requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "57c814c37492"
down_revision = "03015489ebf0"
branch_labels = None
depends_on = None

TABLES = ("IdempotencyKeys", "AuditLog", "Budgets", "Suppressions", "UsageRecords")
TYPES = ("SuppressionKind", "SuppressionReason")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_idempotency_keys()
    create_audit_log()
    create_budgets()
    create_suppressions()
    create_usage_records()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_idempotency_keys() -> None:
    """IdempotencyKeys."""
    op.create_table(
        "IdempotencyKeys",
        sa.Column("IdempotencyKeyID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=False),
        sa.Column("KeyHash", sa.LargeBinary(), nullable=False),
        sa.Column("Method", sa.String(length=10), nullable=False),
        sa.Column("Path", sa.String(length=1024), nullable=False),
        sa.Column("RequestHash", sa.String(length=64), nullable=False),
        sa.Column("LockedUntil", sa.DateTime(timezone=True), nullable=True),
        sa.Column("Status", sa.Integer(), nullable=True),
        sa.Column("ResponseBody", sa.LargeBinary(), nullable=True),
        sa.Column("ResponseHeaders", postgresql.JSONB(), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_IdempotencyKeys_UserID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("IdempotencyKeyID", name=op.f("PK_IdempotencyKeys")),
    )
    op.create_index(op.f("IX_IdempotencyKeys_CreatedAt"), "IdempotencyKeys", ["CreatedAt"], unique=False)
    op.create_index(
        op.f("IX_IdempotencyKeys_UserID_KeyHash_Method_Path"),
        "IdempotencyKeys",
        ["UserID", "KeyHash", "Method", "Path"],
        unique=True,
    )


def create_audit_log() -> None:
    """AuditLog."""
    op.create_table(
        "AuditLog",
        sa.Column("AuditLogID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=True),
        sa.Column("ActorUserID", sa.BigInteger(), nullable=True),
        sa.Column("Entity", sa.String(length=64), nullable=False),
        sa.Column("EntityID", sa.String(length=64), nullable=False),
        sa.Column("Action", sa.String(length=64), nullable=False),
        sa.Column("From", postgresql.JSONB(), nullable=True),
        sa.Column("To", postgresql.JSONB(), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ActorUserID"], ["Users.UserID"], name=op.f("FK_AuditLog_ActorUserID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_AuditLog_ClientID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_AuditLog_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("AuditLogID", name=op.f("PK_AuditLog")),
    )
    op.create_index(op.f("IX_AuditLog_ActorUserID"), "AuditLog", ["ActorUserID"], unique=False)
    op.create_index(
        op.f("IX_AuditLog_ClientID_AuditLogID"), "AuditLog", ["ClientID", "AuditLogID"], unique=False
    )
    op.create_index(
        op.f("IX_AuditLog_ProjectID_AuditLogID"), "AuditLog", ["ProjectID", "AuditLogID"], unique=False
    )
    op.create_index(
        op.f("IX_AuditLog_ProjectID_Entity_EntityID"),
        "AuditLog",
        ["ProjectID", "Entity", "EntityID"],
        unique=False,
    )


def create_budgets() -> None:
    """Budgets."""
    op.create_table(
        "Budgets",
        sa.Column("BudgetID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("TokensPerDay", sa.BigInteger(), nullable=True),
        sa.Column("CreditsPerMonth", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column(
            "CreditsReserved", sa.Numeric(precision=14, scale=4), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Budgets_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("BudgetID", name=op.f("PK_Budgets")),
        sa.UniqueConstraint("ProjectID", name=op.f("UQ_Budgets_ProjectID")),
    )


def create_suppressions() -> None:
    """Suppressions."""
    op.create_table(
        "Suppressions",
        sa.Column("SuppressionID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=True),
        sa.Column("Kind", sa.Enum("email", "domain", "linkedin", name="SuppressionKind"), nullable=False),
        sa.Column("KeyHash", sa.LargeBinary(), nullable=False),
        sa.Column("MaskedValue", sa.String(length=320), nullable=True),
        sa.Column(
            "Reason",
            sa.Enum(
                "opt_out",
                "bounce",
                "complaint",
                "competitor",
                "customer",
                "manual",
                "legal",
                name="SuppressionReason",
            ),
            nullable=False,
        ),
        sa.Column("CreatedByUserID", sa.BigInteger(), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_Suppressions_ClientID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["CreatedByUserID"],
            ["Users.UserID"],
            name=op.f("FK_Suppressions_CreatedByUserID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Suppressions_ProjectID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("SuppressionID", name=op.f("PK_Suppressions")),
    )
    op.create_index(
        op.f("IX_Suppressions_ClientID_KeyHash"), "Suppressions", ["ClientID", "KeyHash"], unique=False
    )
    op.create_index(
        op.f("IX_Suppressions_CreatedByUserID"), "Suppressions", ["CreatedByUserID"], unique=False
    )
    op.create_index(
        op.f("IX_Suppressions_ProjectID_Kind_KeyHash"),
        "Suppressions",
        ["ProjectID", "Kind", "KeyHash"],
        unique=True,
    )
    op.create_index(
        op.f("IX_Suppressions_ProjectID_SuppressionID"),
        "Suppressions",
        ["ProjectID", "SuppressionID"],
        unique=False,
    )


def create_usage_records() -> None:
    """UsageRecords."""
    op.create_table(
        "UsageRecords",
        sa.Column("UsageRecordID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=True),
        sa.Column("CampaignID", sa.BigInteger(), nullable=True),
        sa.Column("AgentRunID", sa.Uuid(), nullable=True),
        sa.Column("JobID", sa.Uuid(), nullable=True),
        sa.Column(
            "Day",
            sa.Date(),
            server_default=sa.text("((now() AT TIME ZONE 'UTC'::text))::date"),
            nullable=False,
        ),
        sa.Column("Graph", sa.String(length=64), nullable=True),
        sa.Column("Provider", sa.String(length=64), nullable=True),
        sa.Column("Model", sa.String(length=128), nullable=True),
        sa.Column("InputTokens", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("OutputTokens", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("Credits", sa.Numeric(precision=14, scale=4), server_default=sa.text("0"), nullable=False),
        sa.Column("CostUsd", sa.Numeric(precision=14, scale=8), server_default=sa.text("0"), nullable=False),
        sa.Column("CallKey", sa.String(length=128), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["AgentRunID"],
            ["AgentRuns.AgentRunID"],
            name=op.f("FK_UsageRecords_AgentRunID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["CampaignID"],
            ["Campaigns.CampaignID"],
            name=op.f("FK_UsageRecords_CampaignID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["JobID"], ["Jobs.JobID"], name=op.f("FK_UsageRecords_JobID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_UsageRecords_ProjectID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_UsageRecords_UserID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("UsageRecordID", name=op.f("PK_UsageRecords")),
    )
    op.create_index(op.f("IX_UsageRecords_AgentRunID"), "UsageRecords", ["AgentRunID"], unique=False)
    op.create_index(op.f("IX_UsageRecords_CallKey"), "UsageRecords", ["CallKey"], unique=True)
    op.create_index(op.f("IX_UsageRecords_CampaignID"), "UsageRecords", ["CampaignID"], unique=False)
    op.create_index(op.f("IX_UsageRecords_JobID"), "UsageRecords", ["JobID"], unique=False)
    op.create_index(
        op.f("IX_UsageRecords_ProjectID_Day_UsageRecordID"),
        "UsageRecords",
        ["ProjectID", "Day", "UsageRecordID"],
        unique=False,
    )
    op.create_index(op.f("IX_UsageRecords_UserID"), "UsageRecords", ["UserID"], unique=False)
