"""Count: asks how many people the next setting has, and decides by all counts so far what comes after. No model."""

import asyncio
from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.filters.state import FiltersState
from tools.filters.run import Counted, counts_of, moves_of
from tools.filters.search import MOST_COUNTS, next_point


async def count(state: FiltersState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """One counted step: what was asked for is the first. Free of credits. Raises a WizaFailure."""
    asked = state["asked"]
    assert asked is not None
    moves, band = moves_of(asked)
    point = tuple(state.get("following") or moves.start)
    found = await runtime.context.prospects.count(moves.filters(point))
    counted: list[Counted] = [*state.get("counted", []), {"point": list(point), "count": found}]
    if len(counted) >= asked.get("most", MOST_COUNTS):
        return {"counted": counted, "following": None}
    # Thousands of settings are compared: other requests are not to wait for that.
    following = await asyncio.to_thread(next_point, moves, band, counts_of(counted))
    return {"counted": counted, "following": None if following is None else list(following)}
