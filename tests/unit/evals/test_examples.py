"""The quality gate on run files that were made by hand: it fails the spoilt one, passes a repeat, and admits what it can't tell."""

from pathlib import Path

import pytest

from evals.gating.gate import Decision, Outcome, decide
from evals.gating.thresholds import read_thresholds
from evals.runs.file import read_head, read_results
from evals.runs.summary import summarise

EXAMPLES = Path(__file__).resolve().parents[3] / "evals" / "examples"


def against_good(name: str) -> Decision:
    def read(each: str) -> object:
        path = EXAMPLES / f"{each}.jsonl"
        return read_head(path), summarise(read_results(path))

    return decide(read("good"), read(name), read_thresholds())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("repeat", Outcome.PASS), ("spoilt", Outcome.FAIL), ("unclear", Outcome.INCONCLUSIVE)],
)
def test_the_gate_decides_as_a_person_would(name: str, outcome: Outcome) -> None:
    assert against_good(name).outcome is outcome


def test_what_failed_is_what_was_spoilt() -> None:
    failed = {check.name for check in against_good("spoilt").checks if check.outcome is Outcome.FAIL}

    assert failed == {"one_question", "style"}


def test_the_examples_say_that_they_are_made_by_hand() -> None:
    for path in EXAMPLES.glob("*.jsonl"):
        assert read_head(path).note.startswith("hand-made: ")
