"""Drafts for people to read: each lead's message or refusal, what it rests on, and what was checked, as Markdown."""

from collections.abc import Iterator
from typing import Any

from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from tools.outreach.drafter import Declined


def section(number: int, lead: Lead, state: dict[str, Any], found: OutreachMessage | Declined) -> str:
    """One lead's section; `state` is the run's last."""
    head = f"## {number}. {lead.full_name}, {lead.job_title or 'position unknown'}, {lead.company}"
    body = _declined(state, found) if isinstance(found, Declined) else _message(found)
    return "\n".join([head, "", *body, ""])


def _message(message: OutreachMessage) -> Iterator[str]:
    yield f"**Kept as a draft** ({message.format.value}, message {message.sequence_number} of the sequence)"
    yield ""
    if message.subject:
        yield f"> **Subject:** {message.subject}"
        yield ">"
    yield from (f"> {line}".rstrip() for line in message.content.splitlines())
    yield ""
    yield "| sentence | rests on |"
    yield "|---|---|"
    for claim in message.claims:
        yield f"| {claim['text']} | {', '.join(claim['evidenceIds']) or claim['objection']} |"
    yield ""
    for item in message.evidence:
        seen = f", seen {item['observed_at'][:10]}" if item.get("observed_at") else ""
        yield f"- `{item['id']}` ({item['source']}{seen}): “{' '.join(item['text'].split())}”"
    yield ""
    yield from _checks(message.checks)


def _declined(state: dict[str, Any], declined: Declined) -> Iterator[str]:
    yield f"**Declined:** {declined.reason}"
    yield ""
    yield from (f"- needed: {item}" for item in declined.missing)
    for number, answer in enumerate(state["answers"], 1):
        yield ""
        yield f"Draft {number} of the model, which does not stand:"
        yield ""
        yield from (f"> {line}".rstrip() for line in answer.splitlines())
    if not state["answers"]:
        yield "No model was asked."


def _checks(checks: list[dict[str, Any]]) -> Iterator[str]:
    for hard, name in ((True, "Must hold"), (False, "Scores")):
        told = [
            f"{item['name']} {'✓' if item['passed'] else '✗ ' + str(item['detail'])}"
            for item in checks
            if item["hard"] is hard
        ]
        yield f"{name}: {' · '.join(told)}"
        yield ""
