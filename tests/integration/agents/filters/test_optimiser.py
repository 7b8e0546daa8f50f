"""The optimiser as bootstrap fills it: recorded, in few counts, and going on behind the last one after a failure."""

from dataclasses import dataclass, field

import pytest

from agents.filters.optimiser import GRAPH, GraphOptimiser
from persistence.checkpointer import open_checkpointer
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.repositories import Repository
from persistence.settings import DatabaseSettings
from tests.fixtures.graphs import GraphBench, runs_of
from tests.fixtures.sandbox import SandboxServer
from tests.unit.tools.filters.specifications import counted
from tools.experiments.design import DimensionName
from tools.filters.optimiser import Optimised
from tools.filters.port import ProspectCounter
from tools.filters.run import question
from tools.filters.search import Band
from tools.providers.wiza.client import Place
from tools.providers.wiza.errors import WizaClosed
from tools.providers.wiza.filters import ProspectFilters, parse_filters

WANTED = parse_filters(
    {
        "job_role": ["design"],
        "job_title_level": ["Manager"],
        "company_size": ["51-200"],
        "funding_date": {"t": "any", "v": "90d"},
    }
)
BAND = Band(700, 1_000)


@dataclass
class Breaking:
    """Wiza, which is gone once before the count of that number."""

    real: ProspectCounter
    breaks_at: int
    asked: list[ProspectFilters] = field(default_factory=list)

    def require_key(self) -> None:
        """There is one."""

    async def places(self, query: str) -> list[Place]:
        """The real places."""
        return await self.real.places(query)

    async def count(self, filters: ProspectFilters) -> int:
        """The real count. Raises WizaClosed once."""
        if len(self.asked) == self.breaks_at:
            self.breaks_at = -1
            raise WizaClosed("Wiza can't be reached now.")
        self.asked.append(filters)
        return await self.real.count(filters)


async def optimise(
    bench: GraphBench, optimiser: GraphOptimiser, tested: frozenset[DimensionName] = frozenset()
) -> Optimised:
    wanted = question(BAND, WANTED, tested=tested)
    return await optimiser.optimise(bench.caller, bench.workspace.id, wanted)


async def runs(bench: GraphBench) -> list[AgentRun]:
    async with bench.context.database.unit_of_work() as uow:
        here = AgentRun.workspace_id == bench.workspace.id, AgentRun.graph == GRAPH
        return await Repository(uow.session, AgentRun).get_all(*here)


@pytest.fixture(autouse=True)
async def population(sandbox: SandboxServer) -> None:
    """The sandbox makes its people when first asked, which takes longer than the client waits."""
    await sandbox.wiza()


async def test_the_band_is_reached_by_real_counts_and_the_run_is_recorded(graph_bench: GraphBench) -> None:
    answer = await optimise(graph_bench, GraphOptimiser(graph_bench.runs, graph_bench.context.prospects))

    assert answer.reached
    assert BAND.low <= answer.count == counted(answer.filters) <= BAND.high
    assert answer.steps[0].count == counted(WANTED)
    (run,) = await runs(graph_bench)
    assert (run.status, run.model_calls) == (AgentRunStatus.DONE, 0)
    assert run.state is not None
    assert len(run.state["counted"]) == len(answer.steps) <= 8


async def test_the_tested_dimension_stays_and_what_cannot_be_reached_is_said(graph_bench: GraphBench) -> None:
    tested = frozenset({DimensionName.FIRMOGRAPHIC, DimensionName.TRIGGER})

    answer = await optimise(
        graph_bench, GraphOptimiser(graph_bench.runs, graph_bench.context.prospects), tested
    )

    assert (answer.reached, answer.proven) == (False, True)
    assert answer.filters.company_size == WANTED.company_size
    assert answer.filters.funding_date == WANTED.funding_date
    assert answer.count == counted(answer.filters) < BAND.low


async def test_a_run_that_broke_off_goes_on_behind_its_last_count(
    graph_bench: GraphBench, database_settings: DatabaseSettings
) -> None:
    whole = await optimise(graph_bench, GraphOptimiser(graph_bench.runs, graph_bench.context.prospects))
    wiza = Breaking(graph_bench.context.prospects, breaks_at=len(whole.steps) - 1)
    async with open_checkpointer(database_settings) as saver:
        broken = GraphOptimiser(runs_of(graph_bench.context, saver, prospects=wiza), wiza)
        with pytest.raises(WizaClosed):
            await optimise(graph_bench, broken)
        again = await optimise(graph_bench, broken)

    assert again == whole
    assert len(whole.steps) > 1
    assert len(wiza.asked) == len(whole.steps), "no setting was counted twice"
    assert [run.status for run in await runs(graph_bench)] == [AgentRunStatus.DONE] * 2
