"""How a node gets into a graph: with a span around each run, and with the route to what comes after it.

LangGraph asks the route of a conditional edge in a task of its own, on a copy of every channel: a quarter of what one of our
graphs costs. A node that says itself where it goes on (`Command`) needs none of that, and leaves the same checkpoints. So a
route is asked here, on the state that its node was given with what the node changes. Where a channel has a reducer that isn't
the state to be, and conditional edges stay. Who writes to a thread as one of these nodes names what comes next as well.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Literal, get_args, get_origin, get_type_hints

from langgraph.channels import LastValue
from langgraph.graph import StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command
from langgraph.typing import ContextT, StateT

from tools import tracing

Json = dict[str, Any]
Node = Callable[[Any, Runtime[ContextT]], Awaitable[Json]]
Route = Callable[[StateT], str]


def add_node(
    graph: StateGraph[StateT, ContextT, Any, Any], node: Node[ContextT], then: Route[StateT] | None = None
) -> None:
    """Add a node under its function's name. `then` says where it goes on, as a `Literal`; without it, edges do.

    Raises ValueError when a route does not say where it may lead, or would not see the whole state as it will be.
    """
    name = node.__name__
    if then is None:
        graph.add_node(_wired(node, then))
        return
    graph.add_node(_wired(node, then), destinations=_ends(then))
    if graph.nodes[name].input_schema is not graph.state_schema:
        raise ValueError(f"{name} is given only a part of the state that {then.__name__} reads")
    reduced = [key for key, channel in graph.channels.items() if type(channel) is not LastValue]
    if reduced:
        raise ValueError(f"{then.__name__} would not see {reduced} as they will be: use conditional edges")


def _wired(
    node: Node[ContextT], then: Callable[[Any], str] | None
) -> Callable[..., Awaitable[Json | Command[str]]]:
    """The node as the graph runs it. LangGraph reads name and signature from the node itself."""
    name = node.__name__

    @wraps(node)
    async def run(state: Json, runtime: Runtime[ContextT]) -> Json | Command[str]:
        with tracing.span(f"node {name}", node=name):
            update = await node(state, runtime)
        return update if then is None else Command(update=update, goto=then({**state, **update}))

    return run


def _ends(route: Callable[[Any], str]) -> tuple[str, ...]:
    """Where a route may lead, for LangGraph to check and to draw."""
    leads = get_type_hints(route)["return"]
    if get_origin(leads) is not Literal:
        raise ValueError(f"{route.__name__} does not say where it may lead")
    return get_args(leads)
