"""Outreach: evidence is gathered, a model writes, code checks, the model revises at most twice; kept, or declined.

Nothing here writes: the drafter keeps the message in the transaction that ends the run.
"""

from typing import Any, Literal

from langgraph.graph import END, START, StateGraph

from agents.context import GraphContext
from agents.outreach.check import check
from agents.outreach.decline import decline
from agents.outreach.draft import draft
from agents.outreach.keep import keep
from agents.outreach.packet import packet
from agents.outreach.revise import revise
from agents.outreach.state import OutreachState
from agents.tracing import traced

REVISIONS = 2


async def after_packet(state: OutreachState) -> Literal["draft", "decline"]:
    """Nothing is spent on a lead that must not be written to, or of whom nothing is known."""
    return "decline" if state["refusal"] else "draft"


async def after_answer(state: OutreachState) -> Literal["check", "decline"]:
    """Nothing was asked of a model for a lead that was suppressed meanwhile."""
    return "decline" if state["refusal"] else "check"


async def after_check(state: OutreachState) -> Literal["keep", "revise", "decline"]:
    """What may be queued is kept; what a revision could mend is revised."""
    if state["refusal"]:
        return "decline"
    if not state["objections"]:
        return "keep"
    return "revise" if len(state["answers"]) <= REVISIONS else "decline"


def build() -> StateGraph[OutreachState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(OutreachState, context_schema=GraphContext)
    for node in (packet, draft, check, revise, keep, decline):
        graph.add_node(traced(node))
    graph.add_edge(START, "packet")
    graph.add_conditional_edges("packet", after_packet)
    graph.add_conditional_edges("draft", after_answer)
    graph.add_conditional_edges("check", after_check)
    graph.add_conditional_edges("revise", after_answer)
    for last in ("keep", "decline"):
        graph.add_edge(last, END)
    return graph
