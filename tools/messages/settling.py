"""Where a lead stands after its messages moved or went. The lead's row must be locked."""

from persistence.models.lead import Lead, LeadStatus
from persistence.models.outreach import OutreachStatus
from persistence.session import UnitOfWork
from persistence.types import UserID
from tools.leads.moving import follow_message, move_lead
from tools.messages.queries import statuses_of

S = OutreachStatus


async def settle_lead(uow: UnitOfWork, actor: UserID | None, lead: Lead, status: OutreachStatus) -> None:
    """Take the lead where a message went. A draft takes it back only when nothing else is queued for it."""
    if status is S.DRAFT and S.SCHEDULED in await statuses_of(uow, lead.id):
        return
    await follow_message(uow, actor, lead, status)


async def settle_after_removal(uow: UnitOfWork, actor: UserID | None, lead: Lead) -> None:
    """Where the lead stands once a draft of it, or a queued message, is gone."""
    left = await statuses_of(uow, lead.id)
    if lead.status is LeadStatus.QUEUED and S.SCHEDULED not in left:
        await move_lead(uow, actor, lead, LeadStatus.DRAFTED)
    if lead.status is LeadStatus.DRAFTED and S.DRAFT not in left:
        await move_lead(uow, actor, lead, LeadStatus.ENRICHED)
