"""A lead's score, 0 to 100: what of its experiment's design its stored fields show. Pure: no model, no database.

Each criterion has a fixed number of points, earned by the words that the design and the lead's fields have in common, and
nothing is divided by what others earn: so whatever is taken away from lead or design, the score never rises. The angle is
our own argument and says nothing about a lead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tools.experiments.design import DimensionName
from tools.scoring.terms import SIZES, Range, numbers, ranges, terms

POINTS = {
    DimensionName.PERSONA: 35,
    DimensionName.FIRMOGRAPHIC: 25,
    DimensionName.SITUATION: 15,
    DimensionName.TRIGGER: 15,
    DimensionName.CHANNEL: 10,
}
"""What each criterion is worth; together 100."""
CLEAR = {
    DimensionName.PERSONA: 2,
    DimensionName.FIRMOGRAPHIC: 3,
    DimensionName.SITUATION: 3,
    DimensionName.TRIGGER: 3,
}
"""Common words that make a match as clear as fields of that kind get."""
READ = {
    DimensionName.PERSONA: ("jobTitle",),
    DimensionName.FIRMOGRAPHIC: ("company", "location", "enrichmentData"),
    DimensionName.SITUATION: ("enrichmentData", "signals"),
    DimensionName.TRIGGER: ("signals",),
}
"""The fields that may show a criterion."""
CHANNELS = {
    "email": frozenset({"email", "mail", "mails", "emails", "courr", "corre"}),
    "linkedinUrl": frozenset({"linke"}),
    "phone": frozenset({"phone", "call", "calls", "telep", "telef", "télép", "anruf"}),
}
"""The field through which each channel reaches somebody, by the stems that name the channel."""

MAX_DEPTH = 6
MAX_LEAVES = 200
LONGEST = 2_000


@dataclass(frozen=True)
class LeadFacts:
    """What is stored of a lead: fields by their wire names, signals by their id."""

    fields: Mapping[str, str | None] = field(default_factory=dict)
    enrichment: Any = None
    signals: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """What one criterion earned. `field` is the path of the stored field that earned most; empty when none did."""

    criterion: DimensionName
    points: float
    most: int
    field: str = ""
    shared: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The reason for people, with the stored field's name."""
        if not self.field:
            return f"{self.criterion.value}: no stored field shows it (0 of {self.most})"
        said = f" ({', '.join(self.shared)})" if self.shared else ""
        return f"{self.criterion.value}: {self.field}{said} ({self.points:.0f} of {self.most})"


@dataclass(frozen=True)
class Score:
    """A lead's score and what each criterion of the design earned."""

    value: int
    reasons: tuple[Reason, ...]


def score(facts: LeadFacts, criteria: Mapping[DimensionName, str]) -> Score:
    """How much of the criteria a lead's fields show. `criteria` are the values of a design's dimensions."""
    reasons = [
        _reachable(facts, wanted) if name is DimensionName.CHANNEL else _shown(name, facts, wanted)
        for name in POINTS
        if (wanted := criteria.get(name, "").strip())
    ]
    # Rounded once, and down: each point is earned.
    return Score(int(sum(reason.points for reason in reasons) + 1e-9), tuple(reasons))


def criteria_of(design: Any) -> dict[DimensionName, str]:
    """The criteria of a stored design; none for an experiment without one."""
    stored = design if isinstance(design, dict) else {}
    values = {name: stored.get(name.value) for name in POINTS}
    return {
        name: str(value["value"])
        for name, value in values.items()
        if isinstance(value, dict) and value.get("value")
    }


@dataclass(frozen=True)
class Wanted:
    """What a criterion asks for, taken apart: stems, ranges of sizes, and the fields through which its channels reach somebody."""

    stems: frozenset[str]
    spans: frozenset[Range]
    channels: tuple[str, ...]


@lru_cache(maxsize=256)
def _wanted(text: str, sized: bool) -> Wanted:
    """Taken apart once for all leads of a batch."""
    stems = terms(text)
    named = tuple(path for path, words in CHANNELS.items() if words & stems)
    return Wanted(stems, ranges(text) if sized else frozenset(), named or tuple(CHANNELS))


def _shown(name: DimensionName, facts: LeadFacts, text: str) -> Reason:
    """What the fields of a criterion have in common with it, all fields together."""
    wanted = _wanted(text, name is DimensionName.FIRMOGRAPHIC)
    found: set[str] = set()
    best, best_words = "", frozenset[str]()
    for path, said in _texts(READ[name], facts):
        common = wanted.stems & terms(said)
        if (
            wanted.spans
            and SIZES.search(path)
            and (inside := [n for n in numbers(said) for s in wanted.spans if s.low <= n <= s.high])
        ):
            common |= {str(min(inside))}
        if not common:
            continue
        found |= {"size" if word.isdigit() else word for word in common}
        if len(common) > len(best_words):
            best, best_words = path, common
    # Not measured by how much the criterion says: then one that said less would be easier to meet.
    points = POINTS[name] * min(1.0, len(found) / CLEAR[name])
    return Reason(name, points, POINTS[name], best, tuple(sorted(best_words)))


def _reachable(facts: LeadFacts, text: str) -> Reason:
    """All points when a field reaches the lead on one of the channels named; on any, when none is named that we know."""
    most = POINTS[DimensionName.CHANNEL]
    named = _wanted(text, sized=False).channels
    there = next((path for path in named if (facts.fields.get(path) or "").strip()), "")
    return Reason(DimensionName.CHANNEL, float(most) if there else 0.0, most, there)


def _texts(names: Sequence[str], facts: LeadFacts) -> Iterator[tuple[str, str]]:
    for name in names:
        if name == "signals":
            yield from ((f"signals.{id_}", text[:LONGEST]) for id_, text in facts.signals.items())
        elif name == "enrichmentData":
            yield from list(_leaves(facts.enrichment, name, 0))[:MAX_LEAVES]
        elif text := facts.fields.get(name):
            yield name, text[:LONGEST]


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}", depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}.{number}", depth + 1)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path, str(value)[:LONGEST]
