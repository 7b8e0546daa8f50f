"""One filter from narrow to broad: the settings it may be moved through, each a part of the next one's people.

What a founder did not ask about is never added. Exclusions stay as they are, and what says who or where is meant
(names, employers, places above a country, the only filters of a role) is never left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any

from tools.providers.wiza.filters import ProspectFilters
from tools.providers.wiza.vocabulary import VOCABULARY, allowed

SENIORITY = (
    "Unpaid",
    "Training",
    "Entry",
    "Senior",
    "Manager",
    "Director",
    "VP",
    "Partner",
    "CXO",
    "Owner",
)
MOST_RUNGS = 7
REACH = 3
"""How many neighbours on each side a range of words may grow by before it is left out altogether."""
YEARS = (5, 10, 20)
SOME = 0.7
"""The logarithm of what a move without a better guess multiplies the count by: about two."""


@dataclass(frozen=True)
class Ladder:
    """The settings of one filter, the narrowest first, as they go over the wire; None leaves the filter out.

    `start` is what was asked for. `growth[i]` guesses the logarithm of the ratio of counts of setting i + 1 to i.
    """

    name: str
    rungs: tuple[Any, ...]
    start: int
    growth: tuple[float, ...]

    def trimmed(self, most: int) -> "Ladder":
        """At most so many settings, those around the start."""
        low = max(0, min(self.start - (most - 1) // 2, len(self.rungs) - most))
        rungs = self.rungs[low : low + most]
        return Ladder(self.name, rungs, self.start - low, self.growth[low : low + len(rungs) - 1])


Related = Mapping[str, Sequence[str]]
"""Further words of a filter that would suit as well, the nearest first: a proposal, so code checks each."""


def ladders(filters: ProspectFilters, related: Related, locked: Iterable[str]) -> tuple[Ladder, ...]:
    """A ladder for each filter that was asked for, may be moved, and has somewhere to go."""
    wired = filters.wire()
    kept = frozenset(locked)
    built = [
        build(name, value, wired, related)
        for name, value in wired.items()
        if name not in kept and (build := BUILDERS.get(name)) is not None
    ]
    return tuple(each.trimmed(MOST_RUNGS) for each in built if len(each.rungs) > 1)


Builder = Callable[[str, Any, Mapping[str, Any], Related], Ladder]


def _list(name: str, value: Any, wired: Mapping[str, Any], related: Related) -> Ladder:
    """Words in the order of their weight: narrower drops the last ones, broader adds those that suit as well."""
    wanted, out = _parted(value)
    signed = bool(value) and isinstance(value[0], dict)
    further = [{"v": word, "s": "i"} if signed else word for word in _checked(name, related.get(name, ()))]
    words = [*wanted, *(each for each in further if each not in value and _excluded(each) not in out)]
    if not wanted:
        return Ladder(name, (value,), 0, ())
    rungs: list[Any] = [[*words[:size], *out] for size in range(1, len(words) + 1)]
    rungs[len(wanted) - 1] = value
    sizes = [float(size) for size in range(1, len(words) + 1)]
    if _may_go(name, wired):
        rungs.append(out or None)
        sizes.append(len(words) * 3.0)
    return _ladder(name, rungs, len(wanted) - 1, sizes)


def _range(name: str, value: Any, wired: Mapping[str, Any], related: Related) -> Ladder:
    """Words with an order: narrower drops from the ends, broader adds neighbours, the last leaves the filter out."""
    order = ORDERS[name]
    words = value["v"] if isinstance(value, dict) else value
    grown = [sorted({order.index(word) for word in words})]
    while len(grown[0]) > 1:
        grown.insert(0, grown[0][1:] if len(grown[0]) % 2 else grown[0][:-1])
    start = len(grown) - 1
    for side in range(2 * REACH):
        grown.append(_neighbour(grown[-1], len(order), upwards=side % 2 == 0))
    kept = [each for number, each in enumerate(grown) if number <= start or each != grown[number - 1]]
    rungs: list[Any] = [_as_asked(value, [order[place] for place in each]) for each in kept]
    rungs[start] = value
    sizes = [float(len(each)) for each in kept]
    if _may_go(name, wired):
        rungs.append(None)
        sizes.append(max(len(order), sizes[-1] + 1.0))
    return _ladder(name, rungs, start, sizes)


def _limit(name: str, value: Any, wired: Mapping[str, Any], related: Related) -> Ladder:
    """One word of an order that bounds from above or below; the broadest setting has no bound."""
    words = ORDERS[name] if name not in LOWER_BOUNDS else tuple(reversed(ORDERS[name]))
    asked = value["v"] if isinstance(value, dict) else value
    rungs = [value | {"v": word} if isinstance(value, dict) else word for word in words]
    return Ladder(name, (*rungs, None), words.index(asked), (0.4,) * (len(rungs) - 1) + (SOME,))


def _year(name: str, value: Any, wired: Mapping[str, Any], related: Related) -> Ladder:
    """A year of foundation that is moved away from the other bound, then left out."""
    away = -1 if name in LOWER_BOUNDS else 1
    years = [str(min(2099, max(1900, int(value) + away * each))) for each in (0, *YEARS)]
    return Ladder(name, (*dict.fromkeys(years), None), 0, (0.2,) * (len(set(years)) - 1) + (SOME,))


def _places(name: str, value: Any, wired: Mapping[str, Any], related: Related) -> Ladder:
    """City, state, country, for all places at once; a country stays, since no name says what is around it."""
    rungs = [value]
    while (wider := _unique([_around(place) for place in rungs[-1]])) != rungs[-1]:
        rungs.append(wider)
    wanted, out = _parted(value)
    narrower = [[*wanted[:size], *out] for size in range(1, len(wanted))]
    sizes = [float(size) for size in range(1, len(wanted) + 1)]
    sizes += [sizes[-1] * 3.0 ** (step + 1) for step in range(len(rungs) - 1)] if sizes else []
    return (
        _ladder(name, [*narrower, *rungs], len(narrower), sizes) if wanted else Ladder(name, (value,), 0, ())
    )


def _around(place: Mapping[str, str]) -> dict[str, str]:
    """The place a name says this one lies in; itself for a country, an exclusion, or a name without its parts."""
    inner, _, outer = place["v"].partition(", ")
    broader = {"city": "state", "state": "country"}.get(place["b"])
    whole = {"city": 2, "state": 1}.get(place["b"]) == place["v"].count(", ")
    if place["s"] == "e" or broader is None or not whole or not inner:
        return dict(place)
    return {"v": outer, "b": broader, "s": place["s"]}


def _neighbour(places: list[int], length: int, *, upwards: bool) -> list[int]:
    wanted = places[-1] + 1 if upwards else places[0] - 1
    return sorted({*places, wanted}) if 0 <= wanted < length else places


def _parted(value: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """What is wanted, and what is excluded."""
    out = [each for each in value if isinstance(each, dict) and each.get("s") == "e"]
    return [each for each in value if each not in out], out


def _excluded(value: Any) -> Any:
    return value | {"s": "e"} if isinstance(value, dict) else value


def _checked(name: str, words: Sequence[str]) -> list[str]:
    """Only what the vocabulary has; a filter of free text takes no proposals."""
    return [word for word in dict.fromkeys(words) if word in allowed(name)] if name in VOCABULARY else []


def _may_go(name: str, wired: Mapping[str, Any]) -> bool:
    """Whether the filter may be left out: it narrows down what another one says, or qualifies."""
    return name in QUALIFIERS or (name == "job_sub_role" and bool(wired.get("job_role")))


def _as_asked(value: Any, words: list[str]) -> Any:
    return {**value, "v": words} if isinstance(value, dict) else words


def _unique(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for each in values:
        if each not in found:
            found.append(each)
    return found


def _ladder(name: str, rungs: Sequence[Any], start: int, sizes: Sequence[float]) -> Ladder:
    growth = tuple(log(after / before) for before, after in pairwise(sizes))
    return Ladder(name, tuple(rungs), start, growth)


LOWER_BOUNDS = frozenset({"funding_min", "last_funding_min", "year_founded_start"})
QUALIFIERS = frozenset(
    {
        "company_annual_growth",
        "company_size",
        "company_summary",
        "company_type",
        "funding_stage",
        "funding_type",
        "major",
        "revenue",
        "school",
        "skill",
    }
)
ORDERS: dict[str, tuple[str, ...]] = {
    "job_title_level": SENIORITY,
    **{name: VOCABULARY[name] for name in ("company_size", "company_annual_growth", "revenue")},
    **{name: VOCABULARY[name] for name in ("funding_stage", "funding_date")},
    **dict.fromkeys(
        ("funding_min", "funding_max", "last_funding_min", "last_funding_max"), VOCABULARY["funding_amount"]
    ),
}
BUILDERS: dict[str, Builder] = {
    **dict.fromkeys(("company_industry", "job_role", "job_sub_role", "job_title", "company_type"), _list),
    **dict.fromkeys(("skill", "school", "major", "company_summary"), _list),
    **dict.fromkeys(("company_size", "company_annual_growth", "revenue", "job_title_level"), _range),
    "funding_stage": _range,
    **dict.fromkeys(("funding_min", "funding_max", "last_funding_min", "last_funding_max"), _limit),
    "funding_date": _limit,
    **dict.fromkeys(("year_founded_start", "year_founded_end"), _year),
    **dict.fromkeys(("location", "company_location"), _places),
}
