"""What LangGraph would show of a run in its stream, taken from the checkpoints that it hands over anyway.

It shows a state by reading each channel behind each step, and sends it through a queue: here only the newest is wanted, and
of an ordinary turn it is all in the newest checkpoint. That both are the same is held by a test.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from langgraph.channels import LastValue
from langgraph.graph.state import CompiledStateGraph


@lru_cache(maxsize=8)
def kept_whole(graph: CompiledStateGraph[Any, Any, Any, Any]) -> Sequence[str] | None:
    """The channels that the state is made of; None when a checkpoint may not have all of it.

    That is so where LangGraph shows what no checkpoint has (a reducer's beginning), or takes the input in by a step of its own.
    """
    names = graph.stream_channels_asis
    plain = (
        not isinstance(names, str)
        and not isinstance(graph.input_channels, str)
        and names == graph.output_channels
        and all(type(graph.channels[name]) is LastValue for name in names)
    )
    return names if plain else None


def state_of(names: Sequence[str], channel_values: Mapping[str, Any]) -> dict[str, Any]:
    """The state in a checkpoint."""
    return {name: channel_values[name] for name in names if name in channel_values}
