"""Messages that a model drafted: kept, edited and queued only with what code finds in them, in the same transaction.

A message is a generated one as long as it holds evidence; nothing in the API writes or removes that. It is checked when it is
kept, again when a person edits it (their words rest on the same evidence, or they are told what does not), and again when it
is queued, against what is stored then: evidence grows old, facts are withdrawn. What a person writes from nothing is their
own word: it keeps to its channel and to suppressions, and nobody looks for evidence in it.
"""

import asyncio

from persistence.models.lead import Lead
from persistence.models.outreach import OutreachFormat, OutreachMessage, OutreachMessageType, OutreachStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Caller
from tools.errors import Conflict
from tools.leads.queries import lead_of
from tools.messages.contact import contact_of
from tools.messages.settling import settle_lead
from tools.outreach.checks import Review, check_draft, objections
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.packet import packet_of
from tools.outreach.signature import with_signature
from tools.suppressions.hashing import ContactHashes
from tools.suppressions.service import forbidding, hold_suppressions

MARK = "lead.fullName"
"""Evidence that every generated message keeps."""


async def keep_generated(
    uow: UnitOfWork,
    caller: Caller,
    lead_id: LeadID,
    draft: DraftText,
    hashes: ContactHashes,
    *,
    message_type: OutreachMessageType = OutreachMessageType.INITIAL_OUTREACH,
    sequence_number: int = 1,
) -> OutreachMessage:
    """Keep a draft with its claims, evidence and checks; its lead becomes drafted. The signature is added here.

    A draft that failed a hard check is kept too, and can't be queued until it is mended. Raises NotFound, Forbidden, and
    Conflict (`suppressed`) for a lead that nobody may write to.
    """
    present = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
    await hold_suppressions(uow, present.workspace_id)
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    await require_unsuppressed(uow, lead, hashes)
    packet = await packet_of(uow, lead)
    whole = draft.model_copy(update={"body": with_signature(draft.body, draft.format, packet.sender)})
    message = OutreachMessage(
        lead_id=lead.id,
        campaign_id=lead.campaign_id,
        format=OutreachFormat(draft.format),
        message_type=message_type,
        is_followup=draft.is_followup,
        sequence_number=sequence_number,
        subject=whole.subject,
        content=whole.body,
    )
    _note(message, await _checked(whole, packet), packet)
    await Repository(uow.session, OutreachMessage).create(message)
    await settle_lead(uow, caller.user_id, lead, OutreachStatus.DRAFT)
    return message


def is_generated(message: OutreachMessage) -> bool:
    """Whether a model drafted the message."""
    return bool(message.evidence)


async def check_again(uow: UnitOfWork, message: OutreachMessage, lead: Lead) -> Review:
    """Check a generated message against what is stored now, and note what was found on it."""
    packet = await packet_of(uow, lead, without=message.id)
    draft = DraftText(
        format=message.format.value,
        subject=message.subject,
        body=message.content,
        is_followup=message.is_followup,
    )
    review = await _checked(draft, packet)
    _note(message, review, packet)
    return review


def require_queueable(review: Review) -> None:
    """Raise Conflict, naming each hard check that failed and the sentences nothing carries, unless all hold."""
    failed = [check for check in review.checks if check.hard and not check.passed]
    if not failed:
        return
    raise Conflict(
        f"The draft failed a check: {', '.join(check.name for check in failed)}. {failed[0].detail or ''}".strip(),
        code="checks_failed",
        extra={
            "failed": [check.name for check in failed],
            "objections": objections(review),
            "claims": [claim.model_dump(by_alias=True) for claim in review.claims if not claim.evidence_ids],
        },
    )


async def require_unsuppressed(uow: UnitOfWork, lead: Lead, hashes: ContactHashes) -> None:
    """Raise Conflict when nobody may write to this lead. `hold_suppressions` has to be asked before the lead is locked."""
    found = await forbidding(uow, lead.workspace_id, contact_of(lead), hashes)
    if found is not None:
        raise Conflict(
            f"This lead may not be written to: there is a suppression for `{found.reason.value}`.",
            code="suppressed",
            extra={"suppressionId": found.id if found.workspace_id is not None else None},
        )


async def _checked(draft: DraftText, packet: EvidencePacket) -> Review:
    """Reading a draft beside all its evidence takes a few hundredths of a second: other requests go on meanwhile."""
    return await asyncio.to_thread(check_draft, draft, packet)


def _note(message: OutreachMessage, review: Review, packet: EvidencePacket) -> None:
    cited = {item.id for item in review.evidence} | {MARK}
    message.claims = [claim.model_dump(mode="json", by_alias=True) for claim in review.claims]
    message.evidence = [item.model_dump(mode="json") for item in packet.evidence if item.id in cited] or [
        {"id": MARK}
    ]
    message.checks = [check.model_dump(mode="json", by_alias=True) for check in review.checks]
