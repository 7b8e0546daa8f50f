"""Moving a lead and saying what came of it: along the tables, with activity and counters, in one transaction.

The lead's row must be locked (`lead_of(..., for_update=True)`).
"""

from typing import Any

from persistence.models.campaign import ActivityType
from persistence.models.lead import Lead, LeadOutcome, LeadStatus
from persistence.models.outreach import OutreachStatus
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID, UserID, utc_now
from tools.campaigns.activities import Happening, note
from tools.campaigns.counters import shift, worth
from tools.moves import ANSWERS, LEAD_AFTER_MESSAGE, LEAD_CORRECTIONS, LEADS, check_move, way

MOVED: dict[LeadStatus, tuple[ActivityType, str]] = {
    LeadStatus.FOUND: (ActivityType.LEAD_MOVED, "is back among the found"),
    LeadStatus.ENRICHING: (ActivityType.LEAD_MOVED, "is being enriched"),
    LeadStatus.ENRICHED: (ActivityType.LEADS_ENRICHED, "is enriched"),
    LeadStatus.DRAFTED: (ActivityType.OUTREACH_GENERATED, "has a draft"),
    LeadStatus.QUEUED: (ActivityType.LEAD_MOVED, "is queued"),
    LeadStatus.SENT: (ActivityType.LEAD_CONTACTED, "was written to"),
    LeadStatus.RESPONDED: (ActivityType.LEAD_RESPONDED, "answered"),
}
BACK = (ActivityType.LEAD_MOVED, "was moved back")
"""Of a step back: it must not look like new work."""
ORDER = tuple(LeadStatus)


async def move_lead(uow: UnitOfWork, actor: UserID | None, lead: Lead, status: LeadStatus) -> None:
    """Move a lead; `actor` None is the system, which makes no corrections. Raises Conflict, naming the legal moves."""
    corrections = LEAD_CORRECTIONS if actor is not None else None
    check_move(LEADS, lead.status, status, corrections=corrections)
    await _step(uow, actor, lead, status)


async def log_outcome(
    uow: UnitOfWork, actor: UserID | None, lead: Lead, outcome: LeadOutcome | None, reason: str | None
) -> None:
    """Say what came of a lead, in any status; an answer moves a lead that was written to. None takes it back."""
    before, was = worth(lead.status, lead.outcome), lead.outcome
    lead.outcome, lead.outcome_reason = outcome, reason
    await uow.session.flush()
    if outcome is not was:
        await note(uow, actor, [outcome_happening(lead.campaign_id, lead.id, lead.full_name, was, outcome)])
    await shift(uow, {lead.campaign_id: worth(lead.status, outcome) - before})
    if outcome in ANSWERS and lead.status is LeadStatus.SENT:
        await _step(uow, actor, lead, LeadStatus.RESPONDED)


async def follow_message(uow: UnitOfWork, actor: UserID | None, lead: Lead, message: OutreachStatus) -> None:
    """Take a lead where its message went, step by step; a lead that is further, or being enriched, stays."""
    wanted = LEAD_AFTER_MESSAGE.get(message)
    if wanted is None or lead.status is LeadStatus.ENRICHING:
        return
    for status in way(LEADS, lead.status, wanted):
        await _step(uow, actor, lead, status)


async def _step(uow: UnitOfWork, actor: UserID | None, lead: Lead, status: LeadStatus) -> None:
    """One move, which was found legal."""
    before, worth_before = lead.status, worth(lead.status, lead.outcome)
    lead.status = status
    if status is LeadStatus.SENT:
        lead.contacted_at = utc_now()
    elif status is LeadStatus.RESPONDED:
        lead.responded_at = utc_now()
    await uow.session.flush()
    await note(uow, actor, [move_happening(lead.campaign_id, lead.id, lead.full_name, before, status)])
    await shift(uow, {lead.campaign_id: worth(status, lead.outcome) - worth_before})


def move_happening(
    campaign_id: CampaignID, lead_id: LeadID, name: str, before: LeadStatus, after: LeadStatus
) -> Happening:
    """What the feed tells of a move."""
    kind, words = BACK if ORDER.index(after) < ORDER.index(before) else MOVED[after]
    details: dict[str, Any] = {"from": before.value, "to": after.value}
    if after not in LEADS[before]:
        details["correction"] = True
    return Happening(campaign_id, kind, f"{name} {words}", lead_id, details=details, status=after.value)


def outcome_happening(
    campaign_id: CampaignID,
    lead_id: LeadID,
    name: str,
    before: LeadOutcome | None,
    after: LeadOutcome | None,
) -> Happening:
    """What the feed tells of an outcome."""
    details = {"from": before and before.value, "to": after and after.value}
    if after is None:
        return Happening(
            campaign_id, ActivityType.OUTCOME_LOGGED, f"{name}: outcome taken back", lead_id, details=details
        )
    booked = after is LeadOutcome.MEETING_BOOKED
    kind = ActivityType.MEETING_BOOKED if booked else ActivityType.OUTCOME_LOGGED
    title = f"{name}: {after.value.replace('_', ' ')}"
    return Happening(campaign_id, kind, title, lead_id, details=details, status=after.value)
