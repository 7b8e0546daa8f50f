"""What a run is known by without its stream is what LangGraph would have streamed of it, with `stream_mode="values"`."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langgraph.errors import GraphDrained, GraphRecursionError, UnknownInterruptError
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Interrupt, interrupt

from agents.turns.graph_run import TalkGraph
from agents.turns.shown_state import kept_whole
from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.settings import DatabaseSettings
from tests.integration.agents.runner.shown import (
    Json,
    Longer,
    Shown,
    Talk,
    Thread,
    after,
    ask,
    hear,
    speak,
    talk_graph,
)
from tools.turns.requests import ApprovalAnswer


@pytest.fixture
async def saver(database_settings: DatabaseSettings) -> AsyncIterator[PooledSaver]:
    async with open_checkpointer(database_settings) as opened:
        yield opened


def yes(*asked: Interrupt) -> tuple[ApprovalAnswer, ...]:
    return tuple(ApprovalAnswer(each.id, True) for each in asked)


async def test_ordinary_turns(saver: PooledSaver) -> None:
    talk = Thread(saver, talk_graph())
    for text in ("one", "two three", "four", "five rest"):
        assert await talk.hold(talk.turn(text)) is None
    assert talk.before["said"] == ["one", "two", "three", "four", "five"]


async def test_turns_that_ask_are_answered_or_passed_over(saver: PooledSaver) -> None:
    talk = Thread(saver, talk_graph())
    asking = talk.turn("one ask two")
    assert await talk.hold(asking) is None
    (first,) = asking.interrupts
    assert first.value == {"may": "I"}

    again = talk.turn("", yes(first))
    assert await talk.hold(again) is None
    assert [each.value for each in again.interrupts] == ["really?"]
    last = talk.turn("", yes(*again.interrupts))
    assert await talk.hold(last) is None
    assert last.interrupts == ()
    assert talk.before["said"] == ["one", "two"]

    assert await talk.hold(talk.turn("ask ask")) is None
    other = talk.turn("three")
    assert await talk.hold(other) is None
    assert other.interrupts == ()


async def test_an_answer_to_what_was_not_asked(saver: PooledSaver) -> None:
    talk = Thread(saver, talk_graph())
    await talk.hold(talk.turn("one ask"))
    assert isinstance(
        await talk.hold(talk.turn("", (ApprovalAnswer("0" * 32, True),))), UnknownInterruptError
    )


@pytest.mark.parametrize("text", ["break", "one break", "one two rest"])
async def test_a_turn_that_broke_and_one_that_goes_on_with_it(saver: PooledSaver, text: str) -> None:
    talk = Thread(saver, talk_graph())
    await talk.hold(talk.turn("before"))
    error = await talk.hold(talk.turn(text))
    assert isinstance(error, ConnectionError) == ("break" in text)
    talk.place.broken = False
    assert await talk.hold(talk.turn(text, goes_on=True)) is None
    assert talk.before["said"] == ["before", *text.replace(" rest", "").split()]


@pytest.mark.parametrize("text", ["drain", "one drain two", "one two drain"])
async def test_a_turn_that_is_drained(saver: PooledSaver, text: str) -> None:
    talk = Thread(saver, talk_graph())
    error = await talk.hold(talk.turn(text))
    assert isinstance(error, GraphDrained) == text.endswith("two")
    if error is not None:
        assert await talk.hold(talk.turn(text, goes_on=True)) is None
    assert talk.before["said"] == text.split()


async def test_a_turn_without_an_end(saver: PooledSaver) -> None:
    talk = Thread(saver, talk_graph())
    assert isinstance(await talk.hold(talk.turn("one ever")), GraphRecursionError)


@pytest.mark.parametrize("shape", [Talk, Longer])
@pytest.mark.parametrize("text", ["wait", "one two wait", "one ask"])
async def test_a_turn_that_is_cut_off(saver: PooledSaver, text: str, shape: type[Talk]) -> None:
    talk = Thread(saver, talk_graph(shape))
    run, shown = talk.turn(text), Shown(talk.graph)
    running = asyncio.create_task(run.run())
    if "wait" in text:
        await talk.place.waits.wait()
    else:
        await running
    if shape is Talk:
        talk.held(run, shown.parts)
    running.cancel()
    await asyncio.wait({running})
    if shape is Talk:
        talk.held(run, shown.parts)
    assert run.state is not None
    assert run.state.get("said") == (["one", "two"] if "two" in text else ["one"] if "one" in text else None)
    run.checkpointer.abandon()


async def test_a_state_that_checkpoints_do_not_have_all_of_is_streamed(saver: PooledSaver) -> None:
    longer, branched = talk_graph(Longer), StateGraph(Talk)
    branched.add_node(hear)
    branched.add_conditional_edges(START, after, ["hear"])
    assert kept_whole(longer) is kept_whole(TalkGraph(branched.compile()).compiled) is None  # type: ignore[arg-type]
    assert kept_whole(talk_graph()) == ["turn", "left", "said", "answers"]
    talk = Thread(saver, longer)
    run, shown = talk.turn("one"), Shown(longer)
    await run.run()
    assert run.state == shown.parts[-1]["data"]
    assert run.state is not None
    assert run.state["heard"] == []
    run.checkpointer.abandon()


async def test_what_two_nodes_ask_at_once_is_all_known(saver: PooledSaver) -> None:
    """LangGraph streams the one after the other, so its last part has only one of them."""

    async def also(state: Talk, runtime: Runtime[Any]) -> Json:
        return {"said": [interrupt("and this?")]}

    graph: StateGraph[Any, Any, Any, Any] = StateGraph(Talk)
    for node in (speak, hear, ask, also):
        graph.add_node(node)
    graph.add_edge(START, "speak")
    graph.add_edge("speak", "ask")
    graph.add_edge("speak", "also")
    compiled = TalkGraph(graph.compile()).compiled
    run, shown = Thread(saver, compiled).turn("one"), Shown(compiled)
    await run.run()
    assert run.interrupts == tuple(each for part in shown.parts for each in part["interrupts"])
    assert len(run.interrupts) == 2
    run.checkpointer.abandon()
