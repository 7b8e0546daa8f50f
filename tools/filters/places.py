"""Places as a model writes them and as Wiza knows them: a place Wiza does not offer finds nobody."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tools.discovery.answers import short
from tools.providers.wiza.client import Place
from tools.providers.wiza.vocabulary import allowed

FIELDS = ("location", "company_location")
MOST_PLACES = 8
"""Different places that are looked up for one draft."""
SHORTEST = 3
"""Letters Wiza wants before it offers places."""
NAME_LENGTH = 120


Known = Mapping[str, Sequence[Place]]
"""What Wiza offers for a query, by query."""


def queries(answer: Mapping[str, Any]) -> list[str]:
    """What to ask Wiza for, so that every place of this answer can be judged; each once, at most 8."""
    names = [query(name) for field in FIELDS for name, _ in named(answer.get(field))]
    return [each for each in dict.fromkeys(names) if len(each) >= SHORTEST][:MOST_PLACES]


def query(name: str) -> str:
    """The place's own name, without what it lies in."""
    return name.partition(",")[0].strip()


def named(places: Any) -> list[tuple[str, str]]:
    """Name and kind of each place of an answer; what is none is left out."""
    found = []
    for place in places if isinstance(places, list) else []:
        name, kind = (place.get("name"), place.get("kind")) if isinstance(place, Mapping) else (None, None)
        if isinstance(name, str) and short(name, NAME_LENGTH):
            found.append((short(name, NAME_LENGTH), kind if isinstance(kind, str) else ""))
    return list(dict.fromkeys(found))


def resolved(name: str, kind: str, known: Known) -> Place | None:
    """The place that is meant, as Wiza writes it; None when it offers none, or several that this may be."""
    offered = [place for place in known.get(query(name), ()) if place["b"] in allowed("location_bucket")]
    whole = [place for place in offered if _folded(place["v"]) == _folded(name)]
    parts = [place for place in offered if _folded(query(place["v"])) == _folded(query(name))]
    for candidates in (whole, parts if "," not in name else []):
        same = [place for place in candidates if place["b"] == kind] or candidates
        if len(same) == 1:
            return same[0]
    return None


def offers(name: str, known: Known) -> list[str]:
    """What Wiza offers in its place: at most 3 names."""
    return list(dict.fromkeys(place["v"] for place in known.get(query(name), ())))[:3]


def wired(places: Iterable[Place]) -> list[dict[str, str]]:
    """Each place once, as a filter holds it."""
    return [
        {"v": name, "b": kind, "s": "i"}
        for name, kind in dict.fromkeys((place["v"], place["b"]) for place in places)
    ]


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(",", " ").split())
