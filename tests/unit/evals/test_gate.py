"""The gate: what fails it, what passes it, and when it says that it can't tell."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from evals.dataset.conversation import Conversation
from evals.gating.baseline import keep
from evals.gating.gate import Decision, Outcome, Profile, decide
from evals.gating.thresholds import Thresholds, read_thresholds
from evals.gating.verdict_text import junit, markdown
from evals.runs.file import Head, RunInvalid, RunWriter, read_head, read_results
from evals.runs.output import Call, Output
from evals.runs.scoring import item_of, new_head
from evals.runs.summary import Summary, summarise
from evals.scorers.score import Score, Verdict
from tests.factories.conversations import talk

LIMITS = Thresholds.model_validate({"metrics": {"style": {"margin": 0.05, "floor": 0.5}}})


def case(number: int, tenants: int) -> Conversation:
    return talk(id=f"disc-{number:04}", cluster=f"tenant:t-{number % tenants}")


def run(
    folder: Path,
    name: str,
    values: dict[str, list[float]],
    *,
    tenants: int = 12,
    usd: float = 0.01,
    ms: int = 100,
    **head: object,
) -> tuple[Head, Summary]:
    """A run file with these values of scorers, case by case; None-like -1 is an error."""
    path = folder / f"{name}.jsonl"
    count = len(next(iter(values.values())))
    writer = RunWriter(
        path,
        new_head(name, "discovery", cases=count, prompts={}).model_copy(update={"mode": "forced", **head}),
    )
    for number in range(count):
        failed = any(found[number] < 0 for found in values.values())
        output = Output(
            mode="forced", calls=[Call(prompt="a/b@1#1", usd=usd)], ms=ms, error="broke" if failed else None
        )
        scores = [score(scorer, found[number]) for scorer, found in values.items()]
        writer.add(item_of(case(number, tenants), output), scores)
    writer.close()
    return read_head(path), summarise(read_results(path))


def score(scorer: str, value: float) -> Score:
    if value < 0:
        return Score(scorer=scorer, verdict="error", reason="broke")
    by = "model-b#wording" if scorer == JUDGE else None
    verdict: Verdict = "pass" if value == 1 else "fail"
    return Score(scorer=scorer, verdict=verdict, value=value, reason="why", by=by)


def gate(
    folder: Path, before: list[float], after: list[float], profile: Profile = "quality", **options: object
) -> Decision:
    """The gate over one metric."""
    old = run(
        folder,
        "old",
        {"style": before, "controlled": [1.0] * len(before)},
        tenants=int(str(options.pop("tenants", 12))),
    )
    new = run(folder, "new", {"style": after, "controlled": [1.0] * len(after)}, **options)  # type: ignore[arg-type]
    return decide(old, new, LIMITS, profile)


def said(decision: Decision, name: str) -> str:
    return next(check.detail for check in decision.checks if check.name == name)


def test_a_repeat_of_a_good_run_passes(tmp_path: Path) -> None:
    assert gate(tmp_path, [1.0] * 36, [1.0] * 36).outcome is Outcome.PASS


def test_a_loss_that_is_no_chance_fails_and_names_what_is_newly_broken(tmp_path: Path) -> None:
    decision = gate(tmp_path, [1.0] * 36, [float(number >= 16) for number in range(36)])

    assert decision.outcome is Outcome.FAIL
    assert "-44.4 pp" in said(decision, "style")
    assert "**Newly broken** (16)" in markdown(decision)


def test_a_small_loss_can_not_be_told_and_it_says_what_would_tell(tmp_path: Path) -> None:
    decision = gate(tmp_path, [1.0] * 36, [float(number not in (3, 17)) for number in range(36)])

    assert decision.outcome is Outcome.INCONCLUSIVE
    assert "a loss of 5% is not excluded; about" in said(decision, "style")


JUDGE = "question_quality"
JUDGED = Thresholds.model_validate({"metrics": {JUDGE: {"margin": 0.05}}})


def judged_runs(folder: Path) -> tuple[tuple[Head, Summary], tuple[Head, Summary]]:
    """Two runs that a judge looked at, of which it likes the later one far less."""
    lost = [float(number >= 16) for number in range(36)]
    return run(folder, "old", {JUDGE: [1.0] * 36}), run(folder, "new", {JUDGE: lost})


def test_a_grey_judge_is_shown_and_decides_nothing(tmp_path: Path) -> None:
    decision = decide(*judged_runs(tmp_path), JUDGED)

    assert decision.outcome is Outcome.PASS
    assert "**GREY** `question_quality`: decides nothing: never calibrated" in markdown(decision)
    assert "question_quality (grey)" in markdown(decision)
    assert decision.comparison is not None
    assert decision.comparison.broken == []


def test_a_judge_that_people_bear_out_fails_a_loss_and_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("evals.runs.summary", "evals.gating.comparison"):
        monkeypatch.setattr(f"{module}.why_grey", lambda _judge, _judges: None)
    old, new = judged_runs(tmp_path)

    assert decide(old, new, JUDGED).outcome is Outcome.FAIL
    unjudged = decide(old, run(tmp_path, "other", {"style": [1.0] * 36}), JUDGED)
    assert unjudged.outcome is Outcome.INCONCLUSIVE
    assert "./quiver evals judge" in said(unjudged, JUDGE)


def test_five_tenants_decide_nothing(tmp_path: Path) -> None:
    few = decide(
        run(tmp_path, "few", {"style": [1.0] * 10}, tenants=5),
        run(tmp_path, "few2", {"style": [1.0] * 10}, tenants=5),
        LIMITS,
    )
    assert "not decidable with fewer than 6 tenants" in said(few, "style")


def test_one_new_failure_of_a_hard_scorer_fails(tmp_path: Path) -> None:
    old = run(tmp_path, "old", {"controlled": [1.0] * 20 + [0.0]})
    same = run(tmp_path, "same", {"controlled": [1.0] * 20 + [0.0]})
    new = run(tmp_path, "new", {"controlled": [0.0] + [1.0] * 19 + [0.0]})

    assert decide(old, same, LIMITS).outcome is Outcome.PASS
    assert "disc-0000 fails now: why" in said(decide(old, new, LIMITS), "controlled")


def test_errors_are_never_averaged_away(tmp_path: Path) -> None:
    decision = gate(tmp_path, [1.0] * 36, [1.0] * 34 + [-1.0] * 2)

    assert decision.outcome is Outcome.FAIL
    assert "5.6% of the items ended in an error" in said(decision, "error_rate")


def test_a_floor_holds_whatever_was_before(tmp_path: Path) -> None:
    assert "below its floor" in said(gate(tmp_path, [0.0] * 36, [0.0] * 36), "style")


@pytest.mark.parametrize(("options", "check"), [({"usd": 0.02}, "cost"), ({"ms": 150}, "latency")])
def test_a_quarter_more_money_or_time_fails(tmp_path: Path, options: dict[str, float], check: str) -> None:
    decision = gate(tmp_path, [1.0] * 36, [1.0] * 36, **options)

    assert [each.name for each in decision.checks if each.outcome is Outcome.FAIL] == [check]


def test_a_run_of_the_sandbox_says_nothing_of_quality(tmp_path: Path) -> None:
    sandbox = run(tmp_path, "sandbox", {"style": [1.0] * 36}, sandbox=True)
    real = run(tmp_path, "real", {"style": [1.0] * 36})

    assert said(decide(real, sandbox, LIMITS), "real_models")
    assert decide(sandbox, sandbox, LIMITS, "wiring").outcome is Outcome.PASS
    with pytest.raises(RunInvalid, match="says nothing of quality"):
        decide(real, sandbox, LIMITS, "wiring")
    with pytest.raises(RunInvalid, match="can only be a baseline of wiring"):
        keep(tmp_path / "sandbox.jsonl", "main", tmp_path)


def test_a_hold_out_id_in_dev_fails(tmp_path: Path) -> None:
    same = run(tmp_path, "same", {"style": [1.0] * 36})

    assert decide(same, same, LIMITS, leaked=("disc-0900",)).outcome is Outcome.FAIL


def test_an_unfinished_run_can_not_be_judged(tmp_path: Path) -> None:
    whole = run(tmp_path, "whole", {"style": [1.0] * 36})
    half = run(tmp_path, "half", {"style": [1.0] * 36}, cases=72)

    assert decide(whole, half, LIMITS).outcome is Outcome.INCONCLUSIVE


def test_a_baseline_keeps_the_numbers_and_no_text(tmp_path: Path) -> None:
    run(tmp_path, "old", {"style": [1.0, 0.0]})
    path = keep(tmp_path / "old.jsonl", "main", tmp_path / "baselines")

    assert summarise(read_results(path)).metrics["style"].mean == 0.5
    assert "why" not in path.read_text()
    assert '"name":"main"' in path.read_text()


def test_junit_has_a_failure_for_each_check_that_failed(tmp_path: Path) -> None:
    suite = fromstring(junit(gate(tmp_path, [1.0] * 36, [0.0] * 36)))

    assert suite.attrib["failures"] == "1"
    assert {each.attrib["name"] for each in suite if each.find("failure") is not None} == {"style"}


def test_the_product_s_thresholds_name_scorers_that_there_are(tmp_path: Path) -> None:
    assert read_thresholds().metrics
    wrong = tmp_path / "thresholds.toml"
    wrong.write_text("[metrics.charm]\nmargin = 0.1\n")
    with pytest.raises(RunInvalid, match="charm"):
        read_thresholds(wrong)
