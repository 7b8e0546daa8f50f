"""Moving a message along its table, its lead after it. The lead's row must be locked."""

from datetime import datetime

from sqlalchemy import select

from persistence.models.lead import Lead, LeadStatus
from persistence.models.outreach import OutreachMessage, OutreachStatus
from persistence.session import UnitOfWork
from persistence.types import UserID, utc_now
from tools.errors import Conflict
from tools.messages.generated import check_again, is_generated, require_queueable, require_unsuppressed
from tools.messages.queries import linkedin_tier_of
from tools.messages.rules import require_ready
from tools.messages.settling import settle_lead
from tools.moves import MESSAGES, check_move
from tools.suppressions.hashing import ContactHashes

S = OutreachStatus

ENDS_SEQUENCE = frozenset({S.REPLIED, S.BOUNCED})
"""After these nothing more goes out by itself: what is queued for the lead becomes a draft again."""


async def move_message(
    uow: UnitOfWork,
    actor: UserID | None,
    message: OutreachMessage,
    lead: Lead,
    status: OutreachStatus,
    hashes: ContactHashes,
    *,
    scheduled_at: datetime | None = None,
) -> None:
    """Move a message and its lead. Raises Conflict and Invalid as `require_ready` and the tables say.

    Before one is queued, `hold_suppressions` has to be asked, ahead of the lead's lock.
    """
    check_move(MESSAGES, message.status, status)
    if status is S.SCHEDULED:
        await _require_allowed(uow, message, lead, hashes)
    _stamp(message, status, scheduled_at)
    await uow.session.flush()
    if status in ENDS_SEQUENCE:
        await withdraw_queued(uow, actor, lead)
    await settle_lead(uow, actor, lead, status)


async def withdraw_queued(uow: UnitOfWork, actor: UserID | None, lead: Lead) -> int:
    """Make drafts of what is queued for a lead; how many there were."""
    statement = (
        select(OutreachMessage)
        .where(OutreachMessage.lead_id == lead.id, OutreachMessage.status == S.SCHEDULED)
        .order_by(OutreachMessage.id)
        .with_for_update()
    )
    queued = (await uow.session.execute(statement)).scalars().all()
    for message in queued:
        _stamp(message, S.DRAFT, None)
    await uow.session.flush()
    if queued:
        await settle_lead(uow, actor, lead, S.DRAFT)
    return len(queued)


async def _require_allowed(
    uow: UnitOfWork, message: OutreachMessage, lead: Lead, hashes: ContactHashes
) -> None:
    """Raise unless the message may be queued for this lead now."""
    if lead.status is LeadStatus.ENRICHING:
        raise Conflict(
            "The lead is being enriched; queue the message afterwards.", code="lead_being_enriched"
        )
    await require_unsuppressed(uow, lead, hashes)
    if is_generated(message):
        require_queueable(await check_again(uow, message, lead))
        return
    require_ready(message, await linkedin_tier_of(uow, lead.workspace_id))


def _stamp(message: OutreachMessage, status: OutreachStatus, scheduled_at: datetime | None) -> None:
    now = utc_now()
    message.status = status
    if status is S.DRAFT:
        message.scheduled_at = None
    elif status is S.SCHEDULED:
        message.scheduled_at = scheduled_at or now
    elif status is S.SENT:
        message.sent_at = now
    elif status is S.OPENED:
        message.opened_at = now
    elif status is S.REPLIED:
        message.replied_at = now
