"""Runs whose process died: ended by the sweep, gone on with by the same request, and forgotten when nobody asks again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from agents.runs import FinishedRun
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import UsageRecord
from tests.fixtures.graphs import GraphBench
from tests.integration.agents.runs.test_runs import Broken, a_graph, a_request, calls, do, runs
from tools.runs.abandoned import fail_abandoned_runs, forget_broken_runs
from tools.runs.service import TakenOver
from tools.runs.settings import RunSettings

SETTINGS = RunSettings()


async def a_dead_run(bench: GraphBench, ago: timedelta) -> AgentRun:
    """A run that asked a model, and whose process was killed that long ago."""
    with pytest.raises(Broken):
        await do(bench, a_graph([Broken()]))
    async with bench.context.database.unit_of_work() as uow:
        values = {"status": AgentRunStatus.RUNNING, "error_code": None, "started_at": func.now() - ago}
        here = AgentRun.workspace_id == bench.workspace.id
        await uow.session.execute(update(AgentRun).where(here).values(values))
    return (await runs(bench))[0]


async def sweep(bench: GraphBench, settings: RunSettings = SETTINGS) -> None:
    async with bench.context.database.unit_of_work() as uow:
        await fail_abandoned_runs(uow, settings)
        await forget_broken_runs(uow, settings)


async def checkpoints(bench: GraphBench, run: AgentRun) -> int:
    async with bench.context.database.unit_of_work() as uow:
        statement = text("SELECT count(*) FROM checkpoints WHERE thread_id = :thread")
        return int((await uow.session.execute(statement, {"thread": str(run.thread_id)})).scalar_one())


async def test_a_dead_run_is_failed_and_the_same_request_goes_on_with_it(graph_bench: GraphBench) -> None:
    await a_dead_run(graph_bench, timedelta(minutes=6))
    await sweep(graph_bench)
    (failed,) = await runs(graph_bench)
    assert (failed.status, failed.error_code) == (AgentRunStatus.FAILED, "abandoned")
    assert failed.finished_at is not None
    assert failed.duration_ms is not None
    assert failed.duration_ms >= 360_000
    await do(graph_bench, a_graph([]))
    (run,) = await runs(graph_bench)
    assert (run.status, run.attempt, await calls(graph_bench)) == (AgentRunStatus.DONE, 2, 1)


async def test_a_run_that_may_be_alive_is_left_alone_and_how_long_is_a_setting(
    graph_bench: GraphBench,
) -> None:
    await a_dead_run(graph_bench, timedelta(minutes=4))
    await sweep(graph_bench)
    assert [run.status for run in await runs(graph_bench)] == [AgentRunStatus.RUNNING]
    await sweep(graph_bench, RunSettings.model_validate({"RUN_DEAD_AFTER": 120}))
    assert [run.status for run in await runs(graph_bench)] == [AgentRunStatus.FAILED]


async def test_what_nobody_asked_for_again_leaves_its_row_and_no_thread(graph_bench: GraphBench) -> None:
    dead = await a_dead_run(graph_bench, timedelta(minutes=61))
    assert await checkpoints(graph_bench, dead) > 0
    await sweep(graph_bench)
    (run,) = await runs(graph_bench)
    assert (run.status, run.thread_id) == (AgentRunStatus.FAILED, None)
    assert await checkpoints(graph_bench, dead) == 0
    await do(graph_bench, a_graph([]))
    assert len(await runs(graph_bench)) == 2, "the same request begins anew"


async def test_what_a_killed_attempt_used_is_on_the_bill_before_it_ends(graph_bench: GraphBench) -> None:
    """The process dies in the node after the model's call: nobody writes that the run has ended."""

    class Killed(BaseException):
        """No handler of ours catches it."""

    with pytest.raises(Killed):
        await do(graph_bench, a_graph([Killed()]))  # type: ignore[list-item]
    (run,) = await runs(graph_bench)
    assert (run.status, run.model_calls) == (AgentRunStatus.RUNNING, 1)
    assert await calls(graph_bench) == 1
    async with graph_bench.context.database.unit_of_work() as uow:
        mine = UsageRecord.workspace_id == graph_bench.workspace.id
        tokens = func.sum(UsageRecord.input_tokens)
        billed = (await uow.session.execute(select(tokens).where(mine))).scalar_one()
    assert billed == run.input_tokens > 0


async def test_an_attempt_that_was_taken_over_keeps_nothing_and_is_still_billed(
    graph_bench: GraphBench,
) -> None:
    late: list[FinishedRun] = []
    state = {"asked": "this"}
    graph, request = a_graph([]), a_request(graph_bench)
    with pytest.raises(TakenOver):
        async with graph_bench.runs.run(graph, graph_bench.caller, request, state) as done:
            late.append(done)
            async with graph_bench.context.database.unit_of_work() as uow:
                old = {"started_at": func.now() - timedelta(minutes=6)}
                await uow.session.execute(update(AgentRun).where(AgentRun.id == done.run.id).values(old))
            await do(graph_bench, graph)
            async with graph_bench.runs.open() as uow:
                await done.end(uow)
    (run,) = await runs(graph_bench)
    assert (run.status, run.attempt, run.error_code) == (AgentRunStatus.DONE, 2, None)
    assert await calls(graph_bench) == run.model_calls == 1
