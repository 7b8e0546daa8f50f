"""A run of the optimiser as plain JSON: what it is asked, what of it is counted, and the counts so far."""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, TypedDict

from tools.errors import FieldError, Invalid
from tools.experiments.design import DimensionName
from tools.experiments.targeting import filters_of
from tools.filters.drafting import Checked, Refused, laid_over
from tools.filters.ladders import Related
from tools.filters.lattice import Lattice, Point, lattice
from tools.filters.optimiser import Optimised, optimised
from tools.filters.search import MOST_COUNTS, Band
from tools.providers.wiza.filters import ProspectFilters


class Fact(TypedDict):
    """Something said about who is looked for. `name` says where it stands, `text` is of others and so only data."""

    name: str
    text: str


class Question(TypedDict):
    """What a run is asked: to begin from `base`, or with `facts` from what a model makes of them.

    `base` are filters as they go over the wire; those in `fixed` stay as they are there whatever is drafted, those in
    `locked` are not moved afterwards. `low` and `high` are the band's ends, `most` how many settings are counted.
    """

    facts: list[Fact]
    base: dict[str, Any]
    fixed: list[str]
    locked: list[str]
    low: int
    high: int
    most: int


class Asked(TypedDict):
    """`filters` as they go over the wire, the band's ends, the filters that stay, and proposed further words."""

    filters: dict[str, Any]
    low: int
    high: int
    locked: list[str]
    related: dict[str, list[str]]
    most: NotRequired[int]
    """Absent in runs that an older release began: 8."""


class Counted(TypedDict):
    """One counted setting: its place on each ladder, and how many people it has."""

    point: list[int]
    count: int


def question(
    band: Band,
    base: ProspectFilters | None = None,
    *,
    tested: Iterable[DimensionName] = (),
    facts: Iterable[Fact] = (),
    fixed: Iterable[str] | None = None,
    most: int = MOST_COUNTS,
) -> Question:
    """A question. Without `facts` the filters of `base` are taken; with them `fixed` are by default those that are tested."""
    locked = sorted(filters_of(frozenset(tested)))
    return {
        "facts": list(facts),
        "base": {} if base is None else base.wire(),
        "fixed": sorted(locked if fixed is None else fixed),
        "locked": locked,
        "low": band.low,
        "high": band.high,
        "most": most,
    }


def asked_of(wanted: Question, filters: Mapping[str, Any], related: Related | None = None) -> Asked:
    """What of a question is counted, once it is known where to begin."""
    return {
        "filters": dict(filters),
        "low": wanted["low"],
        "high": wanted["high"],
        "locked": wanted["locked"],
        "related": {name: list(words) for name, words in (related or {}).items()},
        "most": wanted["most"],
    }


def drafted_of(wanted: Question, draft: Checked) -> Asked | None:
    """The same for a draft: what is fixed stays as it is in the base. None when nothing is asked for at all."""
    filters = laid_over(draft["filters"], wanted["base"], wanted["fixed"])
    return asked_of(wanted, filters, draft["related"]) if filters else None


def moves_of(asked: Asked) -> tuple[Lattice, Band]:
    """What may be moved, and where to."""
    filters = ProspectFilters.model_validate(asked["filters"])
    moves = lattice(filters, locked=asked["locked"], related=asked["related"])
    return moves, Band(asked["low"], asked["high"])


def counts_of(counted: Iterable[Counted]) -> dict[Point, int]:
    """The counts by place, in the order of counting."""
    return {tuple(each["point"]): each["count"] for each in counted}


def answer_of(asked: Asked, counted: Iterable[Counted], refused: Iterable[Refused] = ()) -> Optimised:
    """What a run that is over came to."""
    moves, band = moves_of(asked)
    return optimised(moves, band, counts_of(counted), locked=asked["locked"], refused=tuple(refused))


def nothing_drafted() -> Invalid:
    """What is said when nothing can be counted of what a model made of the facts."""
    reason = "Say which people and companies are meant: role, level, industry, size or place."
    return Invalid("No filter follows from this.", [FieldError("/text", reason)], code="no_filters")
