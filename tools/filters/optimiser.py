"""What the filter optimiser answers, and the trail that every answer shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tools.filters.drafting import Refused
from tools.filters.ladders import Ladder
from tools.filters.lattice import Lattice, Point
from tools.filters.search import Band, Verdict, verdict
from tools.providers.wiza.filters import ProspectFilters


@dataclass(frozen=True)
class Step:
    """One counted setting: what it changed against the one before, why it was tried, and how many people it has."""

    change: str
    why: str
    count: int


@dataclass(frozen=True)
class Optimised:
    """`filters` have `count` people: in the band when `reached`, else the nearest that was counted.

    `proven`: reached, or nothing that may be moved leads nearer. Not reached and not proven: the counts ran out.
    `refused` are words a model proposed that Wiza does not know; `locked` are the filters that had to stay.
    """

    filters: ProspectFilters
    count: int
    reached: bool
    proven: bool
    steps: tuple[Step, ...]
    refused: tuple[Refused, ...] = ()
    locked: tuple[str, ...] = ()


def optimised(
    lattice: Lattice,
    band: Band,
    counted: Mapping[Point, int],
    *,
    locked: Collection[str] = (),
    refused: tuple[Refused, ...] = (),
) -> Optimised:
    """What at least one count, in the order of counting, comes to."""
    found: Verdict = verdict(lattice, band, counted)
    return Optimised(
        filters=lattice.filters(found.point),
        count=found.count,
        reached=found.reached,
        proven=found.proven,
        steps=trail(lattice, band, counted),
        refused=refused,
        locked=tuple(name for name in lattice.asked.wire() if name in locked),
    )


def trail(lattice: Lattice, band: Band, counted: Mapping[Point, int]) -> tuple[Step, ...]:
    """The counted settings in the order of counting."""
    steps: list[Step] = []
    before: Point | None = None
    for point, count in counted.items():
        if before is None:
            steps.append(Step("Counted what was asked for.", "To know where it stands.", count))
        else:
            steps.append(Step(_change(lattice, before, point), _why(band, counted[before]), count))
        before = point
    return tuple(steps)


def _change(lattice: Lattice, before: Point, after: Point) -> str:
    moved = [
        f"{ladder.name} {'wider' if new > old else 'narrower'}: {_said(ladder, new)}"
        for ladder, old, new in zip(lattice.ladders, before, after, strict=True)
        if old != new
    ]
    return "; ".join(moved)


def _why(band: Band, count: int) -> str:
    if count < band.low:
        return f"{count} are fewer than {band.low}."
    return f"{count} are more than {band.high}."


def _said(ladder: Ladder, place: int) -> str:
    """A setting in words: its values, those not wanted marked."""
    setting = ladder.rungs[place]
    if setting is None:
        return "left out"
    values = setting if isinstance(setting, list) else [setting]
    return ", ".join(map(_word, values))


def _word(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    said = value["v"]
    text = ", ".join(map(str, said)) if isinstance(said, list) else str(said)
    return f"not {text}" if value.get("s") == "e" else text
