"""Worldview: a model drafts statements, code keeps those that stored words carry, at most two drafts.

Nothing here writes: what is kept goes to the workspace by the service, once the run is over.
"""

from typing import Any, Literal

from langgraph.graph import START, StateGraph

from agents.context import GraphContext
from agents.nodes import add_node
from agents.worldview.check import check, enough
from agents.worldview.draft import draft
from agents.worldview.state import WorldviewState


def after_check(state: WorldviewState) -> Literal["draft", "__end__"]:
    """Another draft when too little was left of the first."""
    return "__end__" if enough(state) else "draft"


def build() -> StateGraph[WorldviewState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(WorldviewState, context_schema=GraphContext)
    graph.add_edge(START, "draft")
    add_node(graph, draft)
    graph.add_edge("draft", "check")
    add_node(graph, check, after_check)
    return graph
