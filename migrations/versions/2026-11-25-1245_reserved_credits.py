"""What a paid call holds back of its budget."""

import sqlalchemy as sa
from alembic import op

revision = "5f0d3a91c7be"
down_revision = "c27d95b1e640"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: rows from before hold nothing back."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "PaidCalls", sa.Column("Reserved", sa.Numeric(14, 4), server_default=sa.text("0"), nullable=False)
    )


def downgrade() -> None:
    """Drop the column."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("PaidCalls", "Reserved")
