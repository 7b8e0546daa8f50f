"""Runs whose threads are still kept, found by the sweep. Built beside a live product."""

import sqlalchemy as sa
from alembic import op

revision = "c41d7e02a9f6"
down_revision = "e81b40d7c3a5"
branch_labels = None
depends_on = None

NAME = "IX_AgentRuns_Threads"
KEPT = sa.text('"Kind" = \'run\' AND "ThreadID" IS NOT NULL')


def upgrade() -> None:
    """Build the index without holding anybody up."""
    with op.get_context().autocommit_block():
        # What an interrupted build left behind is invalid and in the way.
        op.drop_index(NAME, "AgentRuns", if_exists=True, postgresql_concurrently=True)
        op.create_index(NAME, "AgentRuns", ["StartedAt"], postgresql_where=KEPT, postgresql_concurrently=True)


def downgrade() -> None:
    """Drop it."""
    with op.get_context().autocommit_block():
        op.drop_index(NAME, "AgentRuns", if_exists=True, postgresql_concurrently=True)
