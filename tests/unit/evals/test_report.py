"""The report: what stands beside what, where talks part, how experiments differ, and that nothing is loaded from elsewhere."""

import re
from pathlib import Path

from evals.report.alignment import aligned, cards, word_diff
from evals.report.making import report_of
from evals.runs.file import Head, RunWriter
from evals.runs.output import Output, recorded
from evals.runs.scoring import item_of, now
from evals.scorers.registry import score
from evals.scorers.score import Case
from tests.factories.conversations import experiments, talk

EXAMPLES = Path(__file__).resolve().parents[3] / "evals" / "examples"


def test_the_first_difference_is_marked_once() -> None:
    case = talk()
    before = recorded(case)
    changed = [
        turn.model_copy(update={"content": f"{turn.content} Now."}) if turn.i >= 3 else turn
        for turn in before.turns
    ]
    pairs = aligned(case, before, before.model_copy(update={"turns": changed}))

    assert [pair.i for pair in pairs if pair.parts] == [3]


def test_the_founder_s_words_stand_between_answers_that_were_made_one_by_one() -> None:
    case = talk()
    answers = Output(mode="forced", turns=list(case.said("assistant")))
    pairs = aligned(case, answers, answers)

    assert [pair.role for pair in pairs] == ["user", "assistant"] * 3
    assert not any(pair.parts for pair in pairs)


def test_words_that_stayed_are_told_from_those_that_changed() -> None:
    assert word_diff("Who signs it?", "Who pays it?") == [
        ("same", "Who "),
        ("gone", "signs"),
        ("new", "pays"),
        ("same", " it?"),
    ]


def test_experiments_are_matched_by_kind_and_the_difference_has_a_name() -> None:
    before, after = experiments(), list(reversed(experiments()))
    after[4] = {**after[4], "pattern": "Other words"}
    after[3] = {
        **after[3],
        "design": {**after[3]["design"], "persona": {"value": "CEO", "standing": "assumed"}},
    }
    verdicts = {card.kind: card.verdict for card in cards(before, after[1:])}

    assert verdicts["variable_a"] == "persona changed"
    assert verdicts["long_shot"] == "lost"
    assert {card.verdict for card in cards(before, after) if card.kind == "bullseye"} == {"reworded"}
    assert verdicts["contrarian"] == "same"


def test_the_page_asks_no_other_host_and_hides_the_hold_out(tmp_path: Path) -> None:
    page = report_of(EXAMPLES / "good.jsonl", EXAMPLES / "spoilt.jsonl")

    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|<script", page)
    assert "default-src 'none'" in page
    hidden = talk(split="holdout", id="disc-0900", expect={"must_not": []}).model_copy()
    secret = report_of(write_run(tmp_path / "a.jsonl", hidden), write_run(tmp_path / "b.jsonl", hidden))
    assert "The text of hold-out cases is not shown." in secret
    assert "closes the books" not in secret
    assert hidden.turns[1].content not in secret


def test_foreign_text_can_not_become_markup(tmp_path: Path) -> None:
    evil = talk(id="disc-0666")
    turns = [turn.model_copy(update={"content": "<img src=x onerror=alert(1)> & <b>"}) for turn in evil.turns]
    page = report_of(
        write_run(tmp_path / "a.jsonl", evil),
        write_run(tmp_path / "b.jsonl", evil.model_copy(update={"turns": turns})),
    )

    assert "<img" not in page
    assert "&lt;img" in page


def write_run(path: Path, case: object) -> Path:
    """A run of one case as it was recorded."""
    assert hasattr(case, "turns")
    writer = RunWriter(path, Head(name=path.stem, suite="discovery", mode="score", started_at=now(), cases=1))
    output = recorded(case)  # type: ignore[arg-type]
    writer.add(item_of(case, output), score(Case(case, output)))  # type: ignore[arg-type]
    writer.close()
    return path
