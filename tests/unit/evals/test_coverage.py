"""What was hit, what never was, and what no run can hit: edges of graphs and branches of templates among the rest."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.analysis.coverage import BRANCHES, EDGES, cover, cover_recorded, cover_runs
from evals.analysis.reach import BEGINNINGS, UNPLAYED, why_out_of_reach
from evals.dataset.conversation import Conversation
from evals.dataset.reading import conversations
from evals.gating.baseline import keep
from evals.report.making import report_of
from evals.runs.file import Head, RunWriter, read_head
from evals.runs.output import Output, recorded
from evals.runs.scoring import item_of, now
from evals.runs.ways import Ways, edges_on
from evals.scorers.registry import score
from evals.scorers.score import Case
from evals.terminal.covering import coverage_text
from evals.trails.graphs import drawn_edges
from evals.trails.templates import WatchedPrompts
from prompts.loader import FOLDER

EXAMPLES = Path(__file__).resolve().parents[3] / "evals" / "examples"
ASKED = "discovery: __start__ orchestrator followup strategy __end__"
KNOWN, DIGEST = "_shared/known: if known or beliefs", "_shared/known: if digest"
WAYS = Ways(
    edges=["discovery: followup → strategy", "discovery: output → followup", "website: fetch → extract"],
    branches=[KNOWN, DIGEST],
)


def ran(path: Path, ways: Ways | None, *outputs: Output, case: str = "disc-1001") -> Path:
    """A run of one case with these samples."""
    found = next(conversations(ids=[case]))
    head = Head(name=path.stem, suite="discovery", mode="forced", started_at=now(), cases=1, ways=ways)
    return written(path, head, found, outputs)


def written(path: Path, head: Head, case: Conversation, outputs: Sequence[Output]) -> Path:
    writer = RunWriter(path, head)
    for sample, output in enumerate(outputs):
        writer.add(item_of(case, output, sample), score(Case(case, output)))
    writer.close()
    return path


def passed(trails: dict[str, int], *branches: str) -> Output:
    """An output that took these ways."""
    return Output(mode="forced", trails=trails, branches=list(branches))


def test_the_data_set_hits_every_topic_kind_format_and_language_it_claims() -> None:
    found = cover_recorded()
    never = found.never()

    assert "topics told" not in never
    assert "experiment kinds" not in never
    assert not set(never.get("message formats", ())) & {
        "email_cold",
        "linkedin_inmail",
        "linkedin_connection",
        "linkedin_message",
    }
    assert {"en", "de", "fr", "es"} <= found.hits["languages"].keys()
    assert "first_name" in never["filter fields"]


def test_an_edge_that_a_run_took_is_counted_and_one_it_did_not_take_is_never_hit(tmp_path: Path) -> None:
    found = cover_runs([ran(tmp_path / "run.jsonl", WAYS, passed({ASKED: 4}), passed({ASKED: 1}))])

    assert found.hits[EDGES] == {
        "discovery: followup → strategy": 5,
        "discovery: output → followup": 0,
        "website: fetch → extract": 0,
    }
    assert found.never()[EDGES] == ["discovery: output → followup"]


def test_an_edge_of_a_graph_that_no_suite_replays_is_told_as_out_of_reach(tmp_path: Path) -> None:
    found = cover_runs([ran(tmp_path / "run.jsonl", WAYS, passed({ASKED: 1}))])

    assert found.out_of_reach()[EDGES, "no suite replays this graph"] == ["website: fetch → extract"]
    assert "out of reach of every run" in coverage_text(found)


def test_what_the_product_never_lets_happen_is_told_as_out_of_reach_with_the_reason(tmp_path: Path) -> None:
    never = "outreach/revise: else of for objection in objections"
    ways = Ways(edges=["outreach: revise → decline", "outreach: draft → decline"], branches=[never])
    found = cover_runs([ran(tmp_path / "run.jsonl", ways, passed({ASKED: 1}))])

    assert found.never()[EDGES] == ["outreach: draft → decline"]
    assert found.out_of_reach() == {
        **found.out_of_reach(),
        (EDGES, "somebody else would have to act while the run goes on"): ["outreach: revise → decline"],
        (BRANCHES, "the product never gives it an empty list"): [never],
    }


def test_a_branch_counts_once_an_output_and_one_not_taken_is_never_hit(tmp_path: Path) -> None:
    found = cover_runs([ran(tmp_path / "run.jsonl", WAYS, passed({}, KNOWN), passed({}, KNOWN))])

    assert found.hits[BRANCHES] == {KNOWN: 2, DIGEST: 0}
    assert found.never()[BRANCHES] == [DIGEST]


def test_several_runs_are_covered_together_and_a_case_counts_once(tmp_path: Path) -> None:
    one = ran(tmp_path / "one.jsonl", WAYS, passed({ASKED: 1}, KNOWN))
    other = ran(tmp_path / "other.jsonl", WAYS, passed({"discovery: output followup __end__": 1}, DIGEST))
    alone, together = cover_runs([one]), cover_runs([one, other])

    assert together.hits["topics told"] == alone.hits["topics told"]
    assert together.never().keys() & {EDGES, BRANCHES} == set()


def test_what_was_not_replayed_claims_nothing_of_edges_and_branches(tmp_path: Path) -> None:
    """A run of before edges were kept, one that only scored what was recorded, and the data set itself."""
    older = cover_runs([EXAMPLES / "good.jsonl"])
    scored = cover_runs([ran(tmp_path / "run.jsonl", None, recorded(next(conversations(ids=["disc-1001"]))))])

    for found in (older, scored, cover_recorded()):
        assert not found.replayed
        assert EDGES not in found.hits
        assert "only a replay goes through them" in coverage_text(found)


def test_the_command_s_text_lists_what_was_hit_and_what_never_was(tmp_path: Path) -> None:
    hit, never, _ = coverage_text(
        cover_runs([ran(tmp_path / "run.jsonl", WAYS, passed({ASKED: 4}, KNOWN))])
    ).split("\n\n")

    assert "graph edges, 1 of 3\n    discovery: followup → strategy 4" in hit
    assert "template branches, 1 of 2\n    _shared/known: if known or beliefs 1" in hit
    assert "graph edges, 1\n    discovery: output → followup" in never
    assert "template branches, 1\n    _shared/known: if digest" in never


def test_the_report_shows_the_coverage_of_the_later_run(tmp_path: Path) -> None:
    before = ran(tmp_path / "before.jsonl", WAYS, passed({ASKED: 1}, KNOWN, DIGEST))
    after = ran(tmp_path / "after.jsonl", WAYS, passed({ASKED: 1}, KNOWN))
    section = report_of(before, after).partition('<table id="coverage">')[2].partition("</table>")[0]

    assert "<td>graph edges</td><td><details><summary>1 of 3</summary>" in section
    assert '<b>discovery</b> <span class="way">output → followup</span>' in section
    assert '<b>discovery</b> <span class="way">followup → strategy <i>1</i></span>' in section
    assert '<summary>1 out of reach</summary><p class="note">no suite replays this graph</p>' in section
    assert "<td>template branches</td><td><details><summary>1 of 2</summary>" in section
    assert '<b>_shared/known</b> <span class="way">if digest</span></li>' in section
    assert "not recorded in this run" in report_of(after, EXAMPLES / "good.jsonl")


def test_a_baseline_keeps_no_ways(tmp_path: Path) -> None:
    run = ran(tmp_path / "run.jsonl", WAYS, passed({ASKED: 1}, KNOWN))

    assert read_head(keep(run, "main", tmp_path)).ways is None
    assert ASKED not in keep(run, "main", tmp_path).read_text()


def test_nodes_side_by_side_lead_on_from_each() -> None:
    assert list(edges_on("some: one two+three four")) == [
        "some: one → two",
        "some: one → three",
        "some: two → four",
        "some: three → four",
    ]


def test_what_is_said_to_be_out_of_reach_is_there() -> None:
    names = [*drawn_edges(), *(prompts := WatchedPrompts(FOLDER, print)).ids(), *prompts.branches()]

    for beginning in BEGINNINGS:
        assert any(name.startswith(beginning) for name in names), beginning


@pytest.mark.parametrize("suite", ["discovery", "filters", "outreach"])
def test_a_graph_that_a_suite_replays_is_within_reach(suite: str) -> None:
    assert suite not in UNPLAYED
    assert any(not why_out_of_reach(edge) for edge in drawn_edges() if edge.startswith(f"{suite}: "))


def test_a_step_that_the_graph_does_not_draw_is_no_edge() -> None:
    found = cover([], [passed({"discovery: somewhere followup strategy": 1})], WAYS)

    assert found.hits[EDGES] == {**dict.fromkeys(WAYS.edges, 0), "discovery: followup → strategy": 1}
