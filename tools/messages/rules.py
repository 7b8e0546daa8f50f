"""What a message has to keep before it can be queued, and what of its claims outlives an edit."""

from typing import Any

from persistence.models.outreach import OutreachMessage
from persistence.models.sender_profile import LinkedinTier
from tools.errors import Conflict, FieldError, Invalid
from tools.outreach.formats import FORMATS


def require_ready(message: OutreachMessage, tier: LinkedinTier | None) -> None:
    """Raise unless the message may be queued: Conflict for a failed check, Invalid for what the channel doesn't take."""
    failed = [str(check.get("name")) for check in message.checks if _blocks(check)]
    if failed:
        raise Conflict(
            f"The draft failed a check: {', '.join(failed)}.", code="checks_failed", extra={"failed": failed}
        )
    form = FORMATS[message.format]
    longest = form.limit(tier)
    errors = []
    if longest is not None and len(message.content) > longest:
        errors.append(
            FieldError("/content", f"It may have {longest} characters here; it has {len(message.content)}.")
        )
    if message.subject is None and form.has_subject:
        errors.append(FieldError("/subject", "This format needs a subject."))
    if errors:
        raise Invalid("The message does not fit its channel.", errors, code="channel_rule")


def _blocks(check: dict[str, Any]) -> bool:
    """Whether a stored check keeps a message out of the queue; one that does not say whether it is hard does."""
    return check.get("passed") is False and check.get("hard") is not False


def claims_in(text: str, claims: list[Any]) -> list[Any]:
    """The claims whose sentence still stands in an edited text, found anew; the others went with their words."""
    found = []
    for claim in claims:
        start = text.find(claim.get("text") or "\0")
        if start >= 0:
            found.append({**claim, "start": start, "end": start + len(claim["text"])})
    return found
