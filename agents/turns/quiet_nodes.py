"""A talk's nodes without what LangGraph does for listeners, as long as there are none.

For each node it starts a run with a run for every step below it, merges their tags and metadata, and ends them from tasks of
their own: a fifth of what a graph costs a turn. Nobody listens here: what a turn says goes to its log, and spans are our own.
Where somebody does (callbacks in the configuration, LangSmith by its variables, the stream modes `messages` and `tools`), the
node is run as LangGraph runs it. What a node changes and where it goes on is written down here too, when it says both by a
plain `Command`. The names of `PregelNode` that are used here are held to their meaning by a test.
"""

from collections.abc import AsyncIterator, Sequence, Set
from typing import Any

from langchain_core.callbacks import BaseCallbackManager
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import var_child_runnable_config
from langgraph.graph import END, START
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from agents.turns.direct_entry import TRIGGER

SEND = "__pregel_send"
"""LangGraph's own key: what takes in what a node writes."""
ROOT = "__root__"
"""LangGraph's own name for the channel of a state without names."""


class QuietNode(Runnable[Any, Any]):
    """A node and after it what writes down its answer, in the task that asks."""

    def __init__(
        self,
        as_it_was: Runnable[Any, Any],
        work: Runnable[Any, Any],
        writers: Sequence[Runnable[Any, Any]],
        channels: Set[str],
    ) -> None:
        """`channels` are those of the state; none when more is to be written than what a `Command` says."""
        self._as_it_was = as_it_was
        self._work = work
        self._writers = writers
        self._channels = channels

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002 — the parent's name
        """Run the node. Raises what it raises, GraphInterrupt when it asks for something."""
        if config is None or is_heard(config):
            return await self._as_it_was.ainvoke(input, config, **kwargs)
        within = config.copy()
        within.pop("run_name", None)  # meant for the node's own run, not for those that begin in it
        within.pop("run_id", None)
        before = var_child_runnable_config.set(within)  # where `interrupt` and models look
        try:
            answer = await self._work.ainvoke(input, within, **kwargs)
        finally:
            var_child_runnable_config.reset(before)
        if not self._has_written(answer, within):
            for writer in self._writers:
                answer = await writer.ainvoke(answer, within)
        return answer

    def _has_written(self, answer: Any, within: RunnableConfig) -> bool:
        """Write down a plain `Command` as the writer would; whether it was one."""
        if type(answer) is not Command or answer.graph is not None or not self._channels:
            return False
        if type(answer.update) is not dict or type(answer.goto) is not str:
            return False
        writes = [(name, value) for name, value in answer.update.items() if name in self._channels]
        if answer.goto != END:
            writes.append((TRIGGER.format(answer.goto), None))
        within["configurable"][SEND](writes)
        return True

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002 — the parent's name
        """As LangGraph runs it."""
        return self._as_it_was.invoke(input, config, **kwargs)

    async def astream(
        self,
        input: Any,  # noqa: A002 — the parent's name
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[Any]:
        """As LangGraph runs it."""
        async for part in self._as_it_was.astream(input, config, **kwargs):
            yield part


def is_heard(config: RunnableConfig) -> bool:
    """Whether somebody listens to what runs with this configuration."""
    callbacks = config.get("callbacks")
    return not isinstance(callbacks, BaseCallbackManager) or bool(callbacks.handlers)


def run_quietly(graph: CompiledStateGraph[Any, Any, Any, Any]) -> None:
    """Let a compiled graph's nodes run so from now on."""
    for name, node in graph.nodes.items():
        as_it_was = node.node
        if name != START and as_it_was is not None and not isinstance(as_it_was, QuietNode):
            node.node = QuietNode(as_it_was, node.bound, node.flat_writers, _own_channels(graph, name))


def _own_channels(graph: CompiledStateGraph[Any, Any, Any, Any], name: str) -> Set[str]:
    """The state's channels, when a node's answer alone says what it writes and where it goes on; else none."""
    builder = graph.builder
    leads_on = (
        name in builder.branches
        or any(name == start for start, _ in builder.edges)
        or any(name in starts for starts, _ in builder.waiting_edges)
    )
    return frozenset() if leads_on or builder.managed else frozenset(builder.channels) - {ROOT}
