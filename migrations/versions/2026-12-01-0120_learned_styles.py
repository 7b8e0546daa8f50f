"""How a founder writes, for the next talk of the workspace to know. The next one still has to learn it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7d2a94e1b6c8"
down_revision = "5b7f30c9d2e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "LearnedStyles",
        sa.Column("ProjectID", sa.BigInteger(), nullable=False),
        sa.Column("Guide", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("Examples", sa.String(length=16), server_default=sa.text("''"), nullable=False),
        sa.Column("LearnedFrom", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("UpdatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["ProjectID"], ["Projects.ProjectID"], name=op.f("FK_LearnedStyles_ProjectID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ProjectID", name=op.f("PK_LearnedStyles")),
    )


def downgrade() -> None:
    """Drop it: each talk learns for itself again."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("LearnedStyles")
