"""A node that says where it goes on leaves what a conditional edge leaves, and threads of the one go on in the other."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypedDict, cast

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import RunControl, Runtime
from langgraph.types import Command, interrupt

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
    parts = graph.astream(given, THREAD, stream_mode="values", durability="sync", version="v2", **options)
    return [(part["data"], [each.value for each in part["interrupts"]]) async for part in parts]  # type: ignore[typeddict-item]


@pytest.mark.parametrize("wish", WAYS)
async def test_checkpoints_and_states_are_those_of_conditional_edges(wish: str) -> None:
    ours, theirs = routed(Counting()), edged(Counting())

    assert await run(ours, {"wish": wish}) == await run(theirs, {"wish": wish})
    assert await left_behind(ours) == await left_behind(theirs)
    assert len(await left_behind(ours)) > 2


async def test_a_node_that_fails_leaves_what_it_would_have_left() -> None:
    ours, theirs = routed(Counting()), edged(Counting())
    for graph in (ours, theirs):
        with pytest.raises(ConnectionError):
            await run(graph, {"wish": "fail"})

    assert await left_behind(ours) == await left_behind(theirs)


def test_the_same_edges_are_drawn() -> None:
    ours, theirs = routed(None).get_graph(), edged(None).get_graph()

    assert ours.edges == theirs.edges
    assert [edge.target for edge in ours.edges if edge.source == "speak" and edge.conditional] == [
        "note",
        "speak",
    ]


@pytest.mark.parametrize(("before", "after"), [(edged, routed), (routed, edged)])
async def test_a_run_that_was_drained_goes_on_in_the_other(before: Build, after: Build) -> None:
    saver, control = Counting(), RunControl()
    with pytest.raises(Exception, match="the process ends"):
        async for _ in before(saver).astream(
            {"wish": "speak twice"}, THREAD, stream_mode="values", durability="sync", control=control
        ):
            control.request_drain("the process ends")
    assert (await after(saver).aget_state(THREAD)).next == ("speak",)

    states = await run(after(saver), None)

    assert states[-1][0]["said"] == ["spoken", "spoken"]


@pytest.mark.parametrize(("before", "after"), [(edged, routed), (routed, edged)])
async def test_a_run_that_died_between_two_nodes_goes_on_in_the_other(before: Build, after: Build) -> None:
    saver = Counting()
    with pytest.raises(ConnectionError):
        await run(before(saver), {"wish": "fail"})
    graph = after(saver)
    assert (await graph.aget_state(THREAD)).next == ("speak",)

    await graph.aupdate_state(THREAD, {"wish": "go on"}, as_node="note")
    await graph.aupdate_state(THREAD, Command(goto="speak"), as_node="plan")

    assert (await run(graph, None))[-1][0]["said"] == ["spoken"]


@pytest.mark.parametrize(("before", "after"), [(edged, routed), (routed, edged)])
@pytest.mark.parametrize(("answer", "said"), [("yes", ["spoken"]), ("no", [])])
async def test_a_run_that_waits_for_an_answer_goes_on_in_the_other(
    before: Build, after: Build, answer: str, said: list[str]
) -> None:
    saver = Counting()
    states = await run(before(saver), {"wish": "ask"})
    assert states[-1][1] == ["May I?"]

    states = await run(after(saver), Command(resume=answer))

    assert (states[-1][0]["answer"], states[-1][0]["said"]) == (answer, said)


@pytest.mark.parametrize(("before", "after"), [(edged, routed), (routed, edged)])
async def test_a_new_message_takes_the_place_of_a_question(before: Build, after: Build) -> None:
    saver = Counting()
    await run(before(saver), {"wish": "ask"})

    states = await run(after(saver), {"wish": "speak"})

    assert states[-1] == ({"wish": "speak", "plan": [], "said": ["spoken"]}, [])


class Summed(Talk, total=False):
    """A state with a channel that adds up."""

    total: Annotated[list[int], lambda old, new: old + new]


class Part(TypedDict):
    """Less than the state."""

    wish: str


def whither(state: Talk) -> str:
    return "note"


async def narrow(state: Part, runtime: Runtime[None]) -> Json:
    return {}


@pytest.mark.parametrize(
    ("shape", "node", "then", "why"),
    [
        (Summed, plan, after_plan, r"would not see \['total'\] as they will be"),
        (Talk, narrow, after_plan, "given only a part"),
        (Talk, plan, whither, "does not say where it may lead"),
    ],
)
def test_a_route_that_could_be_misled_is_refused(shape: Any, node: Any, then: Any, why: str) -> None:
    async def whole(state: shape, runtime: Runtime[None]) -> Json:
        return cast("Json", await node(state, runtime))

    graph = StateGraph(shape)
    with pytest.raises(ValueError, match=why):
        add_node(graph, node if node is narrow else whole, then)
