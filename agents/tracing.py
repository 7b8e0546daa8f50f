"""A span around each node of a graph, named after it."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from tools import tracing

P = ParamSpec("P")
R = TypeVar("R")


def traced(node: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """The same node with a span around each run. LangGraph reads name and signature from the node itself."""
    name = node.__name__

    @wraps(node)
    async def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with tracing.span(f"node {name}", node=name):
            return await node(*args, **kwargs)

    return run
