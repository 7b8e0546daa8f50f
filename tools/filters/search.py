"""Which setting to count next, and what the counts so far allow to be said. Deterministic: the same counts, the same step.

A broader setting never has fewer people, so each count rules out places unseen: where 900 are too many, everything that
covers it has too many as well. When none is left the band cannot be reached, and the nearest of those counted is the
nearest there is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from tools.filters.estimate import Estimate, estimate, logarithm
from tools.filters.lattice import Lattice, Point, covers

MOST_COUNTS = 8
PATIENCE = 5
"""After so many counts on one side of the band the broadest or narrowest place is counted: it says whether to go on."""
SHORTLIST = 60
FAITHFUL = 0.97
"""What one step away from what was asked costs: of two places as likely to fit, the one that changes less is taken."""


@dataclass(frozen=True)
class Band:
    """How many people are wanted, both ends included. Raises ValueError when the ends are the wrong way round."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError("a band goes from a number of people to one that is not smaller")

    def misses(self, count: int) -> int:
        """By how many people a count lies outside; 0 inside."""
        return max(self.low - count, count - self.high, 0)


@dataclass(frozen=True)
class Verdict:
    """`point` and `count` are in the band or the nearest that was counted.

    `proven`: reached, or no place that can be reached is in the band and none is nearer to it.
    """

    point: Point
    count: int
    reached: bool
    proven: bool


def next_point(lattice: Lattice, band: Band, counted: Mapping[Point, int]) -> Point | None:
    """What to count next. None when the band is reached, cannot be reached, or 8 were counted."""
    if not counted:
        return lattice.start
    if len(counted) >= MOST_COUNTS or any(not band.misses(count) for count in counted.values()):
        return None
    if len(counted) == PATIENCE and (end := _end(lattice, band, counted)) is not None:
        return end
    guess = estimate(lattice, counted)
    low, high = logarithm(band.low), logarithm(band.high)
    middle = (low + high) / 2
    near = nsmallest(
        SHORTLIST, _open(lattice, band, counted), key=lambda point: abs(guess.of(point) - middle)
    )
    return max(near, key=lambda point: _worth(guess, point, low, high), default=None)


def verdict(lattice: Lattice, band: Band, counted: Mapping[Point, int]) -> Verdict:
    """What these counts, at least one, say. Of places equally near the one counted first."""
    point, count = min(counted.items(), key=lambda item: band.misses(item[1]))
    reached = not band.misses(count)
    return Verdict(point, count, reached, reached or next(_open(lattice, band, counted), None) is None)


def _open(lattice: Lattice, band: Band, counted: Mapping[Point, int]) -> Iterator[Point]:
    """The places no count has ruled out: neither part of too few nor covering too many."""
    few = [point for point, count in counted.items() if count < band.low]
    many = [point for point, count in counted.items() if count > band.high]
    for point in lattice.points():
        if not any(covers(each, point) for each in few) and not any(covers(point, each) for each in many):
            yield point


def _end(lattice: Lattice, band: Band, counted: Mapping[Point, int]) -> Point | None:
    """The broadest place when all were too few, the narrowest when all were too many; None when it was counted."""
    end: Point | None = None
    if all(count < band.low for count in counted.values()):
        end = tuple(len(each.rungs) - 1 for each in lattice.ladders)
    elif all(count > band.high for count in counted.values()):
        end = (0,) * len(lattice.ladders)
    return None if end in counted else end


def _worth(guess: Estimate, point: Point, low: float, high: float) -> tuple[float, float]:
    """How good a place is to count: likely to fit and near to what was asked; failing both, near the band."""
    moved = sum(abs(place - start) for place, start in zip(point, guess.lattice.start, strict=True))
    return (
        guess.chance(point, low - 1e-3, high + 1e-3) * FAITHFUL**moved,
        -abs(guess.of(point) - (low + high) / 2),
    )
