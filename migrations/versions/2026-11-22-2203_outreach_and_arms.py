"""Outreach messages with their evidence, and which company belongs to which experiment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "9fe05e0c9438"
down_revision = "1bf35aa0a9ef"
branch_labels = None
depends_on = None

TABLES = ("CompanyAssignments", "OutreachMessages")
TYPES = ("AssignmentOrigin", "OutreachFormat", "OutreachMessageType", "OutreachStatus")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_company_assignments()
    create_outreach_messages()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_company_assignments() -> None:
    """CompanyAssignments."""
    op.create_table(
        "CompanyAssignments",
        sa.Column("CompanyAssignmentID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("CompanyKey", sa.String(length=255), nullable=False),
        sa.Column("ExperimentID", sa.BigInteger(), nullable=False),
        sa.Column(
            "Origin", sa.Enum("random", "campaign", "migration", name="AssignmentOrigin"), nullable=False
        ),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ExperimentID"],
            ["Experiments.ExperimentID"],
            name=op.f("FK_CompanyAssignments_ExperimentID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_CompanyAssignments_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("CompanyAssignmentID", name=op.f("PK_CompanyAssignments")),
    )
    op.create_index(
        op.f("IX_CompanyAssignments_ExperimentID"), "CompanyAssignments", ["ExperimentID"], unique=False
    )
    op.create_index(
        op.f("IX_CompanyAssignments_ProjectID_CompanyKey"),
        "CompanyAssignments",
        ["ProjectID", "CompanyKey"],
        unique=True,
    )


def create_outreach_messages() -> None:
    """OutreachMessages."""
    op.create_table(
        "OutreachMessages",
        sa.Column("OutreachMessageID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("LeadID", sa.BigInteger(), nullable=False),
        sa.Column("CampaignID", sa.BigInteger(), nullable=False),
        sa.Column(
            "Format",
            sa.Enum(
                "linkedin_connection",
                "linkedin_message",
                "linkedin_inmail",
                "email_cold",
                "email_warm",
                name="OutreachFormat",
            ),
            nullable=False,
        ),
        sa.Column(
            "MessageType",
            sa.Enum(
                "connection_request", "initial_outreach", "follow_up", "reply", name="OutreachMessageType"
            ),
            server_default=sa.text("'initial_outreach'"),
            nullable=False,
        ),
        sa.Column("IsFollowup", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("SequenceNumber", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("Content", sa.Text(), nullable=False),
        sa.Column("Subject", sa.String(length=255), nullable=True),
        sa.Column(
            "Status",
            sa.Enum(
                "draft",
                "scheduled",
                "sent",
                "delivered",
                "opened",
                "clicked",
                "replied",
                "bounced",
                "failed",
                name="OutreachStatus",
            ),
            server_default=sa.text("'draft'"),
            nullable=False,
        ),
        sa.Column("Claims", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("Evidence", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("Checks", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("ScheduledAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("SentAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("OpenedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("RepliedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["CampaignID"],
            ["Campaigns.CampaignID"],
            name=op.f("FK_OutreachMessages_CampaignID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["LeadID"], ["Leads.LeadID"], name=op.f("FK_OutreachMessages_LeadID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("OutreachMessageID", name=op.f("PK_OutreachMessages")),
    )
    op.create_index(
        op.f("IX_OutreachMessages_CampaignID_OutreachMessageID"),
        "OutreachMessages",
        ["CampaignID", "OutreachMessageID"],
        unique=False,
    )
    op.create_index(
        op.f("IX_OutreachMessages_LeadID_OutreachMessageID"),
        "OutreachMessages",
        ["LeadID", "OutreachMessageID"],
        unique=False,
    )
    op.create_index(
        op.f("IX_OutreachMessages_ScheduledAt"),
        "OutreachMessages",
        ["ScheduledAt"],
        unique=False,
        postgresql_where=sa.text("\"Status\" = 'scheduled'"),
    )
