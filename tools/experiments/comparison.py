"""Which of two arms did better, so that looking every day makes no false winner. Pure arithmetic.

A false winner may come in 5 of 100 comparisons of equal arms, however often somebody looks. One of the five is spent on a
verdict before the planned sample, four on the one test at the planned sample:

- early: a likelihood ratio of "one arm is better by the lift" against "both are the same", multiplied day by day. Each day's
  factor is on average at most 1 when both rates are equal, whatever the rate is and whatever came before (the model for a day
  is made of earlier days only), so the product passes 1/0.01 at any time with a chance of at most 0.01 (Ville's inequality).
- at the sample: the two-sided test of two rates, on the days up to the one that completed the sample, and on no others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt
from statistics import NormalDist
from typing import Literal

from tools.experiments.sampling import ALPHA, LIFT

EARLY_ALPHA = 0.01
FINAL_ALPHA = ALPHA - EARLY_ALPHA
PRIOR_LEADS = 200
"""How many leads the base rate stands for before there are results of one's own."""

VerdictWord = Literal["better", "worse", "no_difference", "not_enough_data"]


@dataclass(frozen=True)
class Day:
    """The leads first written to on one day whose window is over, and how many of them brought the outcome."""

    contacted: int
    successes: int
    control_contacted: int
    control_successes: int


@dataclass(frozen=True)
class Comparison:
    """What may be said of an arm beside its control. `more` leads are still to be contacted before anything may."""

    verdict: VerdictWord
    more: int
    early: bool = False


@dataclass
class _Sums:
    contacted: int = 0
    successes: int = 0
    control_contacted: int = 0
    control_successes: int = 0

    def add(self, day: Day) -> None:
        self.contacted += day.contacted
        self.successes += day.successes
        self.control_contacted += day.control_contacted
        self.control_successes += day.control_successes

    @property
    def smaller(self) -> int:
        return min(self.contacted, self.control_contacted)


def compare(days: Iterable[Day], *, needed: int, base_rate: float, comparisons: int = 1) -> Comparison:
    """The verdict on an arm after these days, oldest first; once there is one, later days don't change it.

    `needed` is the sample an arm, fixed before. `comparisons` made at the same time share the 5 in 100 among them.
    """
    sums = _Sums()
    ratios = [0.0, 0.0]
    for day in days:
        ratios = [
            ratio + _factor(day, sums, base_rate, lift)
            for ratio, lift in zip(ratios, (LIFT, 1 / LIFT), strict=True)
        ]
        sums.add(day)
        limit = log(2 * comparisons / EARLY_ALPHA)
        if max(ratios) >= limit:
            return Comparison("better" if ratios[0] >= limit else "worse", 0, early=True)
        if sums.smaller >= needed:
            return Comparison(_at_the_sample(sums, FINAL_ALPHA / comparisons), 0)
    return Comparison("not_enough_data", needed - sums.smaller)


def _factor(day: Day, before: _Sums, base_rate: float, lift: float) -> float:
    """The logarithm of a day's factor: how much better `lift` explains the day than equal rates do."""
    leads = day.contacted + day.control_contacted
    if not leads:
        return 0.0
    seen = before.contacted + before.control_contacted + PRIOR_LEADS
    pooled = (before.successes + before.control_successes + base_rate * PRIOR_LEADS) / seen
    control = min(pooled * 2 / (1 + lift), 0.99 / max(lift, 1))
    arm = control * lift
    equal = (day.contacted * arm + day.control_contacted * control) / leads
    return _likelihood(day.contacted, day.successes, arm, equal) + _likelihood(
        day.control_contacted, day.control_successes, control, equal
    )


def _likelihood(contacted: int, successes: int, rate: float, equal: float) -> float:
    return successes * log(rate / equal) + (contacted - successes) * log((1 - rate) / (1 - equal))


def _at_the_sample(sums: _Sums, alpha: float) -> VerdictWord:
    distance = z_score(sums.contacted, sums.successes, sums.control_contacted, sums.control_successes)
    if abs(distance) < NormalDist().inv_cdf(1 - alpha / 2):
        return "no_difference"
    return "better" if distance > 0 else "worse"


def z_score(contacted: int, successes: int, control_contacted: int, control_successes: int) -> float:
    """How far the arm's rate lies above its control's, in standard errors of equal rates; 0 without any information."""
    pooled = (successes + control_successes) / (contacted + control_contacted)
    spread = pooled * (1 - pooled) * (1 / contacted + 1 / control_contacted)
    difference = successes / contacted - control_successes / control_contacted
    return difference / sqrt(spread) if spread else 0.0
