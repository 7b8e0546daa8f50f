"""Activity: a model reads the posts, code keeps what their words carry. Nothing here writes."""

from typing import Any

from langgraph.graph import START, StateGraph

from agents.activity.analysis import analysis
from agents.activity.check import check
from agents.activity.state import ActivityState
from agents.context import GraphContext
from agents.nodes import add_node


def build() -> StateGraph[ActivityState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(ActivityState, context_schema=GraphContext)
    for node in (analysis, check):
        add_node(graph, node)
    graph.add_edge(START, "analysis")
    graph.add_edge("analysis", "check")
    return graph
