"""A brief for a letter, read by its form: sections, labelled items, quoted values. Nothing else is known of who wrote it."""

import re
from dataclasses import dataclass

from tests.sandbox.language.lexicon import LANGUAGES, fold, language

ASKED = re.compile(r"`DECLINE: `")
VALUE = re.compile(r"“([^”]*)”")
ITEM = re.compile(
    r"^\[([^\]\n]+)\] “([^”]*)” of “[^”]*”[^\n]*\n<untrusted-evidence>\n(.*?)\n</untrusted-evidence>$",
    re.MULTILINE | re.DOTALL,
)
FACT = re.compile(r"^- \[([^\]\n]+)\] “(.*)”$", re.MULTILINE)
WRITTEN = re.compile(r"^<untrusted-message>\n(.*?)\n</untrusted-message>$", re.MULTILINE | re.DOTALL)
RECEIVED = re.compile(r"^“(?:received|reply|answered)", re.MULTILINE)
OBJECTION = re.compile(r"^- “(.*?)”: (.*)$", re.MULTILINE)
BODY = re.compile(r"body at most (\d+) characters")
SUBJECT = re.compile(r"subject\s+at most (\d+) characters")


@dataclass(frozen=True)
class Brief:
    """What a letter is to be written from."""

    code: str
    """The language to write in."""
    first_name: str
    company: str
    sender: str
    """The sender's first name."""
    evidence: tuple[tuple[str, str, str], ...]
    """(id, kind, text), newest first."""
    facts: tuple[str, ...]
    """What may be said about the sender."""
    thread: tuple[str, ...]
    answered: bool
    longest: int
    longest_subject: int | None
    pain: str
    """What the experiment says of them."""
    objections: tuple[tuple[str, str], ...] | None
    """(sentence, why) of an earlier draft; None when this is the first."""


def is_letter(text: str) -> bool:
    """Whether a brief asks for a letter."""
    return ASKED.search(text) is not None


def read_brief(text: str) -> Brief:
    """The brief in the text."""
    packet, sender, channel = (section(text, name) for name in ("packet", "sender", "channel"))
    to = next((line for line in packet.splitlines() if line.startswith("To: ")), "")
    name, _, company = ([*VALUE.findall(to), "", "", ""])[:3]
    thread = section(text, "thread")
    longest, subject = BODY.search(channel), SUBJECT.search(channel)
    revision = section(text, "revision")
    return Brief(
        code=_language(packet),
        first_name=(name.split() or [""])[0],
        company=company,
        sender=([*VALUE.findall(sender), ""])[0].split(" ")[0],
        evidence=tuple(ITEM.findall(packet)),
        facts=tuple(words for _, words in FACT.findall(sender)),
        thread=tuple(WRITTEN.findall(thread)),
        answered=RECEIVED.search(thread) is not None,
        pain=" ".join(VALUE.findall(section(text, "experiment"))),
        longest=int(longest.group(1)) if longest else 1000,
        longest_subject=int(subject.group(1)) if subject else None,
        objections=tuple(OBJECTION.findall(revision)) if revision else None,
    )


def section(text: str, name: str) -> str:
    """What stands in the last section of this name; empty when there is none."""
    found = re.findall(rf"^<{name}>\n(.*?)^</{name}>$", text, re.MULTILINE | re.DOTALL)
    return str(found[-1]) if found else ""


def _language(packet: str) -> str:
    """The language that the packet names, by any of its names; English when it is none we write."""
    wanted = re.search(r"Write in “([^”]*)”", packet)
    spoken = fold(wanted.group(1)) if wanted else ""
    known = (code for code in LANGUAGES if spoken in {fold(name) for name in language(code)["name"]})
    return next(known, "en")
