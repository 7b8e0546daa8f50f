"""A graph that is entered directly does what LangGraph's own entry does, in one step and one checkpoint less."""

from typing import Annotated, Any, Literal, TypedDict
from uuid import uuid4

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, interrupt

from agents.turns.direct_entry import enter_directly, entered_with, state_at_entry

Graph = CompiledStateGraph[Any, Any, Any, Any]


def joined(before: list[str], more: list[str]) -> list[str]:
    return before + more


class Talk(TypedDict, total=False):
    """What a turn is given, what was said in all turns, and what a node keeps."""

    turn: str
    words: Annotated[list[str], joined]
    kept: str


def talk_graph(*, direct: bool) -> Graph:
    """Hears what it is given; asks when that is a question."""

    async def hear(state: Talk) -> Talk:
        if state["turn"] == "break at once":
            raise ValueError
        return {"words": [state["turn"]], "kept": state.get("kept", "") + "."}

    async def answer(state: Talk) -> Talk:
        if state["turn"].endswith("?"):
            return {"words": [interrupt("what?")]}
        if state["turn"] == "break":
            raise ValueError
        return {"words": ["yes"]}

    builder = StateGraph(Talk)
    for node in (hear, answer):
        builder.add_node(node)
    builder.add_edge(START, "hear")
    builder.add_edge("hear", "answer")
    builder.add_edge("answer", END)
    graph = builder.compile(checkpointer=InMemorySaver())
    if direct:
        enter_directly(graph)
    return graph


async def run(graph: Graph, given: Any, config: Any) -> list[Any]:
    """All states that were shown, the last first."""
    entered = entered_with(graph, given) if isinstance(given, dict) else given
    return [part async for part in graph.astream(entered, config, stream_mode="values")][::-1]


def thread() -> Any:
    return {"configurable": {"thread_id": str(uuid4())}}


@pytest.fixture
def graphs() -> tuple[Graph, Graph]:
    """The same graph, entered directly and as LangGraph does."""
    return talk_graph(direct=True), talk_graph(direct=False)


async def test_turns_leave_the_same_state(graphs: tuple[Graph, Graph]) -> None:
    config = thread()
    for given in ({"turn": "one", "kept": "seed"}, {"turn": "two"}, {"turn": "three"}):
        direct, stock = [await run(graph, given, config) for graph in graphs]
        assert direct[0] == stock[0]
        states = [await graph.aget_state(config) for graph in graphs]
        assert states[0].values == states[1].values
        assert states[0].next == states[1].next == ()
    assert direct[0] == {
        "turn": "three",
        "words": ["one", "yes", "two", "yes", "three", "yes"],
        "kept": "seed...",
    }


async def test_each_turn_has_a_step_and_a_checkpoint_less(graphs: tuple[Graph, Graph]) -> None:
    config = thread()
    for given in ({"turn": "one"}, {"turn": "two"}):
        for graph in graphs:
            await run(graph, given, config)
    direct, stock = [[item async for item in graph.aget_state_history(config)] for graph in graphs]
    assert (len(direct), len(stock)) == (6, 8)


async def test_the_state_at_the_entry_is_what_langgraph_shows_first(graphs: tuple[Graph, Graph]) -> None:
    config = thread()
    for given in ({"turn": "one"}, {"turn": "two", "kept": "seed"}):
        await run(graphs[0], given, config)
        shown = await run(graphs[1], given, config)
        entries = [item async for item in graphs[0].checkpointer.alist(config, filter={"source": "input"})]
        entered = state_at_entry(graphs[0], entries[0].checkpoint["channel_values"])
        assert entered is not None
        assert {"words": [], **entered} == shown[-1], "a list that nothing is in yet is not stored"
        assert state_at_entry(graphs[1], entries[0].checkpoint["channel_values"]) is None


async def test_a_question_is_asked_and_its_answer_heard(graphs: tuple[Graph, Graph]) -> None:
    config = thread()
    for graph in graphs:
        await run(graph, {"turn": "who?"}, config)
    asked = [await graph.aget_state(config) for graph in graphs]
    assert asked[0].next == asked[1].next == ("answer",)
    assert [item.value for item in asked[0].interrupts] == ["what?"]
    direct, stock = [await run(graph, Command(resume="you"), config) for graph in graphs]
    assert direct[0] == stock[0]
    assert direct[0]["words"] == ["who?", "you"]


async def test_a_question_that_is_passed_over_is_forgotten(graphs: tuple[Graph, Graph]) -> None:
    config = thread()
    for graph in graphs:
        await run(graph, {"turn": "who?"}, config)
    direct, stock = [await run(graph, {"turn": "never mind"}, config) for graph in graphs]
    assert direct[0] == stock[0]
    assert direct[0]["words"] == ["who?", "never mind", "yes"]


async def test_a_run_that_broke_goes_on_where_it_was_and_the_next_turn_works(
    graphs: tuple[Graph, Graph],
) -> None:
    config = thread()
    for graph in graphs:
        for given in ({"turn": "break"}, None):
            with pytest.raises(ValueError):
                await run(graph, given, config)
    states = [await graph.aget_state(config) for graph in graphs]
    assert states[0].next == states[1].next == ("answer",)
    assert states[0].values == states[1].values
    direct, stock = [await run(graph, {"turn": "again"}, config) for graph in graphs]
    assert direct[0] == stock[0]
    assert direct[0]["kept"] == ".."


async def test_a_run_that_died_in_its_first_node_goes_on_from_its_input() -> None:
    graph, config = talk_graph(direct=True), thread()
    with pytest.raises(ValueError):
        await run(graph, {"turn": "break at once"}, config)
    state = await graph.aget_state(config)
    assert state.next == ("hear",)
    assert state.values == {"turn": "break at once", "words": []}
    with pytest.raises(ValueError):
        await run(graph, None, config)
    assert (await run(graph, {"turn": "again"}, config))[0]["words"] == ["again", "yes"]


async def test_what_is_kept_of_a_turn_that_was_cut_off_is_there_in_the_next(
    graphs: tuple[Graph, Graph],
) -> None:
    config = thread()
    for graph in graphs:
        await run(graph, {"turn": "one"}, config)
        await graph.aupdate_state(config, {"words": ["half"]}, as_node=START)
    direct, stock = [await run(graph, {"turn": "two"}, config) for graph in graphs]
    assert direct[0] == stock[0]
    assert direct[0]["words"] == ["one", "yes", "half", "two", "yes"]


def test_a_graph_with_more_than_one_beginning_is_left_as_it_is() -> None:
    def where(state: Talk) -> Literal["hear", "answer"]:
        return "hear"

    async def hear(state: Talk) -> Talk:
        return {}

    async def answer(state: Talk) -> Talk:
        return {}

    branched, doubled = StateGraph(Talk), StateGraph(Talk)
    for builder in (branched, doubled):
        builder.add_node(hear)
        builder.add_node(answer)
    branched.add_conditional_edges(START, where)
    doubled.add_edge(START, "hear")
    doubled.add_edge(START, "answer")
    for builder in (branched, doubled):
        graph = builder.compile()
        enter_directly(graph)
        assert graph.input_channels == START
        assert entered_with(graph, {"turn": "one"}) == {"turn": "one"}


class Dying(InMemorySaver):
    """A saver that breaks once it has stored so many checkpoints more."""

    left = 1_000

    async def aput(self, *arguments: Any) -> Any:
        if self.left == 0:
            raise OSError
        self.left -= 1
        return await super().aput(*arguments)


@pytest.mark.parametrize("stored", [1, 2])
@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize("newer", [True, False])
async def test_what_the_one_entry_left_the_other_goes_on_with(
    stored: int, *, goes_on: bool, newer: bool
) -> None:
    """A process of the version before died in mid-turn, or one of this version while the other still runs."""
    saver, config = Dying(), thread()
    first, second = talk_graph(direct=not newer), talk_graph(direct=newer)
    first.checkpointer = second.checkpointer = saver
    await run(first, {"turn": "one"}, config)
    saver.left = stored
    with pytest.raises(OSError):
        await run(first, {"turn": "two"}, config)
    saver.left = 1_000
    if goes_on:
        assert (await run(second, None, config))[0]["words"] == ["one", "yes", "two", "yes"]
    assert (await run(second, {"turn": "three"}, config))[0]["words"][-2:] == ["three", "yes"]
    assert (await second.aget_state(config)).next == ()
