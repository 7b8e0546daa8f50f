"""A graph's run for one request: recorded whatever happens, and taken up where it broke off, so nothing is paid twice."""

import asyncio
from datetime import timedelta
from typing import Any, TypedDict

import pytest
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from sqlalchemy import func, select, text, update

from agents.context import GraphContext
from agents.runs import Graph
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import UsageRecord
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.repositories import Repository
from prompts import render
from prompts.sample import sample_inputs
from tests.fixtures.graphs import GraphBench
from tools.activity.schemas import ActivityDraft
from tools.errors import NotFound
from tools.runs.service import NothingSupported, RunRequest

PROMPT = "activity/analysis"


class Steps(TypedDict, total=False):
    """The state of a small graph."""

    asked: str
    answered: bool
    ended: bool


class Broken(Exception):  # noqa: N818
    """The step after the model's call fails."""


def a_graph(breaks: list[Exception]) -> Graph:
    """Asks the model, then fails as often as there are exceptions."""

    async def ask(_state: Steps, runtime: Runtime[GraphContext]) -> dict[str, Any]:
        prompt = render(PROMPT, **sample_inputs(PROMPT))
        await runtime.context.models.structured(
            prompt, [{"role": "user", "content": "Go."}], ActivityDraft, meter=runtime.context.meter
        )
        return {"answered": True}

    async def finish(_state: Steps, runtime: Runtime[GraphContext]) -> dict[str, Any]:
        if breaks:
            raise breaks.pop()
        return {"ended": True}

    graph = StateGraph(Steps, context_schema=GraphContext)
    graph.add_node("ask", ask)
    graph.add_node("finish", finish)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", "finish")
    return graph.compile()


def a_request(bench: GraphBench, **given: Any) -> RunRequest:
    return RunRequest("small", bench.workspace.id, bench.caller.user_id, given or {"asked": "this"})


async def do(bench: GraphBench, graph: Graph, request: RunRequest | None = None) -> dict[str, Any]:
    """One request to its end."""
    state = {"asked": "this"}
    async with (
        bench.runs.run(graph, bench.caller, request or a_request(bench), state) as done,
        bench.context.database.unit_of_work() as uow,
    ):
        await done.end(uow)
    return done.state


async def runs(bench: GraphBench) -> list[AgentRun]:
    async with bench.context.database.unit_of_work() as uow:
        here = AgentRun.workspace_id == bench.workspace.id
        return await Repository(uow.session, AgentRun).get_all(here, order_by=[AgentRun.created_at])


async def calls(bench: GraphBench) -> int:
    """Model calls on the workspace's bill."""
    async with bench.context.database.unit_of_work() as uow:
        mine = select(func.count()).where(UsageRecord.workspace_id == bench.workspace.id)
        return (await uow.session.execute(mine)).scalar_one()


async def test_a_run_that_broke_off_goes_on_after_the_step_that_was_paid(graph_bench: GraphBench) -> None:
    graph = a_graph([Broken(), Broken()])
    for _ in range(2):
        with pytest.raises(Broken):
            await do(graph_bench, graph)
    (failed,) = await runs(graph_bench)
    assert (failed.status, failed.error_code, failed.attempt) == (AgentRunStatus.FAILED, "internal_error", 2)
    assert (await do(graph_bench, graph))["ended"]
    (run,) = await runs(graph_bench)
    assert (run.status, run.attempt, run.model_calls) == (AgentRunStatus.DONE, 3, 1)
    assert run.provider == "openai"
    assert run.state == {"asked": "this", "answered": True, "ended": True}
    assert await calls(graph_bench) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checkpoints SET metadata = jsonb_set(metadata, '{state_version}', '2') WHERE thread_id = :thread",
        "UPDATE checkpoints SET checkpoint = checkpoint - 'channel_values' WHERE thread_id = :thread",
    ],
    ids=["of another version", "broken"],
)
async def test_a_run_whose_state_nobody_can_go_on_from_begins_again(
    graph_bench: GraphBench, statement: str
) -> None:
    graph = a_graph([Broken()])
    with pytest.raises(Broken):
        await do(graph_bench, graph)
    (run,) = await runs(graph_bench)
    async with graph_bench.context.database.unit_of_work() as uow:
        await uow.session.execute(text(statement), {"thread": str(run.thread_id)})
    assert await do(graph_bench, graph) == {"asked": "this", "answered": True, "ended": True}
    assert await calls(graph_bench) == 2
    assert [run.status for run in await runs(graph_bench)] == [AgentRunStatus.DONE]


async def test_a_result_that_could_not_be_kept_is_kept_by_the_next_request(graph_bench: GraphBench) -> None:
    graph = a_graph([])
    with pytest.raises(Broken):
        async with graph_bench.runs.run(graph, graph_bench.caller, a_request(graph_bench), {"asked": "this"}):
            raise Broken
    assert (await do(graph_bench, graph))["ended"]
    assert await calls(graph_bench) == 1
    assert [run.status for run in await runs(graph_bench)] == [AgentRunStatus.DONE]


async def test_another_question_or_one_that_was_answered_is_another_run(graph_bench: GraphBench) -> None:
    with pytest.raises(Broken):
        await do(graph_bench, a_graph([Broken()]))
    await do(graph_bench, a_graph([]), a_request(graph_bench, asked="that"))
    await do(graph_bench, a_graph([]), a_request(graph_bench, asked="that"))
    assert [run.status.value for run in await runs(graph_bench)] == ["failed", "done", "done"]
    assert await calls(graph_bench) == 3


async def test_what_stood_on_nothing_is_over_for_good(graph_bench: GraphBench) -> None:
    with pytest.raises(NothingSupported):
        await do(graph_bench, a_graph([NothingSupported()]))
    await do(graph_bench, a_graph([]))
    failed, done = await runs(graph_bench)
    assert (failed.error_code, failed.thread_id) == ("nothing_supported", None)
    assert (done.status, await calls(graph_bench)) == (AgentRunStatus.DONE, 2)


async def test_a_run_whose_process_died_is_taken_up_when_it_is_surely_dead(graph_bench: GraphBench) -> None:
    graph = a_graph([Broken()])
    with pytest.raises(Broken):
        await do(graph_bench, graph)
    await _pretend(graph_bench, timedelta(minutes=1))
    await do(graph_bench, graph)
    assert len(await runs(graph_bench)) == 2
    await _pretend(graph_bench, timedelta(minutes=6))
    await do(graph_bench, graph)
    first, second = await runs(graph_bench)
    assert {first.status, second.status} == {AgentRunStatus.DONE}
    assert await calls(graph_bench) == 2


async def _pretend(bench: GraphBench, ago: timedelta) -> None:
    """The first run looks as when its process had been killed that long ago."""
    first = (await runs(bench))[0]
    async with bench.context.database.unit_of_work() as uow:
        values = {"status": AgentRunStatus.RUNNING, "error_code": None, "started_at": func.now() - ago}
        await uow.session.execute(update(AgentRun).where(AgentRun.id == first.id).values(values))


async def test_of_many_equal_requests_at_once_one_takes_up_the_broken_run(graph_bench: GraphBench) -> None:
    with pytest.raises(Broken):
        await do(graph_bench, a_graph([Broken()]))
    await asyncio.gather(*(do(graph_bench, a_graph([])) for _ in range(4)))
    found = await runs(graph_bench)
    assert sorted(run.attempt for run in found) == [1, 1, 1, 2]
    assert {run.status for run in found} == {AgentRunStatus.DONE}


async def test_a_workspace_that_is_going_takes_no_run(graph_bench: GraphBench) -> None:
    async with graph_bench.context.database.unit_of_work() as uow:
        gone = {"status": ProjectStatus.DELETING}
        await Repository(uow.session, Workspace).update(gone, Workspace.id == graph_bench.workspace.id)
    with pytest.raises(NotFound):
        await do(graph_bench, a_graph([]))
    assert await runs(graph_bench) == []
