"""Outreach: the product's own checks of a message, each a scorer, and whether it declines when it should."""

from collections.abc import Iterator
from functools import lru_cache

from evals.dataset.conversation import Message
from evals.scorers.score import Case, Finding, Grade
from persistence.models.outreach import OutreachFormat
from tools.outreach.checks import Review, check_draft
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.formats import FORMATS

HARD_CHECKS = (
    "supported_claims",
    "honest_about_us",
    "no_unfilled_slot",
    "no_broken_token",
    "right_name",
    "right_language",
    "honest_subject",
    "fits_channel",
    "fit_for_note",
    "sender_identity",
    "opt_out",
    "earlier_contact",
)
"""Two are left out because nothing can fail them alone: claims are read against this lead's packet, and what is called recent
and is not carries no claim (`supported_claims`).
"""
SOFT_CHECKS = ("one_ask", "about_them", "length", "no_stock_phrases", "unlike_other_drafts", "specific")


def declines_when_it_should(case: Case) -> Iterator[Finding]:
    """It declines where the evidence does not carry a message, and writes where it does."""
    wanted = case.conversation.expect.decline
    for message in case.output.artifacts.outreach:
        if wanted is None:
            yield Finding(None)
            return
        declined = message.declined is not None
        yield Finding(declined == wanted, "it declined" if declined else "it wrote all the same")


def decline_has_reason(case: Case) -> Iterator[Finding]:
    """A decline says why, in a sentence the founder can act on."""
    for message in case.output.artifacts.outreach:
        if message.declined is not None:
            yield Finding(len(message.declined.split()) >= 4, "the reason is missing or too short")


def known_format(case: Case) -> Iterator[Finding]:
    """It is the format that was wished for, with a subject where its channel has one."""
    for message in case.output.artifacts.outreach:
        wished = (case.conversation.setup.wish or {}).get("format")
        if message.format != wished:
            yield Finding(False, f"{message.format} instead of {wished}")
        elif message.declined is None:
            needs = FORMATS[OutreachFormat(message.format)].has_subject
            yield Finding(
                needs == bool(message.subject),
                "a subject is missing" if needs else "its channel has no subject",
            )


def of_check(name: str) -> Grade:
    """A scorer that is one of the product's checks."""

    def grade(case: Case) -> Iterator[Finding]:
        packet = case.conversation.setup.packet
        for message in case.output.artifacts.outreach:
            if message.declined is not None or packet is None:
                continue
            for check in _reviewed(
                message.model_dump_json(), EvidencePacket.model_validate(packet).model_dump_json()
            ).checks:
                if check.name == name:
                    yield Finding(check.passed, check.detail or "", value=check.score)

    grade.__doc__ = f"The product's check `{name}` holds."
    return grade


@lru_cache(maxsize=8)
def _reviewed(message: str, packet: str) -> Review:
    """The checks of a message. One message is asked about by many scorers in a row."""
    said = Message.model_validate_json(message)
    draft = DraftText(format=said.format, subject=said.subject, body=said.body)
    return check_draft(draft, EvidencePacket.model_validate_json(packet))
