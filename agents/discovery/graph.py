"""Discovery: a conversation that ends in five experiments.

Each turn the orchestrator reads the state and plans the way. An ordinary turn speaks first (`followup`) and notes what was
said afterwards. A turn that makes experiments notes first, drafts, and ends in `execution`, which waits for approval and
is the only node that writes. The edges are coroutines only because LangGraph calls plain functions in another thread.
"""

from typing import Any, Literal

from langgraph.graph import START, StateGraph

from agents.context import TurnContext
from agents.discovery.execution import execution
from agents.discovery.followup import followup
from agents.discovery.orchestrator import orchestrator
from agents.discovery.output import output
from agents.discovery.planning import next_step
from agents.discovery.state import StoredState
from agents.discovery.strategy import strategy
from agents.discovery.style import style
from agents.tracing import traced


async def first(state: StoredState) -> Literal["followup", "strategy", "execution"]:
    """Talk, work towards experiments, or act at once."""
    step = state["plan"]["steps"][0]
    return "execution" if step == "execution" else "strategy" if step == "strategy" else "followup"


async def after_followup(state: StoredState) -> Literal["strategy", "__end__"]:
    """Note what was said, unless this was only the word about a refused set."""
    return "__end__" if state["plan"]["mode"] == "refused" else "strategy"


async def after_strategy(state: StoredState) -> Literal["style", "output", "__end__"]:
    """Go on as planned."""
    step = next_step(state, "strategy")
    return "style" if step == "style" else "output" if step == "output" else "__end__"


async def after_style(state: StoredState) -> Literal["output", "__end__"]:
    """Go on as planned."""
    return "output" if next_step(state, "style") == "output" else "__end__"


async def after_output(state: StoredState) -> Literal["execution", "followup"]:
    """A good set waits for approval; a refused one is explained."""
    return "followup" if state["plan"]["mode"] == "refused" else "execution"


def build() -> StateGraph[StoredState, TurnContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(StoredState, context_schema=TurnContext)
    for node in (orchestrator, followup, strategy, style, output, execution):
        graph.add_node(traced(node))
    graph.add_edge(START, "orchestrator")
    graph.add_conditional_edges("orchestrator", first)
    graph.add_conditional_edges("followup", after_followup)
    graph.add_conditional_edges("strategy", after_strategy)
    graph.add_conditional_edges("style", after_style)
    graph.add_conditional_edges("output", after_output)
    return graph
