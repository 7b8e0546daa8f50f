"""Filters: whether they hold the search's own words, say what was said, and were moved to the band in honest steps."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from evals.dataset.conversation import FilterTrail, Json
from evals.scorers.score import Case, Finding, failing
from tools.providers.wiza.filters import ProspectFilters

MOST_STEPS = 8


def vocab(case: Case) -> Iterator[Finding]:
    """Fields and words exist in the search's vocabulary."""
    for trail in _trail(case):
        wrong: list[str] = []
        for where, filters in [("drafted", trail.drafted), ("final", trail.final)]:
            try:
                ProspectFilters.model_validate(filters)
            except ValidationError as error:
                wrong += [
                    f"{where}.{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:3]
                ]
        yield from failing(wrong)


def right_filters(case: Case) -> Iterator[Finding]:
    """How much of the gold filters was drafted and how much beyond them, as the F1 of their single words."""
    gold = case.conversation.expect.filters
    for trail in _trail(case):
        if gold is None:
            yield Finding(None)
            return
        wanted, found = set(_words(gold)), set(_words(trail.drafted or trail.final))
        hit = len(wanted & found)
        value = 2 * hit / (len(wanted) + len(found)) if wanted or found else 1.0
        missing = ", ".join(sorted(wanted - found)[:4])
        surplus = ", ".join(sorted(found - wanted)[:4])
        yield Finding(None, f"missing: {missing or 'nothing'}; beyond: {surplus or 'nothing'}", value=value)


def nothing_added(case: Case) -> Iterator[Finding]:
    """No filter is set that nothing was said of."""
    gold = case.conversation.expect.filters
    for trail in _trail(case):
        if gold is None:
            yield Finding(None)
            return
        yield from failing(
            f"{name} was not asked for" for name in (trail.drafted or trail.final) if name not in gold
        )


def in_band(case: Case) -> Iterator[Finding]:
    """The final count lies in the band; where it can't, that is said."""
    band = case.conversation.expect.count_band
    for trail in _trail(case):
        if band is None or trail.count is None:
            yield Finding(None)
            return
        inside = band[0] <= trail.count <= band[1]
        if not inside and trail.reached is False:
            yield Finding(None, f"{trail.count} is the nearest, and it says so")
            return
        yield Finding(inside, f"{trail.count} is not in {band[0]} to {band[1]}")


def monotone(case: Case) -> Iterator[Finding]:
    """A broader setting never has fewer people, and everybody of the narrower one."""
    for trail in _trail(case):
        wrong = []
        for one in trail.steps:
            for other in trail.steps:
                if one is other or not _covers(one.filters, other.filters):
                    continue
                if one.count < other.count:
                    wrong.append(f"broader, but {one.count} instead of {other.count}")
                elif one.ids is not None and other.ids is not None and not set(other.ids) <= set(one.ids):
                    wrong.append("broader, but somebody is missing")
        yield from failing(wrong)


def must_have_kept(case: Case) -> Iterator[Finding]:
    """What an experiment tests is never moved."""
    for trail in _trail(case):
        first = trail.steps[0].filters if trail.steps else trail.drafted
        wrong = [
            f"{name} was locked and moved"
            for name in trail.locked
            for step in [*(each.filters for each in trail.steps), trail.final]
            if step.get(name) != first.get(name)
        ]
        yield from failing(dict.fromkeys(wrong))


def few_steps(case: Case) -> Iterator[Finding]:
    """It counts at most eight settings, and none twice."""
    for trail in _trail(case):
        wrong = [f"{len(trail.steps)} settings were counted"] if len(trail.steps) > MOST_STEPS else []
        seen: list[Json] = []
        for step in trail.steps:
            if step.filters in seen:
                wrong.append("the same setting was counted twice")
            seen.append(step.filters)
        yield from failing(wrong)


def explained(case: Case) -> Iterator[Finding]:
    """Every step says what changed and why."""
    for trail in _trail(case):
        yield from failing(
            f"step {place} says nothing"
            for place, step in enumerate(trail.steps)
            if not (step.change and step.why)
        )


def _trail(case: Case) -> Iterator[FilterTrail]:
    if case.output.artifacts.filters is not None:
        yield case.output.artifacts.filters


def _words(filters: Mapping[str, Any]) -> Iterator[str]:
    """Each single value of each filter."""
    for name, value in filters.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and isinstance(item.get("v"), list):
                yield from (f"{name}={word}" for word in item["v"])
            elif isinstance(item, dict):
                yield f"{name}={'not ' if item.get('s') == 'e' else ''}{item.get('v')}"
            else:
                yield f"{name}={item}"


def _covers(broad: Json, narrow: Json) -> bool:
    """Whether each filter of the broader setting holds all words of the narrower one; a filter left out holds all."""
    if broad == narrow:
        return False
    for name, value in broad.items():
        if name not in narrow:
            return False
        ours, theirs = value, narrow[name]
        if not (isinstance(ours, list) and isinstance(theirs, list)):
            if ours != theirs:
                return False
        elif not all(word in ours for word in theirs) or any(
            _out(word) and word not in theirs for word in ours
        ):
            return False
    return True


def _out(word: Any) -> bool:
    return isinstance(word, dict) and word.get("s") == "e"
