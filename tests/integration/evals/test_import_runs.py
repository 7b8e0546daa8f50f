"""Filters and messages that the product made become scrubbed cases: nobody's name, and what held before holds after."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agents.filters.optimiser import GraphOptimiser
from agents.outreach.drafter import GraphDrafter
from evals.dataset.conversation import Conversation, to_line
from evals.dataset.lint import lint
from evals.importing.building import conversation_of
from evals.importing.reading import reading, run_of, sampled
from evals.replay.discovery import Ask
from evals.replay.running import produced
from evals.replay.stage import Stage
from evals.runs.output import recorded
from evals.scorers.registry import HARD, score
from evals.scorers.score import Case
from persistence.models.agent_run import AgentRun
from persistence.models.outreach import OutreachFormat
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import make_prospect, make_sender
from tests.fixtures.sandbox import SandboxServer
from tools.filters.run import question
from tools.filters.search import Band
from tools.outreach.drafter import Wish
from tools.outreach.evidence import EvidencePacket
from tools.providers.wiza.filters import ProspectFilters

SECRET = "a secret of sixteen characters"
SAID = "Design Works sells to managers in design at companies with 51 to 200 employees, as Jonna Reiff does."
NAMES = ("Jonna", "Reiff", "Brennholt", "Maik", "Petersen", "Tidewerk", "Hafenstra", "25813", "Quaymaster")


async def newest_run(bench: GraphBench, graph: str) -> UUID:
    async with bench.context.database.unit_of_work() as uow:
        here = AgentRun.workspace_id == bench.workspace.id, AgentRun.graph == graph
        (run,) = await Repository(uow.session, AgentRun).get_all(*here)
        return run.id


async def imported(bench: GraphBench, run: UUID) -> Conversation:
    async with reading(bench.context.database) as uow:
        found = await run_of(uow, run)
    assert found is not None
    return conversation_of(found, SECRET)


async def written(bench: GraphBench, form: OutreachFormat = OutreachFormat.EMAIL_COLD) -> UUID:
    """A message of the product's own graph to a lead of whom something is known."""
    async with bench.context.database.unit_of_work() as uow:
        await make_sender(uow, bench.workspace, customer_names=["Quaymaster AG"])
        lead = await make_prospect(uow, bench.workspace)
    await GraphDrafter(bench.runs).draft(bench.caller, Wish(lead.id, form))
    return await newest_run(bench, "outreach")


async def found_filters(bench: GraphBench) -> UUID:
    """Filters that the product's own graph made of a sentence, in a workspace named as one of the search's words."""
    async with bench.context.database.unit_of_work() as uow:
        workspace = await uow.session.get_one(Workspace, bench.workspace.id)
        workspace.name = "Design Works"
        await make_prospect(uow, workspace)
    wanted = question(Band(500, 5_000), facts=[{"name": "turn:1", "text": SAID}])
    await GraphOptimiser(bench.runs, bench.context.prospects).optimise(
        bench.caller, bench.workspace.id, wanted
    )
    return await newest_run(bench, "filters")


async def counted_filters(bench: GraphBench) -> UUID:
    """Filters that somebody set, with a company they know of, and had counted."""
    async with bench.context.database.unit_of_work() as uow:
        await make_prospect(uow, bench.workspace)
    base = ProspectFilters.model_validate(
        {"job_role": ["design"], "past_company": [{"v": "Brennholt Towage GmbH", "s": "e"}]}
    )
    wanted = question(Band(500, 5_000), base)
    await GraphOptimiser(bench.runs, bench.context.prospects).optimise(
        bench.caller, bench.workspace.id, wanted
    )
    return await newest_run(bench, "filters")


Made = Callable[[GraphBench], Awaitable[UUID]]


@pytest.mark.parametrize("made", [written, found_filters, counted_filters])
async def test_a_run_becomes_a_case_without_anybody_s_name_that_replays(
    graph_bench: GraphBench, sandbox: SandboxServer, stage: Stage, tmp_path: Path, made: Made
) -> None:
    await sandbox.behave_well()
    case = await imported(graph_bench, await made(graph_bench))
    path = tmp_path / "dev" / "imported.jsonl"
    path.parent.mkdir()
    path.write_text(to_line(case) + "\n", encoding="utf-8")

    assert lint(tmp_path) == []
    assert [name for name in NAMES if name.casefold() in to_line(case).casefold()] == []
    # The product kept it, so it broke no hard rule: scrubbed it breaks none either.
    broken = [each for each in score(Case(case, recorded(case))) if each.verdict in {"fail", "error"}]
    assert [(each.scorer, each.reason) for each in broken if each.scorer in HARD] == []
    again = await produced(stage, case, Ask("forced"))
    assert again.error is None
    assert again.artifacts.filters or again.artifacts.outreach


async def test_a_message_keeps_the_ages_of_its_evidence_and_none_of_its_dates(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave_well()
    run = await written(graph_bench)
    async with reading(graph_bench.context.database) as uow:
        found = await run_of(uow, run)
    assert found is not None
    before = EvidencePacket.model_validate(found.runs[-1].state["packet"])
    case = conversation_of(found, SECRET)
    after = EvidencePacket.model_validate(case.setup.packet)

    assert _ages(after) == _ages(before)
    assert any(_ages(after))
    for day in {before.now, *(item.observed_at for item in before.evidence if item.observed_at)}:
        assert f"{day:%Y-%m-%d}" not in to_line(case)
    assert datetime.fromisoformat(case.world.now) == after.now
    assert conversation_of(found, SECRET) == case


def _ages(packet: EvidencePacket) -> list[timedelta]:
    return [packet.now - item.observed_at for item in packet.evidence if item.observed_at]


@pytest.mark.full
async def test_filters_keep_the_search_s_own_words_though_a_company_is_named_by_one(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave_well()
    case = await imported(graph_bench, await found_filters(graph_bench))

    assert case.artifacts.filters is not None
    assert case.artifacts.filters.drafted["job_role"] == ["design"]
    assert "Design Works" not in case.turns[0].content


async def test_filters_that_were_set_and_not_described_are_a_case_that_counts_them(
    graph_bench: GraphBench, stage: Stage
) -> None:
    case = await imported(graph_bench, await counted_filters(graph_bench))
    again = await produced(stage, case, Ask("forced"))

    assert case.setup.filters is not None
    assert case.setup.filters["job_role"] == ["design"]
    assert case.expect.filters is None
    assert again.calls == []
    assert again.artifacts.filters is not None
    assert again.artifacts.filters.drafted == case.setup.filters


@pytest.mark.full
async def test_a_sample_draws_from_all_three_graphs(graph_bench: GraphBench, sandbox: SandboxServer) -> None:
    await sandbox.behave_well()
    runs = {await written(graph_bench), await found_filters(graph_bench)}
    async with reading(graph_bench.context.database) as uow:
        assert runs <= set(await sampled(uow, 1, 10_000))
