"""Words for moves the feed had none for; what tells duplicate leads apart."""

import sqlalchemy as sa
from alembic import op

revision = "5d0c2be7a914"
down_revision = "b3f0a4c95d18"
branch_labels = None
depends_on = None

NEW = ("campaign_completed", "campaign_archived", "lead_moved", "outcome_logged")
OLD = (
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
)


def upgrade() -> None:
    """Add words and columns; their indexes are in the next revision."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for word in NEW:
        op.execute(f"ALTER TYPE \"ActivityType\" ADD VALUE '{word}'")
    op.add_column("Leads", sa.Column("LinkedinKey", sa.String(length=255), nullable=True))
    op.add_column("Leads", sa.Column("EmailKey", sa.String(length=320), nullable=True))


def downgrade() -> None:
    """Drop the columns, and what was told in the new words with them: Postgres can only take words out by a new type."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("Leads", "EmailKey")
    op.drop_column("Leads", "LinkedinKey")
    told = sa.table("CampaignActivities", sa.column("ActivityType"))
    op.execute(told.delete().where(sa.cast(told.c.ActivityType, sa.Text).in_(NEW)))
    op.execute('ALTER TYPE "ActivityType" RENAME TO "ActivityTypeBefore"')
    sa.Enum(*OLD, name="ActivityType").create(op.get_bind())
    op.execute(
        'ALTER TABLE "CampaignActivities" ALTER COLUMN "ActivityType" TYPE "ActivityType" '
        'USING "ActivityType"::text::"ActivityType"'
    )
    op.execute('DROP TYPE "ActivityTypeBefore"')
