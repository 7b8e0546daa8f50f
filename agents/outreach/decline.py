"""Decline: no message, for a reason the founder can act on. No model."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.outreach.state import OutreachState, Refusal
from tools.outreach.drafter import Written

MOST = 6


async def decline(state: OutreachState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The reason that was found or given, or which checks the last revision still broke."""
    if state["answers"]:
        await runtime.context.tell(Written("reset"))
    return {"kept": False, "refusal": state["refusal"] or still_broken(state)}


def still_broken(state: OutreachState) -> Refusal:
    """Why a message that was revised in vain does not stand."""
    objections = state["objections"]
    missing = [
        f"“{item['sentence']}”: {item['why']}" if item["sentence"] else item["why"] for item in objections
    ]
    return {
        "reason": f"After {len(state['answers']) - 1} revisions the draft still said what nothing stored carries, or broke a rule.",
        "missing": missing[:MOST],
    }
