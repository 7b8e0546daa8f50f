"""Outreach: evidence is gathered, a model writes, code checks, the model revises at most twice; kept, or declined.

Nothing here writes: the drafter keeps the message in the transaction that ends the run.
"""

from typing import Any, Literal

from langgraph.graph import END, START, StateGraph

from agents.context import GraphContext
from agents.nodes import add_node
from agents.outreach.check import check
from agents.outreach.decline import decline
from agents.outreach.draft import draft
from agents.outreach.keep import keep
from agents.outreach.packet import packet
from agents.outreach.revise import revise
from agents.outreach.state import OutreachState

REVISIONS = 2


def after_packet(state: OutreachState) -> Literal["draft", "decline"]:
    """Nothing is spent on a lead that must not be written to, or of whom nothing is known."""
    return "decline" if state["refusal"] else "draft"


def after_answer(state: OutreachState) -> Literal["check", "decline"]:
    """Nothing was asked of a model for a lead that was suppressed meanwhile."""
    return "decline" if state["refusal"] else "check"


def after_check(state: OutreachState) -> Literal["keep", "revise", "decline"]:
    """What may be queued is kept; what a revision could mend is revised."""
    if state["refusal"]:
        return "decline"
    if not state["objections"]:
        return "keep"
    return "revise" if len(state["answers"]) <= REVISIONS else "decline"


def build() -> StateGraph[OutreachState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(OutreachState, context_schema=GraphContext)
    graph.add_edge(START, "packet")
    add_node(graph, packet, after_packet)
    add_node(graph, draft, after_answer)
    add_node(graph, check, after_check)
    add_node(graph, revise, after_answer)
    for last in (keep, decline):
        add_node(graph, last)
        graph.add_edge(last.__name__, END)
    return graph
