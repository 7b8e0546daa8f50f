"""Discovery: a conversation that ends in five experiments.

Each turn the orchestrator reads the state and plans the way. An ordinary turn speaks first (`followup`) and notes what was
said afterwards. A turn that makes experiments notes first, drafts, and ends in `execution`, which waits for approval and
is the only node that writes.
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
from agents.nodes import add_node


def first(state: StoredState) -> Literal["followup", "strategy", "execution"]:
    """Talk, work towards experiments, or act at once."""
    step = state["plan"]["steps"][0]
    return "execution" if step == "execution" else "strategy" if step == "strategy" else "followup"


def after_followup(state: StoredState) -> Literal["strategy", "__end__"]:
    """Note what was said, unless this was only the word about a refused set."""
    return "__end__" if state["plan"]["mode"] == "refused" else "strategy"


def after_strategy(state: StoredState) -> Literal["style", "output", "__end__"]:
    """Go on as planned."""
    step = next_step(state, "strategy")
    return "style" if step == "style" else "output" if step == "output" else "__end__"


def after_style(state: StoredState) -> Literal["output", "__end__"]:
    """Go on as planned."""
    return "output" if next_step(state, "style") == "output" else "__end__"


def after_output(state: StoredState) -> Literal["execution", "followup"]:
    """A good set waits for approval; a refused one is explained."""
    return "followup" if state["plan"]["mode"] == "refused" else "execution"


def build() -> StateGraph[StoredState, TurnContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(StoredState, context_schema=TurnContext)
    graph.add_edge(START, "orchestrator")
    add_node(graph, orchestrator, first)
    add_node(graph, followup, after_followup)
    add_node(graph, strategy, after_strategy)
    add_node(graph, style, after_style)
    add_node(graph, output, after_output)
    add_node(graph, execution)
    return graph
