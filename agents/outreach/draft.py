"""Draft: a model writes the message from the packet, or declines."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.answering import answer, forbidden_by_now
from agents.outreach.state import OutreachState
from prompts import render
from tools.outreach.drafter import Wish, Written
from tools.outreach.evidence import EvidencePacket
from tools.outreach.writing.briefing import prompt_inputs


async def draft(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The model's first answer, unchecked. Raises ModelFailure, NotFound, Forbidden."""
    await runtime.context.tell(Written("node", "draft"))
    packet, wish = EvidencePacket.model_validate(state["packet"]), Wish.from_json(state["wish"])
    if refusal := await forbidden_by_now(runtime.context, wish):
        return {"refusal": refusal}
    prompt = render("outreach/draft", **prompt_inputs(packet, wish))
    return {"answers": [await answer(runtime.context, prompt)]}
