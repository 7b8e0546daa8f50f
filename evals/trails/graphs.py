"""Edges: those that the graphs draw, and those that a run took, read from the checkpoints that it left."""

from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END
from langgraph.graph.state import CompiledStateGraph

from agents.pictures import GRAPHS
from evals.runs.ways import edge, trail

Graph = CompiledStateGraph[Any, Any, Any, Any]


def drawn_edges() -> list[str]:
    """Every edge of every graph of the product, those that are chosen at run time too: routers say where they may lead."""
    drawn = {name: build().compile().get_graph().edges for name, build in GRAPHS.items()}
    found = (edge(name, each.source, each.target) for name, edges in drawn.items() for each in edges)
    return list(dict.fromkeys(found))


async def trails_of(name: str, graph: Graph, thread: RunnableConfig) -> list[str]:
    """The trail of each run that the graph's checkpointer has of a thread, in their order.

    A run that broke off, or waits for somebody, ends with the node that it stands before; one that goes on from a given state
    begins with the first node of its own.
    """
    runs: list[list[str]] = []
    history = [snapshot async for snapshot in graph.aget_state_history(thread)]
    for snapshot in reversed(history):
        if not runs or (snapshot.metadata or {}).get("source") != "loop":
            runs.append([])
        runs[-1].append("+".join(sorted(set(snapshot.next))) or END)
    return [trail(name, steps) for steps in runs if steps != [END]]
