"""Runs of graphs, people's feedback, and the view of discovery turns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "03015489ebf0"
down_revision = "a5834ad4770f"
branch_labels = None
depends_on = None

TABLES = ("AgentRuns", "DiscoveryFeedback")
TYPES = ("AgentRunStatus",)


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_agent_runs()
    create_discovery_feedback()
    create_discovery_turns()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute('DROP VIEW "DiscoveryTurns"')
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_agent_runs() -> None:
    """AgentRuns."""
    op.create_table(
        "AgentRuns",
        sa.Column("AgentRunID", sa.Uuid(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=True),
        sa.Column("Graph", sa.String(length=64), nullable=False),
        sa.Column("Kind", sa.String(length=32), server_default=sa.text("'turn'"), nullable=False),
        sa.Column("DiscoverySessionID", sa.BigInteger(), nullable=True),
        sa.Column("LeadID", sa.BigInteger(), nullable=True),
        sa.Column("JobID", sa.Uuid(), nullable=True),
        sa.Column("ThreadID", sa.Uuid(), nullable=True),
        sa.Column("ClientMessageID", sa.String(length=255), nullable=True),
        sa.Column("MessageID", sa.String(length=255), nullable=True),
        sa.Column(
            "Status",
            sa.Enum("running", "waiting", "done", "stopped", "failed", name="AgentRunStatus"),
            server_default=sa.text("'running'"),
            nullable=False,
        ),
        sa.Column("Input", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("State", postgresql.JSONB(), nullable=True),
        sa.Column("Events", postgresql.JSONB(), nullable=True),
        sa.Column("PromptTags", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("Model", sa.String(length=128), nullable=True),
        sa.Column("Provider", sa.String(length=64), nullable=True),
        sa.Column("InputTokens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("OutputTokens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("CostUsd", sa.Numeric(precision=14, scale=8), server_default=sa.text("0"), nullable=False),
        sa.Column("ModelCalls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("FirstTokenMs", sa.Integer(), nullable=True),
        sa.Column("DurationMs", sa.Integer(), nullable=True),
        sa.Column("Attempt", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("Fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("ErrorCode", sa.String(length=64), nullable=True),
        sa.Column("StopRequestedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("StartedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("FinishedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["DiscoverySessionID"],
            ["DiscoverySessions.DiscoverySessionID"],
            name=op.f("FK_AgentRuns_DiscoverySessionID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["JobID"], ["Jobs.JobID"], name=op.f("FK_AgentRuns_JobID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["LeadID"], ["Leads.LeadID"], name=op.f("FK_AgentRuns_LeadID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_AgentRuns_ProjectID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_AgentRuns_UserID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("AgentRunID", name=op.f("PK_AgentRuns")),
    )
    op.create_index(
        op.f("IX_AgentRuns_DiscoverySessionID_ClientMessageID"),
        "AgentRuns",
        ["DiscoverySessionID", "ClientMessageID"],
        unique=True,
    )
    op.create_index(
        op.f("IX_AgentRuns_DiscoverySessionID_StartedAt"),
        "AgentRuns",
        ["DiscoverySessionID", "StartedAt"],
        unique=False,
    )
    op.create_index(op.f("IX_AgentRuns_JobID"), "AgentRuns", ["JobID"], unique=False)
    op.create_index(op.f("IX_AgentRuns_LeadID"), "AgentRuns", ["LeadID"], unique=False)
    op.create_index(
        op.f("IX_AgentRuns_ProjectID_StartedAt_AgentRunID"),
        "AgentRuns",
        ["ProjectID", "StartedAt", "AgentRunID"],
        unique=False,
    )
    op.create_index(
        "IX_AgentRuns_Running",
        "AgentRuns",
        ["StartedAt"],
        unique=False,
        postgresql_where=sa.text("\"Status\" = 'running'"),
    )
    op.create_index(op.f("IX_AgentRuns_ThreadID"), "AgentRuns", ["ThreadID"], unique=False)
    op.create_index(op.f("IX_AgentRuns_UserID_StartedAt"), "AgentRuns", ["UserID", "StartedAt"], unique=False)


def create_discovery_feedback() -> None:
    """DiscoveryFeedback."""
    op.create_table(
        "DiscoveryFeedback",
        sa.Column("DiscoveryFeedbackID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=False),
        sa.Column("DiscoverySessionID", sa.BigInteger(), nullable=True),
        sa.Column("AgentRunID", sa.Uuid(), nullable=True),
        sa.Column("Rating", sa.Integer(), nullable=False),
        sa.Column("Feedback", sa.Text(), nullable=True),
        sa.Column("ExperimentContext", postgresql.JSONB(), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["AgentRunID"],
            ["AgentRuns.AgentRunID"],
            name=op.f("FK_DiscoveryFeedback_AgentRunID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["DiscoverySessionID"],
            ["DiscoverySessions.DiscoverySessionID"],
            name=op.f("FK_DiscoveryFeedback_DiscoverySessionID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_DiscoveryFeedback_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_DiscoveryFeedback_UserID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("DiscoveryFeedbackID", name=op.f("PK_DiscoveryFeedback")),
    )
    op.create_index(
        op.f("IX_DiscoveryFeedback_AgentRunID"), "DiscoveryFeedback", ["AgentRunID"], unique=False
    )
    op.create_index(
        op.f("IX_DiscoveryFeedback_DiscoverySessionID"),
        "DiscoveryFeedback",
        ["DiscoverySessionID"],
        unique=False,
    )
    op.create_index(
        op.f("IX_DiscoveryFeedback_ProjectID_DiscoveryFeedbackID"),
        "DiscoveryFeedback",
        ["ProjectID", "DiscoveryFeedbackID"],
        unique=False,
    )
    op.create_index(op.f("IX_DiscoveryFeedback_UserID"), "DiscoveryFeedback", ["UserID"], unique=False)


def create_discovery_turns() -> None:
    """The turns of the talks: what a recorded conversation is replayed from."""
    op.execute(
        """
        CREATE VIEW "DiscoveryTurns" AS
        SELECT "AgentRunID", "ProjectID", "UserID", "Kind", "DiscoverySessionID", "ThreadID",
               "ClientMessageID", "MessageID", "Status", "Input", "State", "Events", "PromptTags",
               "Model", "Provider", "InputTokens", "OutputTokens", "CostUsd", "ModelCalls",
               "FirstTokenMs", "DurationMs", "Attempt", "Fence", "ErrorCode", "StopRequestedAt",
               "StartedAt", "FinishedAt", "CreatedAt", "UpdatedAt"
        FROM "AgentRuns"
        WHERE "Graph" = 'discovery'
        """
    )
