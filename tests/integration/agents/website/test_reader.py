"""A reading that breaks off anywhere goes on there: nothing is fetched, stored or paid for twice."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import func, select

from agents.website.reader import GraphSiteReader
from persistence.checkpointer import open_checkpointer
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.budget import Budget, UsageRecord
from persistence.models.page_snapshot import PageSnapshot
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.settings import DatabaseSettings
from prompts.prompt import Role
from tests.fixtures.graphs import GraphBench, runs_of
from tests.fixtures.websites import HostileSites, http
from tools.errors import ProviderUnavailable, QuotaExceeded
from tools.providers.models.provider import Completion, Finish, Hear, ModelRequest, TokenCount
from tools.providers.models.router import ModelRouter
from tools.websites.reading import SiteRequest

FIRST = '<title>Tidewerk</title><p>Tidewerk plans crews for harbour tugs in eleven ports.</p><a href="/about">About</a><a href="/pricing">Prices</a>'
STEPS = ["fetch", "extract", "linked", "store", "cleanup", "keep"]


class Broken(Exception):  # noqa: N818
    """The process breaks off here."""


@pytest.fixture
def site(hostile_sites: HostileSites) -> HostileSites:
    """Three pages."""
    hostile_sites.answers |= {
        "tidewerk.example/": http(FIRST),
        "tidewerk.example/about": http("<title>About</title><p>Founded in Rostock by two captains.</p>"),
        "tidewerk.example/pricing": http("<title>Prices</title><p>It costs EUR 89 per tug and month.</p>"),
    }
    return hostile_sites


def asked(bench: GraphBench, **changes: object) -> SiteRequest:
    given = {"url": "tidewerk.example", "depth": 1, "workspace_id": bench.workspace.id}
    return SiteRequest(**{**given, "keep_in": bench.workspace.id, **changes})  # type: ignore[arg-type]


def pages_asked(site: HostileSites) -> list[str]:
    """The pages that were fetched, in order, robots.txt aside."""
    return [place for place in site.seen if not place.endswith("robots.txt")]


async def runs(bench: GraphBench) -> list[AgentRun]:
    async with bench.context.database.unit_of_work() as uow:
        here = AgentRun.workspace_id == bench.workspace.id
        return await Repository(uow.session, AgentRun).get_all(here, order_by=[AgentRun.created_at])


async def counts(bench: GraphBench) -> tuple[int, int]:
    """Model calls on the bill, and stored pages."""
    async with bench.context.database.unit_of_work() as uow:
        calls = select(func.count()).where(UsageRecord.workspace_id == bench.workspace.id)
        pages = select(func.count()).where(PageSnapshot.workspace_id == bench.workspace.id)
        return (await uow.session.execute(calls)).scalar_one(), (
            await uow.session.execute(pages)
        ).scalar_one()


async def read_broken(bench: GraphBench, reader: GraphSiteReader, at: str) -> None:
    async def began(step: str) -> None:
        if step == at:
            raise Broken

    with pytest.raises(Broken):
        await reader.read(bench.caller, asked(bench), began=began)


async def test_the_site_is_read_stored_cleaned_and_shown(graph_bench: GraphBench, site: HostileSites) -> None:
    reader = GraphSiteReader(graph_bench.runs, graph_bench.context.pages)
    steps: list[str] = []

    async def began(step: str) -> None:
        steps.append(step)

    reading = await reader.read(graph_bench.caller, asked(graph_bench), began=began)
    assert steps == STEPS
    assert [page.title for page in reading.pages] == ["Tidewerk", "About", "Prices"]
    (run,) = await runs(graph_bench)
    assert (run.graph, run.status, run.model_calls, run.thread_id) == (
        "website",
        AgentRunStatus.DONE,
        3,
        None,
    )
    assert run.prompt_tags[0].startswith("website/cleanup@")
    assert run.state is not None
    assert run.state["fetched"] is None
    async with graph_bench.context.database.unit_of_work() as uow:
        rows = await Repository(uow.session, PageSnapshot).get_all(PageSnapshot.id.in_(reading.snapshots))
        workspace = await uow.session.get_one(Workspace, graph_bench.workspace.id)
    assert {row.content for row in rows} == {page.text for page in reading.pages}
    assert workspace.website_scrape is not None
    assert workspace.website_scrape["content"] == reading.content


@pytest.mark.parametrize("step", STEPS)
async def test_a_reading_that_broke_off_goes_on_where_it_was(
    graph_bench: GraphBench, site: HostileSites, step: str
) -> None:
    reader = GraphSiteReader(graph_bench.runs, graph_bench.context.pages)
    await read_broken(graph_bench, reader, step)
    reading = await reader.read(graph_bench.caller, asked(graph_bench))
    assert len(reading.pages) == 3
    assert len(pages_asked(site)) == 3, "no page was fetched twice"
    assert await counts(graph_bench) == (3, 3), "no page was paid for or stored twice"
    (run,) = await runs(graph_bench)
    assert (run.status, run.attempt, run.model_calls) == (AgentRunStatus.DONE, 2, 3)


async def test_a_website_that_fails_is_read_by_the_same_run_when_it_is_back(
    graph_bench: GraphBench, site: HostileSites
) -> None:
    page = site.answers.pop("tidewerk.example/")
    reader = GraphSiteReader(graph_bench.runs, graph_bench.context.pages)
    with pytest.raises(ProviderUnavailable):
        await reader.read(graph_bench.caller, asked(graph_bench))
    site.answers["tidewerk.example/"] = page
    await reader.read(graph_bench.caller, asked(graph_bench))
    assert [(run.status, run.attempt) for run in await runs(graph_bench)] == [(AgentRunStatus.DONE, 2)]


async def test_of_a_killed_reading_the_pages_that_were_paid_are_not_paid_again(
    graph_bench: GraphBench, site: HostileSites, database_settings: DatabaseSettings
) -> None:
    provider = Slow()
    async with open_checkpointer(database_settings) as saver:
        models = ModelRouter([provider], price=lambda *_: None)
        runs_here = runs_of(graph_bench.context, saver, models=models)
        reader = GraphSiteReader(runs_here, graph_bench.context.pages)
        reading = asyncio.create_task(reader.read(graph_bench.caller, asked(graph_bench)))
        await asyncio.wait_for(provider.waiting.wait(), 20)
        await until_billed(graph_bench, 2)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        (stopped,) = await runs(graph_bench)
        assert (stopped.status, stopped.error_code) == (AgentRunStatus.FAILED, "stopped")
        provider.release.set()
        again = await reader.read(graph_bench.caller, asked(graph_bench))
    assert len(again.pages) == 3
    assert sorted(provider.asked) == ["About", "Prices", "Tidewerk", "Tidewerk"]
    (run,) = await runs(graph_bench)
    assert (await counts(graph_bench))[0] == run.model_calls == 4, (
        "the call that was cut off is on the bill too"
    )


async def test_a_workspace_without_tokens_reads_nothing(graph_bench: GraphBench, site: HostileSites) -> None:
    async with graph_bench.context.database.unit_of_work() as uow:
        uow.session.add(Budget(workspace_id=graph_bench.workspace.id, tokens_per_day=0))
    reader = GraphSiteReader(graph_bench.runs, graph_bench.context.pages)
    with pytest.raises(QuotaExceeded):
        await reader.read(graph_bench.caller, asked(graph_bench))
    assert site.seen == []


class Slow:
    """A provider that cleans up every page at once but the first, which waits."""

    name = "slow"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.waiting = asyncio.Event()
        self.release = asyncio.Event()

    def model_for(self, role: Role) -> str:
        return f"slow-{role}"

    async def stream(
        self, request: ModelRequest, hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        marks = {"eleven ports": "Tidewerk", "Rostock": "About"}
        title = next((name for words, name in marks.items() if words in request.system), "Prices")
        self.asked.append(title)
        if title == "Tidewerk":
            self.waiting.set()
            await self.release.wait()
        yield "Founded in Rostock by two captains."
        yield Finish("stop", TokenCount(100, 10))

    async def complete(self, request: ModelRequest) -> Completion:
        raise NotImplementedError

    async def list_models(self) -> frozenset[str]:
        return frozenset()

    async def close(self) -> None:
        return None


async def until_billed(bench: GraphBench, calls: int) -> None:
    """Wait until this many calls are on the bill: before the run has ended."""
    for _ in range(200):
        if (await counts(bench))[0] >= calls:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{await counts(bench)} are on the bill")
