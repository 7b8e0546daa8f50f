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
from agents.nodes import add_node


async def first(state: FiltersState) -> Literal["draft", "count"]:
    """Given filters are counted at once. A coroutine, for LangGraph would call a plain function in another thread."""
    return "count" if state.get("asked") else "draft"


def after_check(state: FiltersState) -> Literal["draft", "count", "__end__"]:
    """Mend unknown words once; count what there is; end when there is nothing."""
    if wants_repair(state):
        return "draft"
    return "count" if state["asked"] else "__end__"


def after_count(state: FiltersState) -> Literal["count", "__end__"]:
    """Another count while the search wants one."""
    return "__end__" if state["following"] is None else "count"


def build() -> StateGraph[FiltersState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(FiltersState, context_schema=GraphContext)
    graph.add_conditional_edges(START, first)
    add_node(graph, draft)
    graph.add_edge("draft", "places")
    add_node(graph, places)
    graph.add_edge("places", "check")
    add_node(graph, check, after_check)
    add_node(graph, count, after_count)
    return graph
