"""What flips between repeats, and which sentences can be dropped."""

from pathlib import Path

from evals.analysis.flaky import stability
from evals.replay.mutating import droppable
from evals.runs.summary import Metric
from prompts.loader import library


def test_repeats_tell_what_passes_at_once_and_what_passes_always() -> None:
    metric = Metric("style")
    for case, passes in {"a": (1, 1, 1), "b": (1, 0, 1), "c": (0, 0, 0)}.items():
        for sample, passed in enumerate(passes):
            metric.values[case, sample] = float(passed)
            if not passed:
                metric.failures[case, sample] = "why"
    found = stability(metric)

    assert found is not None
    assert (found.cases, found.samples, found.flipping) == (3, 3, ("b",))
    assert (round(found.pass_at_1, 3), round(found.pass_all, 3), round(found.flip_rate, 3)) == (
        0.556,
        0.333,
        0.333,
    )
    assert stability(Metric("nothing")) is None


def test_a_sentence_is_dropped_from_a_copy_and_the_prompt_still_renders(tmp_path: Path) -> None:
    own = library()
    (first, *more) = droppable(own, "discovery/followup")
    changed = first.written(own, tmp_path)

    assert len(more) > 10
    assert first.sentence in own.load("discovery/followup").body
    assert first.sentence not in changed.load("discovery/followup").body
    assert changed.load("discovery/strategy").tag == own.load("discovery/strategy").tag
