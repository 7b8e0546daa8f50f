"""Discovery sessions, experiments with their design, and snapshots of web pages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "99155e46e9bb"
down_revision = "386b40f18ba0"
branch_labels = None
depends_on = None

TABLES = ("DiscoverySessions", "PageSnapshots", "Experiments")
TYPES = ("DiscoverySessionStatus", "ExperimentType", "ExperimentStatus")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_discovery_sessions()
    create_page_snapshots()
    create_experiments()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_discovery_sessions() -> None:
    """DiscoverySessions."""
    op.create_table(
        "DiscoverySessions",
        sa.Column("DiscoverySessionID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=True),
        sa.Column("Messages", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("GeneratedIcps", postgresql.JSONB(), nullable=True),
        sa.Column(
            "Status",
            sa.Enum("active", "completed", "abandoned", name="DiscoverySessionStatus"),
            server_default=sa.text("'active'"),
            nullable=False,
        ),
        sa.Column("ThreadID", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("ClientChatID", sa.String(length=255), nullable=True),
        sa.Column("Summary", sa.Text(), nullable=True),
        sa.Column("Imported", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("TurnCount", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ActiveTurnID", sa.Uuid(), nullable=True),
        sa.Column("LeaseOwner", sa.String(length=255), nullable=True),
        sa.Column("LeaseUntil", sa.DateTime(timezone=True), nullable=True),
        sa.Column("Fence", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_DiscoverySessions_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_DiscoverySessions_UserID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("DiscoverySessionID", name=op.f("PK_DiscoverySessions")),
        sa.UniqueConstraint("ThreadID", name=op.f("UQ_DiscoverySessions_ThreadID")),
    )
    op.create_index(
        op.f("IX_DiscoverySessions_LeaseUntil"),
        "DiscoverySessions",
        ["LeaseUntil"],
        unique=False,
        postgresql_where=sa.text('"ActiveTurnID" IS NOT NULL'),
    )
    op.create_index(
        op.f("IX_DiscoverySessions_ProjectID_ClientChatID"),
        "DiscoverySessions",
        ["ProjectID", "ClientChatID"],
        unique=True,
    )
    op.create_index(
        op.f("IX_DiscoverySessions_ProjectID_DiscoverySessionID"),
        "DiscoverySessions",
        ["ProjectID", "DiscoverySessionID"],
        unique=False,
    )
    op.create_index(op.f("IX_DiscoverySessions_UserID"), "DiscoverySessions", ["UserID"], unique=False)


def create_page_snapshots() -> None:
    """PageSnapshots."""
    op.create_table(
        "PageSnapshots",
        sa.Column("PageSnapshotID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Url", sa.String(length=2048), nullable=False),
        sa.Column("FinalUrl", sa.String(length=2048), nullable=False),
        sa.Column("Title", sa.Text(), nullable=True),
        sa.Column("Description", sa.Text(), nullable=True),
        sa.Column("FaviconUrl", sa.String(length=2048), nullable=True),
        sa.Column("Content", sa.Text(), nullable=False),
        sa.Column("ContentHash", sa.String(length=64), nullable=False),
        sa.Column("FetchedAt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_PageSnapshots_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("PageSnapshotID", name=op.f("PK_PageSnapshots")),
    )
    op.create_index(
        op.f("IX_PageSnapshots_ProjectID_PageSnapshotID"),
        "PageSnapshots",
        ["ProjectID", "PageSnapshotID"],
        unique=False,
    )
    op.create_index(
        op.f("IX_PageSnapshots_ProjectID_Url_PageSnapshotID"),
        "PageSnapshots",
        ["ProjectID", "Url", "PageSnapshotID"],
        unique=False,
    )


def create_experiments() -> None:
    """Experiments."""
    op.create_table(
        "Experiments",
        sa.Column("ExperimentID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("DiscoverySessionID", sa.BigInteger(), nullable=True),
        sa.Column("Name", sa.String(length=255), nullable=False),
        sa.Column(
            "Type",
            sa.Enum("bullseye", "variable_a", "variable_b", "contrarian", "long_shot", name="ExperimentType"),
            nullable=False,
        ),
        sa.Column("Pattern", sa.Text(), nullable=True),
        sa.Column("Industries", postgresql.JSONB(), nullable=True),
        sa.Column("Pain", sa.Text(), nullable=True),
        sa.Column("Trigger", sa.Text(), nullable=True),
        sa.Column("WizaFilters", postgresql.JSONB(), nullable=True),
        sa.Column("OutreachAngle", sa.Text(), nullable=True),
        sa.Column(
            "Status",
            sa.Enum(
                "pending",
                "creating_hypotheses",
                "finding_leads",
                "prioritizing_leads",
                "warmup_initiated",
                "complete",
                "failed",
                name="ExperimentStatus",
            ),
            server_default=sa.text("'pending'"),
            nullable=False,
        ),
        sa.Column("Design", postgresql.JSONB(), nullable=True),
        sa.Column("LeadsFound", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("LeadsWarming", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("MeetingsBooked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["DiscoverySessionID"],
            ["DiscoverySessions.DiscoverySessionID"],
            name=op.f("FK_Experiments_DiscoverySessionID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Experiments_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ExperimentID", name=op.f("PK_Experiments")),
    )
    op.create_index(
        op.f("IX_Experiments_DiscoverySessionID"), "Experiments", ["DiscoverySessionID"], unique=False
    )
    op.create_index(
        op.f("IX_Experiments_ProjectID_ExperimentID"),
        "Experiments",
        ["ProjectID", "ExperimentID"],
        unique=False,
    )
    op.create_index(
        op.f("IX_Experiments_ProjectID_Status_ExperimentID"),
        "Experiments",
        ["ProjectID", "Status", "ExperimentID"],
        unique=False,
    )
