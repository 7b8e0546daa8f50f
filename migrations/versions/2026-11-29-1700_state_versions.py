"""Which shape of its graph's state a run left. A constant default: no row is touched, whatever there is of them."""

import sqlalchemy as sa
from alembic import op

revision = "5b7f30c9d2e4"
down_revision = "c41d7e02a9f6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. What older code writes has the oldest shape that is named."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "AgentRuns", sa.Column("StateVersion", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )


def downgrade() -> None:
    """Drop it."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("AgentRuns", "StateVersion")
