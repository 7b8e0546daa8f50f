"""What is added below a text: who writes, where they are, and how to decline. It is the sender profile's, word for word."""

from collections.abc import Iterator

from persistence.models.outreach import OutreachFormat
from tools.outreach.evidence import SenderFacts
from tools.outreach.formats import FORMATS


def with_signature(body: str, form: OutreachFormat | str, sender: SenderFacts) -> str:
    """The text as it is sent: an e-mail gets sender, postal address and opt-out line; other channels know the sender.

    What stands there already is not repeated.
    """
    text = body.rstrip()
    if not FORMATS[OutreachFormat(form)].commercial_mail:
        return text
    here = {line.strip() for line in text.splitlines()}
    missing = [line for line in signature_lines(sender) if line not in here]
    return f"{text}\n\n" + "\n".join(missing) if missing else text


def signature_lines(sender: SenderFacts) -> list[str]:
    """Name, position and company, postal address, opt-out line: those that are stored."""
    position = ", ".join(part.strip() for part in (sender.title, sender.company) if part and part.strip())
    lines = [sender.name, position, *(sender.postal_address or "").splitlines(), sender.opt_out_line]
    return [line.strip() for line in lines if line and line.strip()]


def is_signature_line(text: str, start: int, end: int, sender: SenderFacts) -> bool:
    """Whether the whole line that holds this place is one of the signature: words of the profile need no evidence."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)].strip()
    return line in set(_own_lines(sender))


def _own_lines(sender: SenderFacts) -> Iterator[str]:
    yield from signature_lines(sender)
    yield from (part.strip() for part in (sender.title, sender.company) if part and part.strip())
    if sender.name:
        yield sender.name.split()[0]
