"""How many people a place of the lattice has, guessed from those counted so far.

The logarithm of a count is taken for a sum: one number for the start and one for each step up a ladder. Ladders bring
a first guess of each; every count corrects all of them, the less certain ones more (Bayesian linear regression, updated
one observation at a time).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erf, log, sqrt

from tools.filters.lattice import Lattice, Point

UNSURE_OF_START = 25.0
UNSURE_OF_STEP = 0.36
UNSURE_OF_SUM = 0.04
"""Variances: of the start, of one step's effect, and of the sum, since filters are not independent."""


@dataclass
class Estimate:
    """`mean` and `covariance` of the start and of every step, in the order of the ladders."""

    lattice: Lattice
    mean: list[float]
    covariance: list[list[float]]

    def of(self, point: Point) -> float:
        """The guessed logarithm of the count."""
        return sum(weight * self.mean[place] for place, weight in self._steps(point))

    def spread(self, point: Point) -> float:
        """How far off the guess may be, as a standard deviation."""
        steps = self._steps(point)
        variance = sum(
            one * other * self.covariance[left][right] for left, one in steps for right, other in steps
        )
        return sqrt(max(variance, 0.0) + UNSURE_OF_SUM)

    def learn(self, point: Point, count: int) -> None:
        """Correct everything by one count."""
        steps = self._steps(point)
        gain = [sum(weight * row[place] for place, weight in steps) for row in self.covariance]
        scale = sum(weight * gain[place] for place, weight in steps) + UNSURE_OF_SUM
        error = logarithm(count) - self.of(point)
        self.mean = [value + share * error / scale for value, share in zip(self.mean, gain, strict=True)]
        self.covariance = [
            [value - ours * theirs / scale for value, theirs in zip(row, gain, strict=True)]
            for row, ours in zip(self.covariance, gain, strict=True)
        ]

    def chance(self, point: Point, low: float, high: float) -> float:
        """How likely the count's logarithm lies between these."""
        middle, spread = self.of(point), self.spread(point) * sqrt(2)
        return (erf((high - middle) / spread) - erf((low - middle) / spread)) / 2

    def _steps(self, point: Point) -> Sequence[tuple[int, float]]:
        """The steps between the start and this place: 1 for one upwards, -1 for one downwards."""
        steps, first = [(0, 1.0)], 1
        for ladder, place in zip(self.lattice.ladders, point, strict=True):
            steps += [(first + step, 1.0) for step in range(ladder.start, place)]
            steps += [(first + step, -1.0) for step in range(place, ladder.start)]
            first += len(ladder.growth)
        return steps


def estimate(lattice: Lattice, counted: Mapping[Point, int]) -> Estimate:
    """What is to be expected after these counts."""
    guesses = [0.0, *(growth for ladder in lattice.ladders for growth in ladder.growth)]
    unsure = [UNSURE_OF_START, *[UNSURE_OF_STEP] * (len(guesses) - 1)]
    covariance = [
        [unsure[row] if row == column else 0.0 for column in range(len(unsure))] for row in range(len(unsure))
    ]
    found = Estimate(lattice, guesses, covariance)
    for point, count in counted.items():
        found.learn(point, count)
    return found


def logarithm(count: float) -> float:
    """Of a count that may be 0."""
    return log(count + 0.5)
