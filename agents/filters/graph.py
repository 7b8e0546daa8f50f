"""Filters: one counted step after the other, each kept before the next, until the band is reached or nothing is left.

Nothing here writes; a run that broke off goes on behind the last count.
"""

from typing import Any, Literal

from langgraph.graph import START, StateGraph

from agents.context import GraphContext
from agents.filters.count import count
from agents.filters.state import FiltersState


async def after_count(state: FiltersState) -> Literal["count", "__end__"]:
    """Another count while the search wants one."""
    return "__end__" if state["following"] is None else "count"


def build() -> StateGraph[FiltersState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(FiltersState, context_schema=GraphContext)
    graph.add_node(count)
    graph.add_edge(START, "count")
    graph.add_conditional_edges("count", after_count)
    return graph
