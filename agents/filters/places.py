"""Places: asks Wiza under which names it knows the places of the newest draft. No model, and free of credits."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.filters.state import FiltersState
from tools.filters.places import queries


async def places(state: FiltersState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """What Wiza offers for each place that was not asked for before. Raises a WizaFailure."""
    known = dict(state.get("places", {}))
    for query in queries(state["drafted"]):
        if query not in known:
            known[query] = await runtime.context.prospects.places(query)
    return {"places": known}
