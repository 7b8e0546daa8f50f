"""Since when an item of a job only waits for something that had been begun."""

import sqlalchemy as sa
from alembic import op

revision = "e81b40d7c3a5"
down_revision = "a4e17c60d2f8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nothing waits yet."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("JobItems", sa.Column("WaitingSince", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("JobItems", "WaitingSince")
