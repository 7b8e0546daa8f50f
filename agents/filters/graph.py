"""Filters: drafted by a model and checked by code where none are given, then one counted step after the other.

Each draft and each count is kept before the next: a run that broke off goes on behind the last. Nothing here writes.
"""

from typing import Any, Literal

from langgraph.graph import START, StateGraph

from agents.context import GraphContext
from agents.filters.check import check, wants_repair
from agents.filters.count import count
from agents.filters.draft import draft
from agents.filters.places import places
from agents.filters.state import FiltersState
from agents.tracing import traced


async def first(state: FiltersState) -> Literal["draft", "count"]:
    """Given filters are counted at once."""
    return "count" if state.get("asked") else "draft"


async def after_check(state: FiltersState) -> Literal["draft", "count", "__end__"]:
    """Mend unknown words once; count what there is; end when there is nothing."""
    if wants_repair(state):
        return "draft"
    return "count" if state["asked"] else "__end__"


async def after_count(state: FiltersState) -> Literal["count", "__end__"]:
    """Another count while the search wants one."""
    return "__end__" if state["following"] is None else "count"


def build() -> StateGraph[FiltersState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(FiltersState, context_schema=GraphContext)
    for node in (draft, places, check, count):
        graph.add_node(traced(node))
    graph.add_conditional_edges(START, first)
    graph.add_edge("draft", "places")
    graph.add_edge("places", "check")
    graph.add_conditional_edges("check", after_check)
    graph.add_conditional_edges("count", after_count)
    return graph
