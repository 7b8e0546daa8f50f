"""Clients, users, workspaces with members and invitations, onboarding answers and sender profiles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "386b40f18ba0"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("Clients", "Users", "Projects", "Invitations", "OnboardingData", "ProjectUsers", "SenderProfiles")
TYPES = ("EntityStatus", "UserRole", "ProjectStatus", "OnboardingStatus", "ProjectRole", "LinkedinTier")


def upgrade() -> None:
    """Make the tables."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    create_clients()
    create_users()
    create_projects()
    create_invitations()
    create_onboarding_data()
    create_project_users()
    create_sender_profiles()


def downgrade() -> None:
    """Drop the tables and their types."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in TYPES:
        op.execute(f'DROP TYPE "{name}"')


def create_clients() -> None:
    """Clients."""
    op.create_table(
        "Clients",
        sa.Column("ClientID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("Name", sa.String(length=255), nullable=False),
        sa.Column("Slug", sa.String(length=255), nullable=False),
        sa.Column(
            "Status",
            sa.Enum("active", "inactive", name="EntityStatus"),
            server_default=sa.text("'active'"),
            nullable=False,
        ),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("ClientID", name=op.f("PK_Clients")),
        sa.UniqueConstraint("Slug", name=op.f("UQ_Clients_Slug")),
    )


def create_users() -> None:
    """Users."""
    op.create_table(
        "Users",
        sa.Column("UserID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("SupabaseUserID", sa.Uuid(), nullable=True),
        sa.Column("Email", sa.String(length=320), nullable=True),
        sa.Column("Name", sa.String(length=255), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column(
            "Role",
            sa.Enum("admin", "member", name="UserRole"),
            server_default=sa.text("'admin'"),
            nullable=False,
        ),
        sa.Column(
            "Status",
            sa.Enum("active", "inactive", name="EntityStatus"),
            server_default=sa.text("'active'"),
            nullable=False,
        ),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_Users_ClientID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("UserID", name=op.f("PK_Users")),
    )
    op.create_index("IDX_USER_SUPABASE_ID", "Users", ["SupabaseUserID"], unique=True)
    op.create_index(op.f("IX_Users_ClientID"), "Users", ["ClientID"], unique=False)
    op.create_index(op.f("IX_Users_Email"), "Users", ["Email"], unique=False)


def create_projects() -> None:
    """Projects."""
    op.create_table(
        "Projects",
        sa.Column("ProjectID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ClientID", sa.BigInteger(), nullable=False),
        sa.Column("Name", sa.String(length=255), nullable=False),
        sa.Column(
            "Status",
            sa.Enum("active", "archived", "deleting", name="ProjectStatus"),
            server_default=sa.text("'active'"),
            nullable=False,
        ),
        sa.Column("Website", sa.String(length=512), nullable=True),
        sa.Column("FaviconUrl", sa.String(length=512), nullable=True),
        sa.Column(
            "OnboardingStatus",
            sa.Enum("incomplete", "complete", name="OnboardingStatus"),
            server_default=sa.text("'incomplete'"),
            nullable=False,
        ),
        sa.Column("DiscoveryChatHistory", postgresql.JSONB(), nullable=True),
        sa.Column("Settings", postgresql.JSONB(), nullable=True),
        sa.Column("OwnerUserID", sa.BigInteger(), nullable=True),
        sa.Column("Worldview", sa.Text(), nullable=True),
        sa.Column("WebsiteScrape", postgresql.JSONB(), nullable=True),
        sa.Column("TimeZone", sa.String(length=64), server_default=sa.text("'UTC'"), nullable=False),
        sa.Column("Language", sa.String(length=35), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ClientID"], ["Clients.ClientID"], name=op.f("FK_Projects_ClientID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["OwnerUserID"], ["Users.UserID"], name=op.f("FK_Projects_OwnerUserID"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("ProjectID", name=op.f("PK_Projects")),
    )
    op.create_index("IDX_PROJECT_OWNER", "Projects", ["OwnerUserID"], unique=False)
    op.create_index(op.f("IX_Projects_ClientID_Status"), "Projects", ["ClientID", "Status"], unique=False)


def create_invitations() -> None:
    """Invitations."""
    op.create_table(
        "Invitations",
        sa.Column("InvitationID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Email", sa.String(length=320), nullable=False),
        sa.Column("Role", sa.Enum("owner", "admin", "member", "viewer", name="ProjectRole"), nullable=False),
        sa.Column("TokenHash", sa.LargeBinary(), nullable=False),
        sa.Column("InvitedByUserID", sa.BigInteger(), nullable=True),
        sa.Column("ExpiresAt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("AcceptedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("AcceptedByUserID", sa.BigInteger(), nullable=True),
        sa.Column("RevokedAt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["AcceptedByUserID"],
            ["Users.UserID"],
            name=op.f("FK_Invitations_AcceptedByUserID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["InvitedByUserID"],
            ["Users.UserID"],
            name=op.f("FK_Invitations_InvitedByUserID"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_Invitations_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("InvitationID", name=op.f("PK_Invitations")),
        sa.UniqueConstraint("TokenHash", name=op.f("UQ_Invitations_TokenHash")),
    )
    op.create_index(
        op.f("IX_Invitations_AcceptedByUserID"), "Invitations", ["AcceptedByUserID"], unique=False
    )
    op.create_index(op.f("IX_Invitations_InvitedByUserID"), "Invitations", ["InvitedByUserID"], unique=False)
    op.create_index(
        op.f("IX_Invitations_ProjectID_Email"), "Invitations", ["ProjectID", "Email"], unique=False
    )
    op.create_index(
        op.f("IX_Invitations_ProjectID_InvitationID"),
        "Invitations",
        ["ProjectID", "InvitationID"],
        unique=False,
    )


def create_onboarding_data() -> None:
    """OnboardingData."""
    op.create_table(
        "OnboardingData",
        sa.Column("OnboardingDataID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Data", postgresql.JSONB(), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_OnboardingData_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("OnboardingDataID", name=op.f("PK_OnboardingData")),
        sa.UniqueConstraint("ProjectID", name=op.f("UQ_OnboardingData_ProjectID")),
    )


def create_project_users() -> None:
    """ProjectUsers."""
    op.create_table(
        "ProjectUsers",
        sa.Column("ProjectUserID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=False),
        sa.Column("Role", sa.Enum("owner", "admin", "member", "viewer", name="ProjectRole"), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_ProjectUsers_ProjectID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_ProjectUsers_UserID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ProjectUserID", name=op.f("PK_ProjectUsers")),
    )
    op.create_index(
        op.f("IX_ProjectUsers_ProjectID_UserID"), "ProjectUsers", ["ProjectID", "UserID"], unique=True
    )
    op.create_index(
        op.f("IX_ProjectUsers_UserID_ProjectID"), "ProjectUsers", ["UserID", "ProjectID"], unique=False
    )


def create_sender_profiles() -> None:
    """SenderProfiles."""
    op.create_table(
        "SenderProfiles",
        sa.Column("SenderProfileID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Name", sa.String(length=255), nullable=True),
        sa.Column("Title", sa.String(length=255), nullable=True),
        sa.Column("Company", sa.String(length=255), nullable=True),
        sa.Column("PostalAddress", sa.Text(), nullable=True),
        sa.Column("ApprovedFacts", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("CustomerNames", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column(
            "LinkedinTier", sa.Enum("free", "premium", "sales_navigator", name="LinkedinTier"), nullable=True
        ),
        sa.Column("OptOutLine", sa.Text(), nullable=True),
        sa.Column("StyleGuide", postgresql.JSONB(), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("Version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"],
            ["Projects.ProjectID"],
            name=op.f("FK_SenderProfiles_ProjectID"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("SenderProfileID", name=op.f("PK_SenderProfiles")),
        sa.UniqueConstraint("ProjectID", name=op.f("UQ_SenderProfiles_ProjectID")),
    )
