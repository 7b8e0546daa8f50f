"""A small graph with every kind of way, built with our routes and with conditional edges, and what a run of it leaves."""

from collections.abc import Callable
from typing import Any, Literal, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agents.nodes import add_node

Json = dict[str, Any]
Graph = CompiledStateGraph[Any, None, Any, Any]
Build = Callable[[Any], Graph]
THREAD: RunnableConfig = {"configurable": {"thread_id": "1"}, "recursion_limit": 12}
WAYS = ["speak", "note", "end", "ask", "speak twice"]


class Talk(TypedDict, total=False):
    """What the nodes below have written."""

    wish: str
    plan: list[str]
    said: list[str]
    answer: Any


async def plan(state: Talk, runtime: Runtime[None]) -> Json:
    return {"plan": state["wish"].split(), "said": []}


async def speak(state: Talk, runtime: Runtime[None]) -> Json:
    if state["wish"] == "fail":
        raise ConnectionError("gone")
    return {"said": [*state["said"], "spoken"], "plan": state["plan"][1:]}


async def note(state: Talk, runtime: Runtime[None]) -> Json:
    return {}


async def ask(state: Talk, runtime: Runtime[None]) -> Json:
    return {"answer": interrupt("May I?")}


def after_plan(state: Talk) -> Literal["speak", "note", "ask", "__end__"]:
    return {"note": "note", "ask": "ask", "end": "__end__"}.get(state["plan"][0], "speak")  # type: ignore[return-value]


def after_speak(state: Talk) -> Literal["speak", "note"]:
    return "speak" if state["plan"] else "note"


def after_ask(state: Talk) -> Literal["speak", "note"]:
    return "note" if state["answer"] == "no" else "speak"


ROUTES: dict[Any, Any] = {plan: after_plan, speak: after_speak, note: None, ask: after_ask}


def routed(saver: Any) -> Graph:
    """As the product builds its graphs."""
    graph = StateGraph(Talk)
    for node, then in ROUTES.items():
        add_node(graph, node, then)
    graph.add_edge(START, "plan")
    return graph.compile(checkpointer=saver)


def edged(saver: Any) -> Graph:
    """The same with LangGraph's conditional edges."""
    graph = StateGraph(Talk)
    for node, then in ROUTES.items():
        graph.add_node(node)
        if then is not None:
            graph.add_conditional_edges(node.__name__, then)
    graph.add_edge(START, "plan")
    return graph.compile(checkpointer=saver)


async def left_behind(graph: Graph, thread: RunnableConfig = THREAD) -> list[Any]:
    """All that a thread has in its store, but for what is of a moment."""
    saver: Any = graph.checkpointer
    found = [each async for each in saver.alist(thread)]
    names = {each.config["configurable"]["checkpoint_id"]: number for number, each in enumerate(found)}
    return [
        (
            {key: value for key, value in each.checkpoint.items() if key not in ("id", "ts")},
            each.metadata,
            names.get((each.parent_config or {"configurable": {}})["configurable"].get("checkpoint_id", "")),
            [(channel, _comparable(value)) for _, channel, value in each.pending_writes],
        )
        for each in found
    ]


def _comparable(value: Any) -> Any:
    """An interrupt by what it asks, for its id is of the moment."""
    return (
        [_comparable(each) for each in value]
        if isinstance(value, list | tuple)
        else getattr(value, "value", repr(value))
    )


class Counting(InMemorySaver):
    """A saver whose versions say nothing of the moment."""

    def get_next_version(self, current: Any, channel: None) -> str:
        return f"{int(current or 0) + 1:032}"


async def run(graph: Graph, given: Any, **options: Any) -> list[Any]:
    """One run; the states it went through."""
    config: Any = {**THREAD, **options}
    parts = graph.astream(given, config, stream_mode="values", durability="sync", version="v2")
    return [(part["data"], [each.value for each in part["interrupts"]]) async for part in parts]  # type: ignore[typeddict-item]
