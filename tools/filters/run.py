"""A run of the optimiser as plain JSON: what it was asked, and the counts so far."""

from collections.abc import Iterable
from typing import Any, TypedDict

from tools.experiments.design import DimensionName
from tools.filters.dimensions import filters_of
from tools.filters.ladders import Related
from tools.filters.lattice import Lattice, Point, lattice
from tools.filters.optimiser import Optimised, optimised
from tools.filters.search import Band
from tools.providers.wiza.filters import ProspectFilters


class Asked(TypedDict):
    """`filters` as they go over the wire, the band's ends, the filters that stay, and proposed further words."""

    filters: dict[str, Any]
    low: int
    high: int
    locked: list[str]
    related: dict[str, list[str]]


class Counted(TypedDict):
    """One counted setting: its place on each ladder, and how many people it has."""

    point: list[int]
    count: int


def asked(
    filters: ProspectFilters, band: Band, tested: Iterable[DimensionName], related: Related | None = None
) -> Asked:
    """The question of a run: filters of a `tested` dimension stay as they are."""
    return {
        "filters": filters.wire(),
        "low": band.low,
        "high": band.high,
        "locked": sorted(filters_of(frozenset(tested))),
        "related": {name: list(words) for name, words in (related or {}).items()},
    }


def moves_of(question: Asked) -> tuple[Lattice, Band]:
    """What may be moved, and where to."""
    filters = ProspectFilters.model_validate(question["filters"])
    moves = lattice(filters, locked=question["locked"], related=question["related"])
    return moves, Band(question["low"], question["high"])


def counts_of(counted: Iterable[Counted]) -> dict[Point, int]:
    """The counts by place, in the order of counting."""
    return {tuple(each["point"]): each["count"] for each in counted}


def answer_of(question: Asked, counted: Iterable[Counted]) -> Optimised:
    """What a run that is over came to."""
    moves, band = moves_of(question)
    return optimised(moves, band, counts_of(counted))
