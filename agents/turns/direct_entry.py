"""A talk's input goes into the state and on to the first node, without the step that LangGraph makes of it.

LangGraph takes an input in, leaves a checkpoint, and has a node of its own carry it to the state in a step that ends in another
checkpoint: a fifth of an ordinary turn's steps. Here the input names what that node would have written. What LangGraph shows
after that step is the state with the input; here it stands in the checkpoint of the input. The names of Pregel and of its channels
that are used here are held to their meaning by a test.
"""

from collections.abc import Mapping
from typing import Any

from langgraph.graph import END, START
from langgraph.graph.state import CompiledStateGraph

from agents.turns.shown_state import state_of

TRIGGER = "branch:to:{}"
"""LangGraph's own name for the channel that starts a node."""


def enter_directly(graph: CompiledStateGraph[Any, Any, Any, Any]) -> None:
    """Let a compiled graph be entered so from now on, when one node begins it whatever the input."""
    builder = graph.builder
    first = [end for start, end in builder.edges if start == START]
    if len(first) == 1 and first != [END] and START not in builder.branches:
        graph.input_channels = [*builder.schemas[builder.input_schema], TRIGGER.format(first[0])]


def entered_with(graph: CompiledStateGraph[Any, Any, Any, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a graph is given to begin with these values."""
    if isinstance(graph.input_channels, str):
        return dict(values)
    return {**values, graph.input_channels[-1]: None}


def state_at_entry(
    graph: CompiledStateGraph[Any, Any, Any, Any], channel_values: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The state in the checkpoint of an input: what was there, and the input. None when LangGraph's own entry will show it."""
    if isinstance(graph.input_channels, str):
        return None
    return state_of(graph.output_channels, channel_values)
