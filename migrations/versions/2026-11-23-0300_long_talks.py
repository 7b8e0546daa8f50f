"""Long talks: messages a row each, briefs stored once, states of runs as what changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "8d1e6b2f7a40"
down_revision = "57c814c37492"
branch_labels = None
depends_on = None

TURNS = """
    CREATE VIEW "DiscoveryTurns" AS
    SELECT "AgentRunID", "ProjectID", "UserID", "Kind", "DiscoverySessionID", "ThreadID",
           "ClientMessageID", "MessageID", "Status", "Input", "State", "Events", "PromptTags",
           "Model", "Provider", "InputTokens", "OutputTokens", "CostUsd", "ModelCalls",
           "FirstTokenMs", "DurationMs", "Attempt", "Fence", "ErrorCode", "StopRequestedAt",
           "StartedAt", "FinishedAt", "CreatedAt", "UpdatedAt" {more}
    FROM "AgentRuns"
    WHERE "Graph" = 'discovery'
"""


def upgrade() -> None:
    """Make the tables and columns. Talks that are there already stay in "Messages"; new messages go behind them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "BriefParts",
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Hash", sa.String(length=64), nullable=False),
        sa.Column("Content", postgresql.JSONB(), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_BriefParts_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ProjectID", "Hash", name=op.f("PK_BriefParts")),
    )
    op.create_table(
        "DiscoveryMessages",
        sa.Column("DiscoverySessionID", sa.BigInteger(), nullable=False),
        sa.Column("Position", sa.Integer(), nullable=False),
        sa.Column("Message", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["DiscoverySessionID"],
            ["DiscoverySessions.DiscoverySessionID"],
            name=op.f("FK_DiscoveryMessages_DiscoverySessionID"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("DiscoverySessionID", "Position", name=op.f("PK_DiscoveryMessages")),
    )
    op.add_column("AgentRuns", sa.Column("StateBaseID", sa.Uuid(), nullable=True))
    op.add_column(
        "AgentRuns", sa.Column("StateDepth", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("AgentRuns", sa.Column("StateHash", sa.String(length=64), nullable=True))
    op.execute('DROP VIEW "DiscoveryTurns"')
    op.execute(TURNS.format(more=', "StateBaseID", "StateDepth"'))


def downgrade() -> None:
    """Put the messages back into "Messages". States that are stored as changes are lost with their columns."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute('UPDATE "AgentRuns" SET "State" = NULL WHERE "StateBaseID" IS NOT NULL')
    op.execute('DROP VIEW "DiscoveryTurns"')
    for name in ("StateHash", "StateDepth", "StateBaseID"):
        op.drop_column("AgentRuns", name)
    op.execute(TURNS.format(more=""))
    op.execute(
        """
        UPDATE "DiscoverySessions" s SET "Messages" = s."Messages" || said."Messages"
        FROM (
            SELECT "DiscoverySessionID", jsonb_agg("Message" ORDER BY "Position") AS "Messages"
            FROM "DiscoveryMessages" GROUP BY "DiscoverySessionID"
        ) said
        WHERE said."DiscoverySessionID" = s."DiscoverySessionID"
        """
    )
    op.drop_table("DiscoveryMessages")
    op.drop_table("BriefParts")
