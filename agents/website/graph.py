"""Website: the first page, pages it leads to, all stored as read; then a model cleans each up and code keeps the page's words.

Each step is kept before the next: a reading that broke off fetches nothing again and pays for no page twice.
"""

from typing import Any, Literal

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send

from agents.context import GraphContext
from agents.nodes import add_node
from agents.website.cleanup import cleanup
from agents.website.extract import extract
from agents.website.fetch import fetch
from agents.website.linked import goes_deeper, linked
from agents.website.state import OnePage, WebsiteState
from agents.website.store import store


async def after_level(state: WebsiteState) -> Literal["linked", "store"]:
    """Another level, or what was read is stored."""
    return "linked" if goes_deeper(state) else "store"


async def each_page(state: WebsiteState) -> list[Send]:
    """The clean-up of all pages at once."""
    return [Send("cleanup", OnePage(number=number, page=page)) for number, page in enumerate(state["pages"])]


def build() -> StateGraph[WebsiteState, GraphContext, Any, Any]:
    """The graph, to be compiled with a checkpointer."""
    graph = StateGraph(WebsiteState, context_schema=GraphContext)
    for node in (fetch, extract, linked, store, cleanup):
        add_node(graph, node)
    graph.add_edge(START, "fetch")
    graph.add_edge("fetch", "extract")
    graph.add_conditional_edges("extract", after_level)
    graph.add_conditional_edges("linked", after_level)
    graph.add_conditional_edges("store", each_page, ["cleanup"])
    graph.add_edge("cleanup", END)
    return graph
