"""Revise: the model is told which sentences the checks refused, and why, and writes the message anew."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.answering import answer, forbidden_by_now
from agents.outreach.state import OutreachState
from prompts import render
from tools.outreach.drafter import Wish, Written
from tools.outreach.evidence import EvidencePacket
from tools.outreach.writing.briefing import prompt_inputs

MOST = 12
"""Objections that are told at once: the first are the ones that block."""


async def revise(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The model's next answer, unchecked. Raises ModelFailure, NotFound, Forbidden."""
    await runtime.context.tell(Written("node", "revise"))
    packet, wish = EvidencePacket.model_validate(state["packet"]), Wish.from_json(state["wish"])
    if refusal := await forbidden_by_now(runtime.context, wish):
        return {"refusal": refusal}
    prompt = render(
        "outreach/revise",
        **prompt_inputs(packet, wish),
        draft=state["answers"][-1],
        objections=state["objections"][:MOST],
    )
    return {"answers": [*state["answers"], await answer(runtime.context, prompt, again=True)]}
