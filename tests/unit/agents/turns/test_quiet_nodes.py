"""Nodes that nobody listens to do and leave what LangGraph's own do; those that somebody listens to are LangGraph's own."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.runnables.config import var_child_runnable_config
from langgraph.config import get_config
from langgraph.errors import GraphDrained, NodeCancelledError
from langgraph.graph import START, StateGraph
from langgraph.runtime import RunControl, Runtime
from langgraph.types import Command, Send

from agents.turns.graph_run import TalkGraph
from agents.turns.quiet_nodes import QuietNode, run_quietly
from tests.unit.agents.crossroads import (
    THREAD,
    WAYS,
    Build,
    Counting,
    Graph,
    Json,
    Talk,
    edged,
    left_behind,
    routed,
    run,
)


def quiet(build: Build) -> Build:
    """The same graph, its nodes run quietly."""

    def built(saver: Any) -> Graph:
        graph = build(saver)
        run_quietly(graph)
        return graph

    return built


def one_node(work: Callable[[], Any], *, quietly: bool) -> Graph:
    """A graph of one node that does this."""

    async def act(state: Talk, runtime: Runtime[None]) -> Json:
        found = work()
        return {"answer": await found if asyncio.iscoroutine(found) else found}

    graph = StateGraph(Talk)
    graph.add_node(act)
    graph.add_edge(START, "act")
    compiled = graph.compile()
    if quietly:
        run_quietly(compiled)
    return compiled


def answering(answer: Any, *, edge: bool = False) -> Build:
    """A graph whose first node gives this answer; with an edge, it goes on to a second one by that as well."""

    async def act(state: Talk) -> Any:
        return answer

    async def speak(state: Talk) -> Json:
        return {"said": [*state.get("said", []), "spoken"]}

    async def note(state: Talk) -> Json:
        return {"answer": "noted"}

    def build(saver: Any) -> Graph:
        graph = StateGraph(Talk)
        graph.add_node(act, destinations=("speak", "note"))
        for node in (speak, note):
            graph.add_node(node)
        graph.add_edge(START, "act")
        if edge:
            graph.add_edge("act", "note")
        return graph.compile(checkpointer=saver)

    return build


ANSWERS = [
    Command(update={"plan": ["one"], "said": [], "unknown": 1}, goto="speak"),
    Command(update={}, goto="__end__"),
    Command(update={"plan": ["one"]}),
    Command(update={"plan": ["one"]}, goto=["speak", "note"]),
    Command(update=[("plan", ["one"])], goto="note"),
    Command(update={"plan": ["one"]}, goto=Send("speak", {"said": ["sent"]})),
    Command(goto="speak"),
    [Command(update={"plan": ["one"]}), Command(update={"said": ["two"]}, goto="speak")],
    {"plan": ["one"]},
    None,
]


class Listener(AsyncCallbackHandler):
    """Notes what begins and ends."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def on_chain_start(self, serialized: Any, inputs: Any, **kwargs: Any) -> None:
        self.heard.append(f"start {kwargs.get('name')} {sorted(kwargs.get('tags') or [])}")

    async def on_chain_end(self, outputs: Any, **kwargs: Any) -> None:
        self.heard.append("end")

    async def on_chain_error(self, error: BaseException, **kwargs: Any) -> None:
        self.heard.append(type(error).__name__)


@pytest.mark.parametrize("build", [routed, edged])
@pytest.mark.parametrize("wish", WAYS)
async def test_a_run_goes_the_same_way_and_leaves_the_same(build: Build, wish: str) -> None:
    ours, theirs = quiet(build)(Counting()), build(Counting())

    assert await run(ours, {"wish": wish}) == await run(theirs, {"wish": wish})
    assert await left_behind(ours) == await left_behind(theirs)
    assert len(await left_behind(ours)) > 2


@pytest.mark.parametrize("edge", [False, True])
@pytest.mark.parametrize("answer", ANSWERS)
async def test_whatever_a_node_answers_is_written_down_as_ever(answer: Any, edge: bool) -> None:
    build = answering(answer, edge=edge)
    ours, theirs = quiet(build)(Counting()), build(Counting())

    assert await run(ours, {"wish": "act"}) == await run(theirs, {"wish": "act"})
    assert await left_behind(ours) == await left_behind(theirs)


async def test_what_a_node_says_to_the_graph_around_it_is_heard_there() -> None:
    left = []
    for builds in (quiet, lambda build: build):
        inner = builds(answering(Command(update={"said": ["within"]}, goto="speak", graph=Command.PARENT)))
        graph = StateGraph(Talk)
        graph.add_node("inner", inner(None))
        graph.add_node("speak", lambda state: {"said": [*state["said"], "spoken"]})
        graph.add_edge(START, "inner")
        left.append(await run(graph.compile(checkpointer=Counting()), {"wish": "act"}))

    assert left[0] == left[1]
    assert left[0][-1][0]["said"] == ["within", "spoken"]


@pytest.mark.parametrize("answer", ["yes", "no"])
async def test_a_question_is_answered(answer: str) -> None:
    ours, theirs = quiet(routed)(Counting()), routed(Counting())
    for graph in (ours, theirs):
        assert (await run(graph, {"wish": "ask"}))[-1][1] == ["May I?"]

    assert await run(ours, Command(resume=answer)) == await run(theirs, Command(resume=answer))
    assert await left_behind(ours) == await left_behind(theirs)


async def test_a_failure_is_raised_and_kept() -> None:
    ours, theirs = quiet(routed)(Counting()), routed(Counting())
    for graph in (ours, theirs):
        with pytest.raises(ConnectionError) as raised:
            await run(graph, {"wish": "fail"})
        assert "During task with name 'speak'" in raised.value.__notes__[0]

    assert await left_behind(ours) == await left_behind(theirs)


async def test_a_run_is_drained_between_two_nodes() -> None:
    graph, control = quiet(routed)(Counting()), RunControl()
    with pytest.raises(GraphDrained):
        async for _ in graph.astream({"wish": "speak"}, THREAD, stream_mode="values", control=control):
            control.request_drain("the process ends")

    assert (await graph.aget_state(THREAD)).next == ("speak",)
    assert (await run(graph, None))[-1][0]["said"] == ["spoken"]


async def test_what_begins_in_a_node_is_configured_as_ever_and_nothing_after_it() -> None:
    found = [(await one_node(get_config, quietly=quietly).ainvoke({}))["answer"] for quietly in (True, False)]

    ours, theirs = (
        {key: sorted(value) if isinstance(value, dict) else 0 for key, value in each.items()}
        for each in found
    )
    assert ours == theirs
    assert ours["metadata"]
    assert found[0]["metadata"]["langgraph_node"] == "act"
    assert var_child_runnable_config.get() is None


async def test_who_listens_hears_what_langgraph_tells() -> None:
    told = []
    for graph in (quiet(routed)(Counting()), routed(Counting())):
        listener = Listener()
        await run(graph, {"wish": "speak"}, callbacks=[listener])
        told.append(listener.heard)

    assert told[0] == told[1]
    assert any("start speak" in each for each in told[0])


async def test_a_node_is_cut_off_where_it_is() -> None:
    cut: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cut.append("cut")

    running = asyncio.create_task(one_node(wait, quietly=True).ainvoke({}))
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert cut == ["cut"]


@pytest.mark.parametrize("quietly", [True, False])
async def test_a_node_that_is_cut_off_by_its_own_work_fails(quietly: bool) -> None:
    async def give_up() -> None:
        raise asyncio.CancelledError

    with pytest.raises(NodeCancelledError):
        await one_node(give_up, quietly=quietly).ainvoke({})


def test_the_nodes_of_a_talk_are_quiet_however_often_that_is_asked_for() -> None:
    graph: Any = routed(None)
    TalkGraph(graph)
    nodes = {name: node.node for name, node in graph.nodes.items() if name != START}
    TalkGraph(graph)

    assert all(isinstance(node, QuietNode) for node in nodes.values())
    assert nodes == {name: node.node for name, node in graph.nodes.items() if name != START}
