"""What happened in a campaign: noted in the transaction that does it, read as a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from persistence.many_rows import insert_missing
from persistence.models.campaign import ActivityType, CampaignActivity
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID, UserID

MAX_TITLE = 255
FEW = 5
"""Rows that are inserted one by one at no more cost than together."""


@dataclass(frozen=True)
class Happening:
    """One thing that happened. `status` is the status something moved to; `details` are plain JSON."""

    campaign_id: CampaignID
    type: ActivityType
    title: str
    lead_id: LeadID | None = None
    description: str | None = None
    details: dict[str, Any] | None = None
    status: str | None = None


async def note(uow: UnitOfWork, actor: UserID | None, happenings: Sequence[Happening]) -> None:
    """Note what `actor` did; nobody: the system."""
    rows = [_row(actor, happening) for happening in happenings]
    if len(rows) > FEW:
        await insert_missing(uow.session, CampaignActivity, rows)
    elif rows:
        await uow.session.execute(insert(CampaignActivity), rows)


def _row(actor: UserID | None, happening: Happening) -> dict[str, Any]:
    return {
        "campaign_id": happening.campaign_id,
        "lead_id": happening.lead_id,
        "actor_user_id": actor,
        "activity_type": happening.type,
        "title": happening.title[:MAX_TITLE],
        "description": happening.description,
        "metadata_": happening.details,
        "status": happening.status,
    }
