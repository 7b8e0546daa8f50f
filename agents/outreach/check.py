"""Check: code reads the newest answer, finds its claims, and holds it to every rule. No model has a say here."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.state import Objection, OutreachState
from tools.outreach.checks import Review, check_draft
from tools.outreach.drafter import Declined, Wish
from tools.outreach.evidence import DraftText, EvidencePacket
from tools.outreach.formats import FORMATS
from tools.outreach.signature import with_signature
from tools.outreach.writing.letter import read_answer

OURS = frozenset({"sender_identity", "opt_out"})
"""Checks that only the sender profile can mend. A draft that fails nothing else is kept, and waits for the profile."""


async def check(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The message as it would be sent, with its claims and checks, and what has to be mended in it."""
    packet, wish = EvidencePacket.model_validate(state["packet"]), Wish.from_json(state["wish"])
    found = read_answer(state["answers"][-1], FORMATS[wish.format])
    if isinstance(found, Declined):
        refusal = {"reason": found.reason, "missing": list(found.missing)}
        return {"refusal": refusal, "draft": None, "review": None, "objections": []}
    text = DraftText(
        format=wish.format.value,
        subject=found.subject,
        body=with_signature(found.body, wish.format, packet.sender),
        is_followup=wish.is_followup,
    )
    review = check_draft(text, packet, suppressed=state.get("suppressed"))
    return {
        "draft": text.model_dump(mode="json"),
        "review": review.model_dump(mode="json", by_alias=True),
        "objections": objections_to(review) if blocked(review) else [],
    }


def blocked(review: Review) -> bool:
    """Whether a hard check failed that the writer can mend."""
    return any(item.hard and not item.passed and item.name not in OURS for item in review.checks)


def objections_to(review: Review) -> list[Objection]:
    """What the writer has to mend: sentences that nothing carries, then failed hard checks, then scores that fell short."""
    sentences = [
        Objection(sentence=claim.text, why=claim.objection) for claim in review.claims if claim.objection
    ]
    failed = [item for item in review.checks if not item.passed and item.name not in OURS]
    failed.sort(key=lambda item: not item.hard)
    return sentences + [Objection(sentence="", why=f"{item.name}: {item.detail}") for item in failed]
