"""The inbox of providers' call-backs."""

import sqlalchemy as sa
from alembic import op

revision = "a4e17c60d2f8"
down_revision = "5f0d3a91c7be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "ProviderCallbacks",
        sa.Column("ProviderCallbackID", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("Provider", sa.String(64), nullable=False),
        sa.Column("ProviderRef", sa.String(255), nullable=False),
        sa.Column("CallKey", sa.String(64), nullable=False),
        sa.Column("Attempt", sa.String(64), nullable=False),
        sa.Column("CreatedAt", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("ProviderCallbackID", name=op.f("PK_ProviderCallbacks")),
    )
    op.create_index(
        op.f("IX_ProviderCallbacks_CallKey_Attempt_Provider_ProviderRef"),
        "ProviderCallbacks",
        ["CallKey", "Attempt", "Provider", "ProviderRef"],
        unique=True,
    )
    op.create_index(op.f("IX_ProviderCallbacks_CreatedAt"), "ProviderCallbacks", ["CreatedAt"])


def downgrade() -> None:
    """Drop the table."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("ProviderCallbacks")
