"""What a message has to keep before it can be queued, and what of its claims outlives an edit."""

from typing import Any

from persistence.models.outreach import OutreachFormat, OutreachMessage
from persistence.models.sender_profile import LinkedinTier
from tools.errors import Conflict, FieldError, Invalid

LONGEST: dict[OutreachFormat, int] = {
    OutreachFormat.LINKEDIN_MESSAGE: 8_000,
    OutreachFormat.LINKEDIN_INMAIL: 1_900,
}
CONNECTION_NOTE = {LinkedinTier.PREMIUM: 300, LinkedinTier.SALES_NAVIGATOR: 300}
FREE_NOTE = 200
"""Characters of a note with a connection request, by the sender's account; 200 when nothing is known of it."""

WITH_SUBJECT = frozenset(
    {OutreachFormat.EMAIL_COLD, OutreachFormat.EMAIL_WARM, OutreachFormat.LINKEDIN_INMAIL}
)


def require_ready(message: OutreachMessage, tier: LinkedinTier | None) -> None:
    """Raise unless the message may be queued: Conflict for a failed check, Invalid for what the channel doesn't take."""
    failed = [str(check.get("name")) for check in message.checks if check.get("passed") is False]
    if failed:
        raise Conflict(
            f"The draft failed a check: {', '.join(failed)}.", code="checks_failed", extra={"failed": failed}
        )
    longest = LONGEST.get(message.format)
    if message.format is OutreachFormat.LINKEDIN_CONNECTION:
        longest = CONNECTION_NOTE.get(tier, FREE_NOTE) if tier else FREE_NOTE
    errors = []
    if longest is not None and len(message.content) > longest:
        errors.append(
            FieldError("/content", f"It may have {longest} characters here; it has {len(message.content)}.")
        )
    if message.subject is None and message.format in WITH_SUBJECT:
        errors.append(FieldError("/subject", "This format needs a subject."))
    if errors:
        raise Invalid("The message does not fit its channel.", errors, code="channel_rule")


def claims_in(text: str, claims: list[Any]) -> list[Any]:
    """The claims whose sentence still stands in an edited text, found anew; the others went with their words."""
    found = []
    for claim in claims:
        start = text.find(claim.get("text") or "\0")
        if start >= 0:
            found.append({**claim, "start": start, "end": start + len(claim["text"])})
    return found
