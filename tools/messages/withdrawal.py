"""Suppressing somebody for whom messages are queued already: those become drafts again, in the same transaction.

So do those to a lead that is given the address, the profile or the company of somebody who is suppressed."""

from collections.abc import Sequence

from sqlalchemy import select

from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage, OutreachStatus
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.access import Caller
from tools.leads.queries import lead_of
from tools.leads.schemas import LeadUpdate
from tools.leads.service import IDENTIFYING, update_lead
from tools.messages.contact import contact_of
from tools.messages.moving import withdraw_queued
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import Added, forbidding, hold_suppressions, suppress


async def suppress_and_withdraw(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    wanted: Sequence[SuppressionCreate],
    hashes: ContactHashes,
) -> list[Added]:
    """Add suppressions, and take out of the queue what they forbid. Raises as `suppress` does."""
    added = await suppress(uow, caller, workspace_id, wanted, hashes)
    new = {item.row.key_hash for item in added if item.new}
    if not new:
        return added
    waiting = select(OutreachMessage.lead_id).where(OutreachMessage.status == OutreachStatus.SCHEDULED)
    queued = select(Lead).where(Lead.workspace_id == workspace_id, Lead.id.in_(waiting))
    forbidden = [
        lead.id
        for lead in (await uow.session.execute(queued)).scalars()
        if not new.isdisjoint(hashes.matching(contact_of(lead)))
    ]
    locked = select(Lead).where(Lead.id.in_(forbidden)).order_by(Lead.id).with_for_update(key_share=True)
    fresh = locked.execution_options(populate_existing=True)
    for lead in (await uow.session.execute(fresh)).scalars():
        await withdraw_queued(uow, caller.user_id, lead)
    return added


async def change_lead(
    uow: UnitOfWork,
    caller: Caller,
    lead_id: LeadID,
    change: LeadUpdate,
    hashes: ContactHashes,
    *,
    expected_version: int | None = None,
) -> Lead:
    """Change a lead, and take out of the queue what is for somebody who must not be written to. Raises as `update_lead` does."""
    named = IDENTIFYING & change.changes().keys()
    if named:
        present = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
        await hold_suppressions(uow, present.workspace_id)
    lead = await update_lead(uow, caller, lead_id, change, expected_version=expected_version)
    if named and await forbidding(uow, lead.workspace_id, contact_of(lead), hashes):
        await withdraw_queued(uow, caller.user_id, lead)
    return lead
