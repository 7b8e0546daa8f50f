"""The ways of real runs: which edges the product's graphs took and which branches its prompts, as a run file keeps them."""

import subprocess
from pathlib import Path

import pytest

from evals.analysis.coverage import BRANCHES, EDGES, cover_runs
from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.replay.choosing import chosen_prompts
from evals.replay.discovery import Ask
from evals.replay.probing import probe_cases
from evals.replay.running import Plan, produced, run_cases
from evals.replay.stage import Stage
from evals.replay.talking import GraphTalk
from evals.runs.file import Head, RunWriter, read_results
from evals.runs.scoring import now
from evals.runs.ways import Ways
from evals.trails.graphs import drawn_edges
from tests.factories.conversations import TOLD

ROOT = Path(__file__).resolve().parents[3]


def case(name: str) -> Conversation:
    return next(conversations(ids=[name]))


async def test_a_run_file_keeps_the_ways_and_its_coverage_reads_them(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with chosen_prompts(None, "") as prompts:
        ways = Ways(edges=drawn_edges(), branches=prompts.branches())
        head = Head(name="run", suite="all", mode="forced", started_at=now(), sandbox=True, ways=ways)
        writer = RunWriter(path, head)
        cases = [case("disc-1033"), case("filt-1001"), case("mail-1001")]
        await run_cases(stage, cases, writer, Plan("forced"), lambda _line: None)
        writer.close()
    found = cover_runs([path])
    answers = len(case("disc-1033").said("assistant"))

    assert found.hits[EDGES]["discovery: orchestrator → followup"] == answers
    assert found.hits[EDGES]["filters: draft → places"] >= 1
    assert found.hits[EDGES]["outreach: draft → check"] == 1
    assert {"discovery: output → followup", "discovery: orchestrator → execution"} <= set(
        found.never()[EDGES]
    )
    assert found.hits[BRANCHES]["filters/draft: for fact in facts"] == 1
    assert found.hits[BRANCHES]['discovery/followup: else of if mode == "refused"'] == 1
    assert 'discovery/followup: if mode == "refused"' in found.never()[BRANCHES]
    assert all(result.item.output.error is None for result in read_results(path))


async def test_the_way_of_a_graph_that_broke_is_kept_as_far_as_it_came(stage: Stage) -> None:
    mail = case("mail-1001")
    broken = mail.model_copy(update={"setup": mail.setup.model_copy(update={"wish": {"format": "pigeon"}})})
    output = await produced(stage, broken, Ask("forced"))

    assert output.error
    assert list(output.trails) == ["outreach: draft"]


async def test_filters_that_a_talk_asks_for_take_their_way_too(stage: Stage) -> None:
    talk = await GraphTalk.begin(stage, case("disc-1033"), "a talk that ends in a save")
    for place, text in enumerate([TOLD, "Give me the five now.", "Yes, save them."]):
        spoken = await talk.attempt(text, place)
        assert not isinstance(spoken, str), spoken
    trails = await talk.trails()

    assert trails.count("discovery: __start__ orchestrator execution __end__") == 1
    assert any(line.startswith("discovery: __start__ orchestrator strategy") for line in trails)
    assert any(line.startswith("filters: __start__ ") for line in trails)


async def test_a_probe_tells_the_branches_of_what_it_sent_and_not_of_what_it_looked_at(stage: Stage) -> None:
    followup = next(each for each in probe_cases() if each.tags[1] == "discovery/followup")
    with chosen_prompts(None, ""):
        output = await produced(stage, followup, Ask("forced"))
    modes = [branch for branch in output.branches if "mode ==" in branch or "contradiction" in branch]

    assert output.wiring == []
    assert len(modes) == 1


@pytest.mark.full
def test_the_commands_go_together(tmp_path: Path) -> None:
    """A run as people start it, on servers of its own, then its coverage."""
    path = str(tmp_path / "run.jsonl")
    run = quiver("run", "discovery", "--only", "disc-1033", "--mode", "forced", "--sandbox", "--name", path)
    said = quiver("coverage", path).stdout

    assert "1 of 1 done" in run.stdout, run.stderr
    assert "__start__ → orchestrator" in said
    assert "out of reach of every run" in said
    assert "only a replay goes through them" not in said


def quiver(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`./quiver evals` with these arguments."""
    command = ["./quiver", "evals", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
