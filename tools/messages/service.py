"""Messages to leads: list, write, read, change, queue and remove them. Nothing here sends: a person does, and says so."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage, OutreachMessageType, OutreachStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID, utc_now
from tools.access import Caller
from tools.audit import service as audit
from tools.errors import Conflict
from tools.leads.queries import lead_of
from tools.messages.generated import check_again, is_generated
from tools.messages.moving import move_message
from tools.messages.queries import lead_id_of, message_of
from tools.messages.rules import claims_in
from tools.messages.schemas import MessageCreate, MessageUpdate
from tools.messages.settling import settle_after_removal, settle_lead
from tools.paging import Page, PageRequest, page_of
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.service import hold_suppressions
from tools.versions import require_version

OPEN = frozenset({OutreachStatus.DRAFT, OutreachStatus.SCHEDULED})
"""What was not sent yet, and can be removed."""


async def list_messages(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, page: PageRequest, *, newest_first: bool = False
) -> Page[OutreachMessage]:
    """The messages to a lead. Raises NotFound."""
    await lead_of(uow, caller, lead_id)
    statement = select(OutreachMessage).where(OutreachMessage.lead_id == lead_id)
    return await page_of(uow, statement, [OutreachMessage.id], page, descending=newest_first)


async def write_message(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, new: MessageCreate
) -> OutreachMessage:
    """Keep a draft that a person wrote; its lead becomes drafted. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    message = OutreachMessage(
        lead_id=lead.id,
        campaign_id=lead.campaign_id,
        format=new.chosen_format,
        message_type=new.chosen_type,
        is_followup=bool(new.is_followup) or new.chosen_type is OutreachMessageType.FOLLOW_UP,
        sequence_number=new.sequence_number,
        subject=new.subject,
        content=new.text,
    )
    await Repository(uow.session, OutreachMessage).create(message)
    await settle_lead(uow, caller.user_id, lead, OutreachStatus.DRAFT)
    return message


async def read_message(uow: UnitOfWork, caller: Caller, message_id: int) -> OutreachMessage:
    """One message. Raises NotFound."""
    message, _ = await message_of(uow, caller, message_id)
    return message


async def update_message(
    uow: UnitOfWork,
    caller: Caller,
    message_id: int,
    change: MessageUpdate,
    hashes: ContactHashes,
    *,
    expected_version: int | None = None,
) -> OutreachMessage:
    """Change what `change` names, and move the message, its lead after it. For members and above.

    Raises NotFound, Forbidden, StaleVersion, Invalid for what its channel does not take, and Conflict for a move that is
    not legal, a text that is no draft any more, a failed check, and a lead that may not be written to.
    """
    sent = change.changes()
    status: OutreachStatus | None = sent.pop("status", None)
    if status is OutreachStatus.SCHEDULED:
        await _hold_suppressions(uow, caller, message_id)
    message, lead = await message_of(uow, caller, message_id, ProjectRole.MEMBER, for_update=True)
    require_version(message, expected_version)
    if status is OutreachStatus.DRAFT and status is not message.status:
        await _move(uow, caller, message, lead, status, hashes, sent)
    if _edit(message, sent) and is_generated(message):
        await check_again(uow, message, lead)
    await uow.session.flush()
    if status is not None and status is not message.status:
        await _move(uow, caller, message, lead, status, hashes, sent)
    if "scheduled_at" in sent:
        _set_time(message, sent["scheduled_at"])
        await uow.session.flush()
    return message


async def remove_message(uow: UnitOfWork, caller: Caller, message_id: int) -> None:
    """Remove a message that was not sent; its lead goes back. Raises NotFound, Forbidden, and Conflict for one that was."""
    message, lead = await message_of(uow, caller, message_id, ProjectRole.MEMBER, for_update=True)
    if message.status not in OPEN:
        raise Conflict("What was sent stays in the record.", code="message_sent")
    await Repository(uow.session, OutreachMessage).delete(OutreachMessage.id == message.id)
    await settle_after_removal(uow, caller.user_id, lead)
    before = {"leadId": lead.id, "status": message.status.value, "format": message.format.value}
    await audit.record(
        uow,
        caller,
        lead.workspace_id,
        entity="message",
        entity_id=message.id,
        action="deleted",
        before=before,
    )


async def _hold_suppressions(uow: UnitOfWork, caller: Caller, message_id: int) -> None:
    """Keep suppressions from being added until the end: asked for before any lock on a lead, in the order `suppress` has."""
    lead = await lead_of(uow, caller, await lead_id_of(uow, message_id), ProjectRole.MEMBER)
    await hold_suppressions(uow, lead.workspace_id)


async def _move(
    uow: UnitOfWork,
    caller: Caller,
    message: OutreachMessage,
    lead: Lead,
    status: OutreachStatus,
    hashes: ContactHashes,
    sent: dict[str, Any],
) -> None:
    at = sent.pop("scheduled_at", None)
    await move_message(uow, caller.user_id, message, lead, status, hashes, scheduled_at=at)


def _set_time(message: OutreachMessage, at: datetime | None) -> None:
    """Say when a queued message is to be sent."""
    if message.status is OutreachStatus.SCHEDULED:
        message.scheduled_at = at or utc_now()
    elif at is not None:
        raise Conflict("Only a queued message has a time to be sent at.", code="not_queued")


def _edit(message: OutreachMessage, sent: dict[str, Any]) -> bool:
    """Change subject and text of a draft; whether they changed. Checks were of another text; claims stay where their words do."""
    content = sent.get("content") or sent.get("body") or message.content
    subject = sent.get("subject", message.subject)
    if (content, subject) == (message.content, message.subject):
        return False
    if message.status is not OutreachStatus.DRAFT:
        raise Conflict("Only a draft can be edited; move it back to `draft` first.", code="message_fixed")
    if content != message.content:
        message.claims = claims_in(content, message.claims)
    message.content, message.subject, message.checks = content, subject, []
    return True
