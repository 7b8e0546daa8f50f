"""What the prompts of the drafter are told: the packet's evidence as bounded plain values. No judgement is made here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tools.discovery.language import NAMES, detect_language
from tools.outreach.drafter import Wish
from tools.outreach.evidence import Evidence, EvidencePacket, Subject, ThreadMessage
from tools.outreach.formats import FORMATS

MOST_ITEMS = 40
EVIDENCE_LENGTH = 24_000
"""Characters of evidence that a prompt shows: the newest, signals before pages and fields."""
MAIL_CHARACTERS = 1_500
"""What a model is told where the channel has no limit of its own."""
SHOWN_MESSAGES = 6
PLAIN = frozenset({"field", "page"})


def prompt_inputs(packet: EvidencePacket, wish: Wish) -> dict[str, Any]:
    """The inputs that both prompts have."""
    sender, form = packet.sender, FORMATS[wish.format]
    experiment = packet.experiment
    return {
        "sender": {
            "name": sender.name or "",
            "role": sender.title or "",
            "company": sender.company or "",
            "facts": [{"id": item.id, "text": item.text} for item in packet.evidence if item.kind == "fact"],
            "customers": sender.customers,
        },
        "style_guide": style_lines(sender.style_guide or {}),
        "wishes": {"tone": wish.tone, "instructions": wish.instructions},
        "experiment": experiment.model_dump()
        if experiment
        else dict.fromkeys(("persona", "pain", "trigger", "angle"), ""),
        "channel": {
            "format": wish.format.value,
            "max_characters": form.limit(sender.linkedin_tier) or MAIL_CHARACTERS,
            "max_subject": form.max_subject.value if form.max_subject else None,
            "number": wish.number,
        },
        "lead": {
            "name": packet.lead.name,
            "title": packet.lead.title or "",
            "company": packet.lead.company or "",
        },
        "evidence": [_item(item) for item in shown_evidence(packet)],
        "thread": [_message(message) for message in packet.thread[-SHOWN_MESSAGES:]],
        "language": language_of(packet),
        "today": packet.now.date().isoformat(),
    }


def shown_evidence(packet: EvidencePacket) -> list[Evidence]:
    """What a prompt shows of the evidence about lead and company."""
    oldest = datetime.min.replace(tzinfo=UTC)
    found = sorted(
        packet.of(Subject.LEAD, Subject.COMPANY), key=lambda item: item.observed_at or oldest, reverse=True
    )
    found.sort(key=lambda item: item.kind in PLAIN)
    shown: list[Evidence] = []
    left = EVIDENCE_LENGTH
    for item in found[:MOST_ITEMS]:
        left -= len(item.text)
        if left >= 0:
            shown.append(item)
    return shown


def style_lines(guide: dict[str, object]) -> str:
    """The founder's style guide, a line a subject."""
    lines = []
    for name, value in guide.items():
        said = (
            ", ".join(map(str, value))
            if isinstance(value, Sequence) and not isinstance(value, str)
            else value
        )
        if said:
            lines.append(f"{name.replace('_', ' ')}: {said}")
    return "\n".join(lines)


def language_of(packet: EvidencePacket) -> str:
    """The name of the language to write in: the workspace's, else that of our own words, else English."""
    code = packet.language
    if not code and packet.experiment:
        ours = [packet.experiment.pain, packet.experiment.trigger, *packet.sender.facts]
        code = detect_language(" ".join(ours))
    return NAMES.get(code or "en", code or "English")


def _item(item: Evidence) -> dict[str, Any]:
    seen = item.observed_at
    return {
        "id": item.id,
        "kind": item.kind,
        "date": seen.date().isoformat() if seen else "unknown",
        "fresh_days": item.fresh_days,
        "text": item.text,
    }


def _message(message: ThreadMessage) -> dict[str, str]:
    return {
        "direction": "sent" if message.status != "draft" else "drafted",
        "date": message.at.date().isoformat(),
        "text": "\n".join(part for part in (message.subject, message.text) if part),
    }
