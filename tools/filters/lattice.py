"""All settings that filters may be moved to: one place on each ladder. Higher on every ladder never means fewer people."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from tools.filters.ladders import Ladder, Related, ladders
from tools.providers.wiza.filters import ProspectFilters

MOST_POINTS = 4_000
Point = tuple[int, ...]
"""The place on each ladder, in the ladders' order."""


@dataclass(frozen=True)
class Lattice:
    """`asked` with its ladders; the product of their places is what can be reached."""

    asked: ProspectFilters
    ladders: tuple[Ladder, ...]

    @property
    def start(self) -> Point:
        """What was asked for."""
        return tuple(each.start for each in self.ladders)

    def points(self) -> Iterable[Point]:
        """Every place that can be reached."""
        return product(*(range(len(each.rungs)) for each in self.ladders))

    def filters(self, point: Point) -> ProspectFilters:
        """The filters of a place."""
        wired: dict[str, Any] = self.asked.wire()
        for ladder, place in zip(self.ladders, point, strict=True):
            wired[ladder.name] = ladder.rungs[place]
        return ProspectFilters.model_validate({name: value for name, value in wired.items() if value})


def lattice(asked: ProspectFilters, *, locked: Iterable[str] = (), related: Related | None = None) -> Lattice:
    """What `asked` may become while the filters named in `locked` stay as they are.

    Long ladders lose the places furthest from the start until there are at most 4,000 combinations.
    """
    found = list(ladders(asked, related or {}, locked))
    while prod(len(each.rungs) for each in found) > MOST_POINTS:
        longest = max(range(len(found)), key=lambda place: len(found[place].rungs))
        found[longest] = found[longest].trimmed(len(found[longest].rungs) - 1)
    return Lattice(asked, tuple(found))


def covers(broad: Point, narrow: Point) -> bool:
    """Whether everybody of `narrow` is among those of `broad`, whatever the population is."""
    return all(upper >= lower for upper, lower in zip(broad, narrow, strict=True))
