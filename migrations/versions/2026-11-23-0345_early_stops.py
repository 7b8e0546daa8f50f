"""Stops that come before the turn they are meant for."""

import sqlalchemy as sa
from alembic import op

revision = "b3f0a4c95d18"
down_revision = "8d1e6b2f7a40"


def upgrade() -> None:
    """Make the table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "EarlyStops",
        sa.Column("EarlyStopID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("UserID", sa.BigInteger(), nullable=False),
        sa.Column("ClientMessageID", sa.String(length=255), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_EarlyStops_ProjectID"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["UserID"], ["Users.UserID"], name=op.f("FK_EarlyStops_UserID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("EarlyStopID", name=op.f("PK_EarlyStops")),
    )
    op.create_index(op.f("IX_EarlyStops_CreatedAt"), "EarlyStops", ["CreatedAt"], unique=False)
    op.create_index(op.f("IX_EarlyStops_UserID"), "EarlyStops", ["UserID"], unique=False)
    op.create_index(
        op.f("IX_EarlyStops_ProjectID_UserID_ClientMessageID"),
        "EarlyStops",
        ["ProjectID", "UserID", "ClientMessageID"],
        unique=True,
    )


def downgrade() -> None:
    """Drop it."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("EarlyStops")
