"""Putting a report together from two run files, without holding their texts in memory."""

from pathlib import Path

from evals.analysis.coverage import cover_runs
from evals.dataset.reading import conversations
from evals.gating.comparison import compare
from evals.gating.gate import Profile, decide
from evals.gating.thresholds import read_thresholds
from evals.report.page import Report, Shown, changed_first, page
from evals.runs.file import Result, read_head, read_results
from evals.runs.summary import summarise
from evals.scorers.registry import HARD

MOST = 40
"""Cases on a page."""


def report_of(before: Path, after: Path) -> str:
    """The page of two runs. Raises RunInvalid, DataInvalid."""
    sides = [(read_head(path), summarise(read_results(path))) for path in (before, after)]
    thresholds = read_thresholds()
    profile: Profile = "wiring" if sides[1][0].sandbox else "quality"
    decision = decide(sides[0], sides[1], thresholds, profile)
    found = compare(sides[0], sides[1], gated=frozenset(thresholds.metrics) - HARD)
    names = list(dict.fromkeys([*changed_first(found), *_differing(before, after)]))[:MOST]
    if not names:
        names = [result.item.case for result in read_results(after)][:5]
    old, new = _first_samples(before, names), _first_samples(after, names)
    cases = {case.id: case for case in conversations(ids=names)}
    shown = [Shown(cases.get(name), old.get(name), new[name]) for name in names if name in new]
    left_out = sides[1][1].samples - len(shown)
    return page(Report(decision, found, (sides[0][1], sides[1][1]), shown, left_out, cover_runs([after])))


def _first_samples(path: Path, names: list[str]) -> dict[str, Result]:
    return {
        result.item.case: result
        for result in read_results(path)
        if result.item.case in names and not result.item.sample
    }


def _differing(before: Path, after: Path) -> list[str]:
    """The cases whose words differ, as many as fit on a page."""
    marks = {result.item.case: _words(result) for result in read_results(before) if not result.item.sample}
    differing = []
    for result in read_results(after):
        if result.item.case in marks and marks[result.item.case] != _words(result):
            differing.append(result.item.case)
            if len(differing) >= MOST:
                break
    return differing


def _words(result: Result) -> int:
    """A mark of what was said and made."""
    output = result.item.output
    return hash((tuple(turn.content for turn in output.answers()), output.artifacts.model_dump_json()))
