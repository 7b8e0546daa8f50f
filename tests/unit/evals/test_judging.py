"""Judges: what people's labels make of them; grey until they are good enough, and grey again when anything changes."""

from pathlib import Path
from random import Random

import pytest
import typer
from typer.testing import CliRunner

from evals.dataset.reading import DataInvalid
from evals.judging import standing
from evals.judging.calibration import Calibration, Place, calibrate, corrected, kappa, keep, mark, trusted
from evals.judging.judge import judge_prompt, require_other_model
from evals.judging.labels import TurnLabel, Value, add_label, by_people, lint_labels, read_labels
from evals.replay.errors import RunStopped
from evals.terminal.judging import VARIABLE, JudgeModel, agree, judge_model

PLACES: list[Place] = [(f"disc-{number:04}", 3) for number in range(80)]


def people(share: float = 0.6) -> dict[Place, Value]:
    return {place: "pass" if number < share * len(PLACES) else "fail" for number, place in enumerate(PLACES)}


def judged(wrong: int, *, seed: int = 1) -> dict[Place, Value]:
    """A judge that is wrong so often, anywhere."""
    flipped = set(Random(seed).sample(PLACES, wrong))
    turn: dict[Value, Value] = {"pass": "fail", "fail": "pass"}
    return {place: turn[value] if place in flipped else value for place, value in people().items()}


def calibrated(wrong: int) -> Calibration:
    return calibrate(people(), [judged(wrong)] * 3)


def test_a_judge_that_agrees_with_people_is_trusted_for_exactly_that(tmp_path: Path) -> None:
    found, path = calibrated(4), tmp_path / "calibrations.json"
    holds_for = mark("prompt", "model-b", people())
    keep("question_quality", holds_for, found, path)

    assert found.problems() == []
    assert found.kappa > 0.85
    assert trusted("question_quality", holds_for, path)
    assert not trusted("question_quality", mark("another wording", "model-b", people()), path)
    assert not trusted("question_quality", mark("prompt", "model-c", people()), path)
    assert not trusted("question_quality", mark("prompt", "model-b", people(0.5)), path)
    assert not trusted("never_calibrated", holds_for, path)


def test_scores_of_a_judge_are_grey_until_people_bear_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "FILE", tmp_path / "calibrations.json")
    monkeypatch.setattr(standing, "LABELS", tmp_path)
    key, by = "question_quality", standing.signature("model-b", "wording")

    assert "never calibrated" in str(standing.why_grey(key, {by}))
    for (case, turn), value in people().items():
        add_label(key, TurnLabel(case=case, turn=turn, rater="ab", value=value, made_by="person"), tmp_path)
    keep(key, mark("wording", "model-b", people()), calibrated(4), tmp_path / "calibrations.json")
    assert standing.why_grey(key, {by}) is None
    assert "another wording" in str(standing.why_grey(key, {standing.signature("model-c", "wording")}))
    assert "more than one" in str(standing.why_grey(key, {by, standing.signature("model-b", "changed")}))
    assert "sandbox" in str(standing.why_grey(key, {standing.signature(standing.SANDBOX, "wording")}))
    add_label(key, TurnLabel(case="disc-9", turn=1, rater="ab", value="pass", made_by="person"), tmp_path)
    assert "set of labels" in str(standing.why_grey(key, {by}))


def test_a_judge_that_guesses_or_always_says_the_same_is_grey() -> None:
    constant: dict[Place, Value] = dict.fromkeys(PLACES, "pass")

    assert any("kappa" in problem for problem in calibrated(40).problems())
    always = calibrate(people(0.75), [constant] * 3)
    assert always.kappa == 0.0
    assert always.agreement == pytest.approx(0.75)
    assert any("always saying the same" in problem for problem in always.problems())


def test_a_judge_that_changes_its_mind_is_grey() -> None:
    found = calibrate(people(), [judged(2), judged(2, seed=5), judged(2, seed=9)])

    assert any("agrees with itself" in problem for problem in found.problems())


def test_few_labels_calibrate_nothing() -> None:
    few = {place: value for place, value in people().items() if int(place[0][-4:]) % 2}

    assert any("60 labels" in problem for problem in calibrate(few, [few] * 3).problems())
    with pytest.raises(ValueError, match="no turn in common"):
        calibrate(people(), [{}])


def test_worked_figures() -> None:
    pairs = [(True, True)] * 40 + [(True, False)] * 10 + [(False, True)] * 10 + [(False, False)] * 40

    assert kappa(pairs) == pytest.approx(0.6)
    assert corrected(0.5, 0.8, 0.8) == pytest.approx(0.5)
    assert corrected(0.8, 0.9, 0.7) == pytest.approx(0.5 / 0.6)
    assert corrected(0.5, 0.5, 0.5) is None


def test_only_labels_by_people_count_and_disagreements_are_left_out(tmp_path: Path) -> None:
    lines = [
        TurnLabel(case="a-1", turn=1, rater="ab", value="pass", made_by="person"),
        TurnLabel(case="a-1", turn=1, rater="cd", value="pass", made_by="person"),
        TurnLabel(case="a-2", turn=1, rater="ab", value="pass", made_by="person"),
        TurnLabel(case="a-2", turn=1, rater="cd", value="fail", made_by="person"),
        TurnLabel(case="a-3", turn=1, rater="gpt", value="fail", made_by="model"),
        TurnLabel(case="a-4", turn=1, rater="hand", value="fail", made_by="synthetic"),
    ]
    for line in lines:
        add_label("question_quality", line, tmp_path)

    assert by_people(read_labels("question_quality", tmp_path)) == {("a-1", 1): "pass"}
    (tmp_path / "question_quality.jsonl").write_text('{"case": 1}\n')
    with pytest.raises(DataInvalid, match=r"question_quality\.jsonl:1"):
        list(read_labels("question_quality", tmp_path))


def test_the_shipped_labels_are_synthetic_and_calibrate_nothing() -> None:
    shipped = list(read_labels("question_quality"))

    assert shipped
    assert {label.made_by for label in shipped} == {"synthetic"}
    assert by_people(iter(shipped)) == {}


def test_no_model_judges_itself() -> None:
    require_other_model("model-b", "model-a, model-fast")
    with pytest.raises(RunStopped, match="a judge is another one"):
        require_other_model("model-a", "model-a, model-fast")


@pytest.mark.parametrize("under_test", [None, "sandbox", "gpt-6-sol, gpt-6-luna"])
def test_a_judge_that_nobody_named_judges_nothing(
    monkeypatch: pytest.MonkeyPatch, under_test: str | None
) -> None:
    """Least of all a run of the sandbox, whose name no model of the product has."""
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(RunStopped, match="EVALS_JUDGE_MODEL is not set"):
        judge_model(sandbox=False, under_test=under_test)

    monkeypatch.setenv(VARIABLE, "gpt-5.4")
    assert judge_model(sandbox=False, under_test=under_test).name == "gpt-5.4"
    assert judge_model(sandbox=True, under_test=under_test).name == standing.SANDBOX


def test_the_judge_s_prompt_is_in_order() -> None:
    assert judge_prompt("question_quality").tag.startswith("judges/question_quality@1#")


def test_labels_of_what_is_not_there_are_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    for case, turn in (("disc-0001", 1), ("disc-0001", 17), ("disc-0009", 1), ("disc-0001", 1)):
        label = TurnLabel(case=case, turn=turn, rater="ab", value="pass", made_by="person")
        add_label("question_quality", label, folder)
    with (folder / "question_quality.jsonl").open("a") as file:
        file.write("no label\n")

    problems = [str(each) for each in lint_labels({"disc-0001": {1, 3}}, folder)]

    assert problems[:3] == [
        "labels/question_quality.jsonl:2: disc-0001 has no answer at turn 17, which the label is about",
        "labels/question_quality.jsonl:3: there is no case disc-0009",
        "labels/question_quality.jsonl:4: ab labelled turn 1 of disc-0001 before",
    ]
    assert problems[3].startswith("labels/question_quality.jsonl:5: ")


def test_a_judge_says_what_it_costs_and_asks_before_it_looks(capsys: pytest.CaptureFixture[str]) -> None:
    judge = JudgeModel("gpt-5.4", {"OPENAI_API_KEY": "sk-some", "OPENAI_MODEL": "gpt-5.4"})
    agree(60, 180, judge, 8.0, yes=True)
    app = typer.Typer()
    app.command()(lambda: agree(60, 180, judge, 8.0, yes=False))

    assert capsys.readouterr().out == "60 cases ≈ 180 calls, ~$3.65; budget $8.00\n"
    assert CliRunner().invoke(app, input="n\n").exit_code == 2
    assert CliRunner().invoke(app, input="y\n").exit_code == 0
    with pytest.raises(RunStopped, match="OPENAI_API_KEY is not set"):
        agree(60, 180, JudgeModel("gpt-5.4", {}), 8.0, yes=True)
