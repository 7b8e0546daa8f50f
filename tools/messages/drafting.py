"""What the outreach drafter needs of the records, and what it leaves there: one draft, in the transaction that ends its run."""

from dataclasses import dataclass

from persistence.models.lead import Lead
from persistence.models.outreach import (
    OutreachFormat,
    OutreachMessage,
    OutreachMessageType,
    OutreachStatus,
)
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from tools.access import Caller
from tools.errors import Conflict
from tools.leads.queries import lead_of
from tools.messages.contact import contact_of
from tools.messages.generated import keep_generated
from tools.outreach.drafter import Declined, Wish
from tools.outreach.evidence import DraftText, EvidencePacket, ThreadMessage
from tools.outreach.packet import packet_of
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.service import forbidding, hold_suppressions

UNSENT = (OutreachStatus.DRAFT, OutreachStatus.SCHEDULED)
MAX_NUMBER = 100
SUPPRESSED = "suppressed"
"""The code of the Conflict with a suppression."""


@dataclass(frozen=True)
class Gathered:
    """What a draft may rest on, and the reason of a suppression that forbids it."""

    packet: EvidencePacket
    suppressed: str | None


async def gather(uow: UnitOfWork, caller: Caller, wish: Wish, hashes: ContactHashes) -> Gathered:
    """The packet of a wish's lead. For members and above. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER)
    packet = await packet_of(uow, lead)
    if wish.after_draft and (before := await _newest(uow, lead, UNSENT)):
        packet = packet.model_copy(update={"thread": [*packet.thread, _planned(before)]})
    return Gathered(packet, await _suppressed(uow, lead, hashes))


async def suppressed_by_now(uow: UnitOfWork, caller: Caller, wish: Wish, hashes: ContactHashes) -> str | None:
    """The reason for which nobody may write to the lead any more. For members and above. Raises NotFound, Forbidden."""
    return await _suppressed(uow, await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER), hashes)


async def next_in_sequence(
    uow: UnitOfWork, lead: Lead, *, is_followup: bool, format_: OutreachFormat | None
) -> tuple[OutreachFormat, int]:
    """The format and the place of the next message to a lead: as asked, else what suits the way they can be reached."""
    sent = await _newest(uow, lead, tuple(status for status in OutreachStatus if status not in UNSENT))
    if not is_followup:
        return format_ or _usual(lead), 1
    number = min((sent.sequence_number if sent else 1) + 1, MAX_NUMBER)
    return format_ or (_following(sent.format) if sent else _usual(lead)), number


async def drafted_already(uow: UnitOfWork, wish: Wish) -> OutreachMessage | None:
    """The unsent message that a wish is content with, if there is one. Whoever asks was let in."""
    if not wish.unless_drafted:
        return None
    rows = await Repository(uow.session, OutreachMessage).get_all(
        OutreachMessage.lead_id == wish.lead_id,
        OutreachMessage.format == wish.format,
        OutreachMessage.sequence_number == wish.number,
        OutreachMessage.status.in_(UNSENT),
        order_by=[OutreachMessage.id.desc()],
        limit=1,
    )
    return rows[0] if rows else None


async def keep_draft(
    uow: UnitOfWork, caller: Caller, wish: Wish, draft: DraftText, hashes: ContactHashes
) -> OutreachMessage | Declined:
    """Keep a text that may stand; its lead becomes drafted. The caller's role and suppressions are looked at again.

    Raises NotFound, Forbidden.
    """
    present = await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER)
    await hold_suppressions(uow, present.workspace_id)
    await lead_of(uow, caller, wish.lead_id, ProjectRole.MEMBER, for_update=True)
    if there := await drafted_already(uow, wish):
        return there
    kind, number = _type_of(wish), wish.number
    try:
        return await keep_generated(
            uow, caller, wish.lead_id, draft, hashes, message_type=kind, sequence_number=number
        )
    except Conflict as conflict:
        if conflict.error_code != SUPPRESSED:
            raise
        return Declined(conflict.message)


async def _suppressed(uow: UnitOfWork, lead: Lead, hashes: ContactHashes) -> str | None:
    found = await forbidding(uow, lead.workspace_id, contact_of(lead), hashes)
    return found.reason.value if found else None


async def _newest(
    uow: UnitOfWork, lead: Lead, statuses: tuple[OutreachStatus, ...]
) -> OutreachMessage | None:
    rows = await Repository(uow.session, OutreachMessage).get_all(
        OutreachMessage.lead_id == lead.id,
        OutreachMessage.status.in_(statuses),
        order_by=[OutreachMessage.id.desc()],
        limit=1,
    )
    return rows[0] if rows else None


def _planned(message: OutreachMessage) -> ThreadMessage:
    """A message that will have gone out before the one that is being written."""
    return ThreadMessage(
        id=message.id,
        format=message.format.value,
        status=message.status.value,
        sequence_number=message.sequence_number,
        subject=message.subject,
        text=message.content,
        at=message.created_at,
    )


def _usual(lead: Lead) -> OutreachFormat:
    if lead.email or not lead.linkedin_url:
        return OutreachFormat.EMAIL_COLD
    return OutreachFormat.LINKEDIN_CONNECTION


def _following(form: OutreachFormat) -> OutreachFormat:
    """What follows a message: a connection request is followed by a message to the new connection."""
    return OutreachFormat.LINKEDIN_MESSAGE if form is OutreachFormat.LINKEDIN_CONNECTION else form


def _type_of(wish: Wish) -> OutreachMessageType:
    if wish.is_followup:
        return OutreachMessageType.FOLLOW_UP
    if wish.format is OutreachFormat.LINKEDIN_CONNECTION:
        return OutreachMessageType.CONNECTION_REQUEST
    return OutreachMessageType.INITIAL_OUTREACH
