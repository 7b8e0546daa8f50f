"""A node that says where it goes on leaves what a conditional edge leaves, and threads of the one go on in the other."""

from typing import Annotated, Any, TypedDict, cast

import pytest
from langgraph.graph import StateGraph
from langgraph.runtime import RunControl, Runtime
from langgraph.types import Command

from agents.nodes import add_node
from tests.unit.agents.crossroads import (
    THREAD,
    WAYS,
    Build,
    Counting,
    Talk,
    after_plan,
    edged,
    left_behind,
    plan,
    routed,
    run,
)

Json = dict[str, Any]


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
