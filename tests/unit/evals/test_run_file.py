"""Run files: appended to, read one result at a time, taken up where a killed process left them."""

import json
from pathlib import Path

import pytest

from evals.runs.file import Head, RunInvalid, RunWriter, Scored, read_head, read_results
from evals.runs.scoring import item_of, new_head, score_recorded
from evals.runs.summary import summarise
from evals.scorers.score import Score
from tests.factories.conversations import as_case, talk

CASES = [talk(id=f"disc-{number:04}") for number in range(4)]


def head(**changes: object) -> Head:
    """The head of a run over four cases."""
    return new_head("main", "discovery", cases=4, prompts={}).model_copy(update=changes)


def scored(path: Path, cases: int = 4) -> list[str]:
    """Score so many cases into the file; which were scored now."""
    writer = RunWriter(path, head())
    try:
        return [item.case for item in score_recorded(CASES[:cases], writer)]
    finally:
        writer.close()


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    assert scored(path, 2) == ["disc-0000", "disc-0001"]
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind":"item","case":"disc-00')

    assert scored(path) == ["disc-0002", "disc-0003"]
    assert path.read_bytes().startswith(whole)
    assert [result.item.case for result in read_results(path)] == [case.id for case in CASES]
    assert scored(path) == []


def test_an_item_whose_scores_were_lost_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    scored(path, 2)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))

    assert scored(path, 2) == ["disc-0001"]
    assert len(list(read_results(path))) == 3


def test_the_newest_scores_of_an_item_count(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    scored(path, 1)
    writer = RunWriter(path, head())
    writer.rescore(
        Scored(case="disc-0000", scores=[Score(scorer="style", verdict="fail", value=0.0, reason="too long")])
    )
    writer.close()

    (result,) = read_results(path)

    assert [score.reason for score in result.scores] == ["too long"]


def test_another_run_is_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    scored(path, 1)

    with pytest.raises(RunInvalid, match="another prompts and model"):
        RunWriter(path, head(prompts={"discovery/followup": "x"}, model="other"))


def test_two_processes_do_not_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    writer = RunWriter(path, head())

    with pytest.raises(RunInvalid, match="being written by another process"):
        RunWriter(path, head())
    writer.close()


def test_a_broken_line_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    scored(path, 1)
    path.write_bytes(path.read_bytes() + b'{"kind":"item","case":"x"}\n')

    with pytest.raises(RunInvalid, match=r"main\.jsonl:4"):
        list(read_results(path))
    (tmp_path / "other.jsonl").write_text(json.dumps({"hello": 1}) + "\n")
    with pytest.raises(RunInvalid, match="no run file"):
        read_head(tmp_path / "other.jsonl")


def test_a_summary_tells_what_was_scored_of_how_many(tmp_path: Path) -> None:
    path = tmp_path / "main.jsonl"
    scored(path)
    writer = RunWriter(path, head())
    failed = as_case(talk(id="disc-0009"), turns=[], error="ModelFailure: model_unavailable")
    writer.add(
        item_of(failed.conversation, failed.output), [Score(scorer="style", verdict="error", reason="x")]
    )
    writer.close()

    summary = summarise(read_results(path))
    style = summary.metrics["style"]

    assert (summary.samples, summary.errors) == (5, 1)
    assert (len(style.values), len(style.errors), style.total) == (4, 1, 5)
    assert style.coverage == pytest.approx(0.8)
    assert style.mean == 1.0
