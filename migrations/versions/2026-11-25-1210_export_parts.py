"""The files of exports, in parts."""

import sqlalchemy as sa
from alembic import op

revision = "c27d95b1e640"
down_revision = "8e41f0d96c3a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "ExportParts",
        sa.Column("ExportPartID", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("JobID", sa.Uuid(), nullable=False),
        sa.Column("Position", sa.Integer(), nullable=False),
        sa.Column("Rows", sa.Integer(), nullable=False),
        sa.Column("Records", sa.Text(), nullable=True),
        sa.Column("Content", sa.LargeBinary(), nullable=True),
        sa.Column("Digest", sa.String(length=64), nullable=True),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["JobID"], ["Jobs.JobID"], name=op.f("FK_ExportParts_JobID"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ExportPartID", name=op.f("PK_ExportParts")),
    )
    op.create_index(op.f("IX_ExportParts_JobID_Position"), "ExportParts", ["JobID", "Position"], unique=True)


def downgrade() -> None:
    """Drop the table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("ExportParts")
