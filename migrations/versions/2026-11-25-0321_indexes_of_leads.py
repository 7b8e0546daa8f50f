"""One lead a LinkedIn profile and an e-mail address in a workspace; the orders of lists. Built beside a live product."""

import sqlalchemy as sa
from alembic import op

revision = "8e41f0d96c3a"
down_revision = "5d0c2be7a914"
branch_labels = None
depends_on = None

UNIQUE = {
    "IX_Leads_ProjectID_LinkedinKey": ["ProjectID", "LinkedinKey"],
    "IX_Leads_ProjectID_EmailKey": ["ProjectID", "EmailKey"],
}
ORDERS = {
    "IX_Leads_ProjectID_FullName_LeadID": ["ProjectID", "FullName", "LeadID"],
    "IX_Leads_ProjectID_RelevanceScore_LeadID": [
        "ProjectID",
        sa.text("COALESCE(\"RelevanceScore\", '-1'::integer)"),
        "LeadID",
    ],
}


def upgrade() -> None:
    """Build the indexes without holding anybody up."""
    with op.get_context().autocommit_block():
        for name, columns in {**UNIQUE, **ORDERS}.items():
            # What an interrupted build left behind is invalid and in the way.
            op.drop_index(name, "Leads", if_exists=True, postgresql_concurrently=True)
            op.create_index(name, "Leads", columns, unique=name in UNIQUE, postgresql_concurrently=True)


def downgrade() -> None:
    """Drop them."""
    with op.get_context().autocommit_block():
        for name in (*UNIQUE, *ORDERS):
            op.drop_index(name, "Leads", if_exists=True, postgresql_concurrently=True)
