"""Packet: gathers what is stored about the lead and us, and whether anything forbids writing. No model."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.state import OutreachState
from tools.messages.drafting import gather
from tools.outreach.drafter import Wish, Written
from tools.outreach.writing.obstacles import obstacle


async def packet(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The packet, kept for all later steps and attempts. Raises NotFound, Forbidden."""
    await runtime.context.tell(Written("node", "packet"))
    context, wish = runtime.context, Wish.from_json(state["wish"])
    async with context.database.unit_of_work() as uow:
        gathered = await gather(uow, context.caller, wish, context.hashes)
    declined = obstacle(gathered.packet, wish, suppressed=gathered.suppressed)
    return {
        "packet": gathered.packet.model_dump(mode="json"),
        "suppressed": gathered.suppressed,
        "answers": [],
        "refusal": {"reason": declined.reason, "missing": list(declined.missing)} if declined else None,
    }
