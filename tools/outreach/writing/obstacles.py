"""What keeps a message from being written at all: found by code before any model is asked, so that it costs nothing."""

from persistence.models.outreach import OutreachFormat, OutreachStatus
from tools.moves import ANSWERS
from tools.outreach.drafter import Declined, Wish
from tools.outreach.evidence import EvidencePacket, Subject
from tools.outreach.formats import FORMATS

FIRST_TOUCH = frozenset(
    {OutreachFormat.EMAIL_COLD, OutreachFormat.LINKEDIN_CONNECTION, OutreachFormat.LINKEDIN_INMAIL}
)
"""Formats that nobody writes to who has answered."""
REFUSED = frozenset({"unqualified", "rejected"})
BROKEN_OFF = frozenset({OutreachStatus.BOUNCED.value, OutreachStatus.FAILED.value})
NAMED = frozenset({"lead.fullName", "lead.company", "lead.companyDomain"})
"""Evidence that says who somebody is, and nothing about them."""


def obstacle(packet: EvidencePacket, wish: Wish, *, suppressed: str | None = None) -> Declined | None:
    """Why no message is to be written, or None. `suppressed`: the reason of a suppression that forbids it."""
    if suppressed is not None:
        return forbidden(suppressed)
    return _ended(packet, wish) or _out_of_order(packet, wish) or _unknown(packet)


def forbidden(reason: str) -> Declined:
    """No message to somebody who is suppressed."""
    return Declined(f"This lead may not be written to: there is a suppression for `{reason}`.")


def _ended(packet: EvidencePacket, wish: Wish) -> Declined | None:
    """The sequence is over: they answered, turned us down, or mail does not reach them."""
    if packet.outcome in REFUSED:
        return Declined(f"The lead's outcome is `{packet.outcome}`: nothing more is written to them.")
    stops = wish.is_followup or wish.format in FIRST_TOUCH
    replied = any(message.answered_at for message in packet.thread)
    if stops and (replied or packet.outcome in {outcome.value for outcome in ANSWERS}):
        return Declined("The lead has answered: the sequence stops, and a person goes on with the talk.")
    if stops and any(message.status in BROKEN_OFF for message in packet.thread):
        return Declined(
            "A message to this lead did not arrive: the sequence stops.", ("An address that takes mail.",)
        )
    return None


def _out_of_order(packet: EvidencePacket, wish: Wish) -> Declined | None:
    """Something has to have gone out before this message."""
    if wish.is_followup and not packet.thread:
        return Declined(
            "Nothing was sent to this lead yet, so there is nothing to follow up.",
            ("A message to this lead that is marked as sent.",),
        )
    if FORMATS[wish.format].needs_contact and not packet.thread and packet.outcome is None:
        return Declined(
            "A warm e-mail names an earlier contact, and none is recorded.",
            ("A message that was sent, or an outcome.",),
        )
    return None


def _unknown(packet: EvidencePacket) -> Declined | None:
    """Nothing is known but who they are."""
    telling = [item for item in packet.of(Subject.LEAD, Subject.COMPANY) if item.id not in NAMED]
    if telling:
        return None
    dropped = [f"{item.id} was left out: {item.detail}" for item in packet.left_out[:5]]
    company = packet.lead.company or "the company"
    return Declined(
        "Nothing stored says anything about this person or the company.",
        (f"A page or a signal of {company}, or the lead's position.", *dropped),
    )
