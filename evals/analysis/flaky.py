"""Repeats of one run: what a case passes at once, always, and how often it flips."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from evals.runs.summary import Metric


@dataclass(frozen=True)
class Stability:
    """One scorer over the repeats of a run. `pass_at_1`: of single samples; `pass_all`: cases whose samples all pass."""

    scorer: str
    cases: int
    samples: int
    pass_at_1: float
    pass_all: float
    flip_rate: float
    flipping: tuple[str, ...]


def stability(metric: Metric) -> Stability | None:
    """None when nothing was scored. `flip_rate` is how often two samples in a row disagree."""
    by_case: dict[str, list[bool]] = defaultdict(list)
    for key in sorted(metric.values):
        by_case[key[0]].append(key not in metric.failures)
    if not by_case:
        return None
    singles = [passed for found in by_case.values() for passed in found]
    flips = [one != other for found in by_case.values() for one, other in pairwise(found)]
    return Stability(
        metric.name,
        len(by_case),
        max(map(len, by_case.values())),
        fmean(singles),
        fmean(all(found) for found in by_case.values()),
        fmean(flips) if flips else 0.0,
        tuple(case for case, found in sorted(by_case.items()) if len(set(found)) > 1),
    )
