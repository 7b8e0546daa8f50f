"""Check: code keeps the words Wiza knows and lays them under what may not be touched. No model has a say here."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.filters.state import FiltersState
from tools.filters.drafting import checked
from tools.filters.run import drafted_of

DRAFTS = 2


async def check(state: FiltersState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """What is counted of the newest draft, and the words that were left out of it."""
    found = checked(state["drafted"], state.get("places", {}))
    return {"asked": drafted_of(state["question"], found), "refused": found["refused"]}


def wants_repair(state: FiltersState) -> bool:
    """Whether the model is to mend unknown words: once at most."""
    return bool(state["refused"]) and state["drafts"] < DRAFTS
