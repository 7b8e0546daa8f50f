"""Persons, campaigns with what happened in them, leads and what was noticed about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "1bf35aa0a9ef"
down_revision = "99155e46e9bb"
branch_labels = None
depends_on = None

TABLES = ("Persons", "Campaigns", "Leads", "CampaignActivities", "LeadSignals")
TYPES = ("CampaignStatus", "LeadStatus", "LeadOutcome", "ActivityType", "SignalType")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_persons()
    create_campaigns()
    create_leads()
    create_campaign_activities()
    create_lead_signals()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_persons() -> None:
    """Persons."""
    op.create_table(
        "Persons",
        sa.Column("PersonID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column("LinkedinKey", sa.String(length=255), nullable=True),
        sa.Column("EmailKey", sa.String(length=320), nullable=True),
        sa.Column("FullName", sa.String(length=255), nullable=False),
        sa.Column("JobTitle", sa.String(length=255), nullable=True),
        sa.Column("Company", sa.String(length=255), nullable=True),
        sa.Column("CompanyDomain", sa.String(length=255), nullable=True),
        sa.Column("LinkedinUrl", sa.String(length=512), nullable=True),
        sa.Column("Email", sa.String(length=320), nullable=True),
        sa.Column("Phone", sa.String(length=50), nullable=True),
        sa.Column("Location", sa.String(length=255), nullable=True),
        sa.Column("EnrichmentLevel", sa.String(length=20), nullable=True),
        sa.Column("EnrichmentData", postgresql.JSONB(), nullable=True),
        sa.Column("EnrichedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_Persons_ClientID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("PersonID", name=op.f("PK_Persons")),
    )
    op.create_index(op.f("IX_Persons_ClientID_EmailKey"), "Persons", ["ClientID", "EmailKey"], unique=True)
    op.create_index(
        op.f("IX_Persons_ClientID_LinkedinKey"), "Persons", ["ClientID", "LinkedinKey"], unique=True
    )
    op.create_index(op.f("IX_Persons_ClientID_PersonID"), "Persons", ["ClientID", "PersonID"], unique=False)


def create_campaigns() -> None:
    """Campaigns."""
    op.create_table(
        "Campaigns",
        sa.Column("CampaignID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("ExperimentID", sa.BigInteger(), nullable=True),
        sa.Column("Name", sa.String(length=255), nullable=False),
        sa.Column(
            "Status",
            sa.Enum("active", "paused", "completed", "archived", name="CampaignStatus"),
            server_default=sa.text("'active'"),
            nullable=False,
        ),
        sa.Column("Settings", postgresql.JSONB(), nullable=True),
        sa.Column("DailyLeadLimit", sa.Integer(), server_default=sa.text("50"), nullable=False),
        sa.Column("AutopilotEnabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("LastDiscoveryRun", sa.DateTime(timezone=True), nullable=True),
        sa.Column("NextDiscoveryRun", sa.DateTime(timezone=True), nullable=True),
        sa.Column("TotalLeads", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ContactedCount", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("RepliedCount", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("MeetingsBooked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("DeletedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ExperimentID"],
            ["Experiments.ExperimentID"],
            name=op.f("FK_Campaigns_ExperimentID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Campaigns_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("CampaignID", name=op.f("PK_Campaigns")),
    )
    op.create_index(op.f("IX_Campaigns_ExperimentID"), "Campaigns", ["ExperimentID"], unique=False)
    op.create_index(
        op.f("IX_Campaigns_NextDiscoveryRun"),
        "Campaigns",
        ["NextDiscoveryRun"],
        unique=False,
        postgresql_where=sa.text('"AutopilotEnabled"'),
    )
    op.create_index(
        op.f("IX_Campaigns_ProjectID_CampaignID"), "Campaigns", ["ProjectID", "CampaignID"], unique=False
    )
    op.create_index(
        op.f("IX_Campaigns_ProjectID_Status_CampaignID"),
        "Campaigns",
        ["ProjectID", "Status", "CampaignID"],
        unique=False,
    )


def create_leads() -> None:
    """Leads."""
    op.create_table(
        "Leads",
        sa.Column("LeadID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("CampaignID", sa.BigInteger(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("PersonID", sa.BigInteger(), nullable=True),
        sa.Column("FullName", sa.String(length=255), nullable=False),
        sa.Column("JobTitle", sa.String(length=255), nullable=True),
        sa.Column("Company", sa.String(length=255), nullable=True),
        sa.Column("CompanyDomain", sa.String(length=255), nullable=True),
        sa.Column("CompanyKey", sa.String(length=255), nullable=True),
        sa.Column("LinkedinUrl", sa.String(length=512), nullable=True),
        sa.Column("Email", sa.String(length=255), nullable=True),
        sa.Column("Phone", sa.String(length=50), nullable=True),
        sa.Column("Location", sa.String(length=255), nullable=True),
        sa.Column("AvatarUrl", sa.String(length=512), nullable=True),
        sa.Column("AiSummary", sa.Text(), nullable=True),
        sa.Column("RelevanceScore", sa.Integer(), nullable=True),
        sa.Column("RelevanceReasons", postgresql.JSONB(), nullable=True),
        sa.Column(
            "Status",
            sa.Enum(
                "found", "enriching", "enriched", "drafted", "queued", "sent", "responded", name="LeadStatus"
            ),
            server_default=sa.text("'found'"),
            nullable=False,
        ),
        sa.Column(
            "Outcome",
            sa.Enum(
                "no_response",
                "interested",
                "meeting_booked",
                "meeting_done",
                "closed_won",
                "closed_lost",
                "rejected",
                "unqualified",
                name="LeadOutcome",
            ),
            nullable=True,
        ),
        sa.Column("OutcomeReason", sa.Text(), nullable=True),
        sa.Column("RawData", postgresql.JSONB(), nullable=True),
        sa.Column("EnrichmentData", postgresql.JSONB(), nullable=True),
        sa.Column("OutboundMessage", sa.Text(), nullable=True),
        sa.Column("LastError", postgresql.JSONB(), nullable=True),
        sa.Column("ContactedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("RespondedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["CampaignID"], ["Campaigns.CampaignID"], name=op.f("FK_Leads_CampaignID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["PersonID"], ["Persons.PersonID"], name=op.f("FK_Leads_PersonID"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Leads_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("LeadID", name=op.f("PK_Leads")),
    )
    op.create_index(op.f("IX_Leads_CampaignID_LeadID"), "Leads", ["CampaignID", "LeadID"], unique=False)
    op.create_index(
        op.f("IX_Leads_CampaignID_Status_LeadID"), "Leads", ["CampaignID", "Status", "LeadID"], unique=False
    )
    op.create_index(op.f("IX_Leads_LinkedinUrl"), "Leads", ["LinkedinUrl"], unique=False)
    op.create_index(op.f("IX_Leads_PersonID"), "Leads", ["PersonID"], unique=False)
    op.create_index(op.f("IX_Leads_ProjectID_CompanyKey"), "Leads", ["ProjectID", "CompanyKey"], unique=False)
    op.create_index(op.f("IX_Leads_ProjectID_Email"), "Leads", ["ProjectID", "Email"], unique=False)
    op.create_index(op.f("IX_Leads_ProjectID_LeadID"), "Leads", ["ProjectID", "LeadID"], unique=False)
    op.create_index(
        op.f("IX_Leads_ProjectID_Status_LeadID"), "Leads", ["ProjectID", "Status", "LeadID"], unique=False
    )


def create_campaign_activities() -> None:
    """CampaignActivities."""
    op.create_table(
        "CampaignActivities",
        sa.Column("CampaignActivityID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("CampaignID", sa.BigInteger(), nullable=False),
        sa.Column("LeadID", sa.BigInteger(), nullable=True),
        sa.Column("ActorUserID", sa.BigInteger(), nullable=True),
        sa.Column(
            "ActivityType",
            sa.Enum(
                "campaign_created",
                "discovery_started",
                "discovery_completed",
                "leads_found",
                "leads_enriched",
                "outreach_generated",
                "lead_contacted",
                "lead_responded",
                "meeting_booked",
                "campaign_paused",
                "campaign_resumed",
                "error_occurred",
                name="ActivityType",
            ),
            nullable=False,
        ),
        sa.Column("Title", sa.String(length=255), nullable=False),
        sa.Column("Description", sa.Text(), nullable=True),
        sa.Column("Metadata", postgresql.JSONB(), nullable=True),
        sa.Column("Status", sa.String(length=50), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ActorUserID"],
            ["Users.UserID"],
            name=op.f("FK_CampaignActivities_ActorUserID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["CampaignID"],
            ["Campaigns.CampaignID"],
            name=op.f("FK_CampaignActivities_CampaignID"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["LeadID"], ["Leads.LeadID"], name=op.f("FK_CampaignActivities_LeadID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("CampaignActivityID", name=op.f("PK_CampaignActivities")),
    )
    op.create_index(
        op.f("IX_CampaignActivities_ActorUserID"), "CampaignActivities", ["ActorUserID"], unique=False
    )
    op.create_index(
        op.f("IX_CampaignActivities_CampaignID_CreatedAt_CampaignActivityID"),
        "CampaignActivities",
        ["CampaignID", "CreatedAt", "CampaignActivityID"],
        unique=False,
    )
    op.create_index(op.f("IX_CampaignActivities_LeadID"), "CampaignActivities", ["LeadID"], unique=False)


def create_lead_signals() -> None:
    """LeadSignals."""
    op.create_table(
        "LeadSignals",
        sa.Column("LeadSignalID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("LeadID", sa.BigInteger(), nullable=False),
        sa.Column("Headline", sa.String(length=255), nullable=False),
        sa.Column("Description", sa.Text(), nullable=True),
        sa.Column(
            "SignalType",
            sa.Enum(
                "funding",
                "hiring",
                "expansion",
                "product_launch",
                "partnership",
                "leadership_change",
                "news_mention",
                "social_activity",
                name="SignalType",
            ),
            nullable=False,
        ),
        sa.Column("StrengthScore", sa.Integer(), nullable=True),
        sa.Column("Citations", postgresql.JSONB(), nullable=True),
        sa.Column("DetectedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["LeadID"], ["Leads.LeadID"], name=op.f("FK_LeadSignals_LeadID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("LeadSignalID", name=op.f("PK_LeadSignals")),
    )
    op.create_index(
        op.f("IX_LeadSignals_LeadID_LeadSignalID"), "LeadSignals", ["LeadID", "LeadSignalID"], unique=False
    )
