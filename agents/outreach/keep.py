"""Keep: the message stands. No model."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.state import OutreachState
from tools.outreach.drafter import Written


async def keep(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """Say so; the drafter writes it down with the end of the run."""
    await runtime.context.tell(Written("node", "keep"))
    assert state["draft"] is not None
    return {"kept": True}
