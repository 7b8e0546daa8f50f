"""Filters over the people: each value of a filter is a set of people kept as the bits of one number."""

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from tests.sandbox.wiza.people import VOCABULARY, Firm, Human, Place, Round, people

Test = Callable[[Human, Any], bool]
AMOUNT = re.compile(r"\$(\d+)([KMB])")
UNITS = {"K": 10**3, "M": 10**6, "B": 10**9}
DAYS = {"60d": 60, "90d": 90, "180d": 180, "270d": 270, "1y": 365}
BUCKETS = {"city": 3, "state": 2, "country": 1, "continent": 0}
"""How many names to the right of the place's own belong to its name."""
OF_PERSON = ("first_name", "last_name", "job_title", "job_title_level", "job_role", "job_sub_role", "location", "job_company",
             "past_company", "skill", "school", "major", "linkedin_slug")  # fmt: skip


class UnknownFilter(Exception):  # noqa: N818
    """What Wiza answers with 400."""


def count(filters: dict[str, Any]) -> int:
    """How many people match. Raises UnknownFilter."""
    return selected(filters).bit_count()


def matches(filters: dict[str, Any]) -> Iterable[Human]:
    """The people who match, in the order of the population. Raises UnknownFilter."""
    bits, everybody = selected(filters), people()
    while bits:
        lowest = bits & -bits
        yield everybody[lowest.bit_length() - 1]
        bits ^= lowest


def selected(filters: dict[str, Any]) -> int:
    """The people who match as bits: values of one filter are ORed, filters are ANDed."""
    bits = _everybody()
    for name, value in filters.items():
        if value not in (None, [], ""):
            bits &= _one(name, value)
    return bits


def _one(name: str, value: Any) -> int:
    if name in {"funding_date", "funding_stage", "funding_type"}:
        wanted = value["v"] if isinstance(value["v"], list) else [value["v"]]
        return _any(_bits(name, json.dumps({"t": value["t"], "v": each})) for each in wanted)
    values = value if isinstance(value, list) else [value]
    known = [each for each in values if not _ignored(name, each)]
    signed = [(json.dumps(each), isinstance(each, dict) and each.get("s") == "e") for each in known]
    into = [each for each, out in signed if not out]
    bits = _any(_bits(name, each) for each in into) if into else _everybody()
    return bits & ~_any(_bits(name, each) for each, out in signed if out)


def _ignored(name: str, value: Any) -> bool:
    """An industry outside the vocabulary is silently ignored, which widens the search."""
    word = value.get("v") if isinstance(value, dict) else value
    return name == "company_industry" and word not in VOCABULARY["company_industry"]


def _any(sets: Iterable[int]) -> int:
    bits = 0
    for each in sets:
        bits |= each
    return bits


@cache
def _everybody() -> int:
    return (1 << len(people())) - 1


@cache
def _bits(name: str, value: str) -> int:
    """Everybody for whom this one value of a filter holds."""
    test, wanted = TESTS.get(name), json.loads(value)
    if test is None:
        raise UnknownFilter(f"{name} is not a filter")
    _require_known(name, wanted)
    # The last person is the highest bit. int() of base 2 reads such a string in one pass.
    if name in OF_PERSON:
        return int("".join("1" if test(human, wanted) else "0" for human in reversed(people())), 2)
    somebody, firms = _firms()
    holds = {firm: "1" if test(human, wanted) else "0" for firm, human in somebody.items()}
    return int("".join([holds[firm] for firm in firms]), 2)


@cache
def _firms() -> tuple[dict[int, Human], list[int]]:
    """Somebody of each firm by its place in memory, and everybody's firm, the last person's first: a fifteenth of the tests."""
    firms = [id(human.firm) for human in reversed(people())]
    return dict(zip(firms, reversed(people()), strict=True)), firms


def _require_known(name: str, value: Any) -> None:
    allowed = VOCABULARY.get(name)
    word = value.get("v") if isinstance(value, dict) else value
    if allowed and word not in allowed:
        raise UnknownFilter(f"{name} does not take {word}")


def _same(read: Callable[[Human], str]) -> Test:
    return lambda human, value: read(human).lower() == str(value).lower()


def _company(read: Callable[[Firm], str]) -> Test:
    return lambda human, value: read(human.firm) == value


def _named(read: Callable[[Human], str]) -> Test:
    return lambda human, value: read(human).lower() == value["v"].strip('"').lower()


def _words(read: Callable[[Human], str]) -> Test:
    """All words of the value, in any order; in quotation marks the whole text."""

    return lambda human, value: _says(read(human), value["v"])


@lru_cache(maxsize=50_000)
def _says(text: str, wanted: str) -> bool:
    said, wanted = text.lower(), wanted.lower()
    if wanted.startswith('"'):
        return said == wanted.strip('"')
    words = set(re.findall(r"\w+", said))
    return all(word in words for word in re.findall(r"\w+", wanted))


def _in(read: Callable[[Human], Place]) -> Test:
    def test(human: Human, value: Any) -> bool:
        kept = BUCKETS.get(value["b"])
        if kept is None:
            raise UnknownFilter(f"{value['b']} is not a kind of place")
        place = read(human)
        names = place[3 - kept : 3] if kept else place[3:]
        return ", ".join(names).lower() == str(value["v"]).lower()

    return test


def _round(fits: Callable[[Round, Any], bool]) -> Test:
    def test(human: Human, value: Any) -> bool:
        rounds = human.firm.rounds
        return any(fits(each, value["v"]) for each in (rounds[-1:] if value["t"] == "last" else rounds))

    return test


def dollars(text: str) -> int:
    """ "$5M" as a number."""
    found = AMOUNT.fullmatch(text)
    if not found:
        raise UnknownFilter(f"{text} is not an amount")
    return int(found[1]) * UNITS[found[2]]


def _last(human: Human) -> int:
    return human.firm.rounds[-1].amount if human.firm.rounds else -1


def _total(human: Human) -> int:
    return sum(each.amount for each in human.firm.rounds) if human.firm.rounds else -1


def _department(human: Human, value: Any) -> bool:
    """The staff of a department is a tenth of the company's, more for engineering."""
    name, _, span = str(value).partition(":")
    low, _, high = span.partition("-")
    staff = human.firm.staff // (5 if name == "engineering" else 10)
    return int(low or 0) <= staff <= int(high or 10**9)


TESTS: dict[str, Test] = {
    "first_name": _same(lambda human: human.first),
    "last_name": _same(lambda human: human.last),
    "skill": _same(lambda human: human.skill),
    "school": _same(lambda human: human.school),
    "major": _same(lambda human: human.major),
    "linkedin_slug": _same(lambda human: human.slug),
    "job_title": _words(lambda human: human.title),
    "job_title_level": _same(lambda human: human.level),
    "job_role": _same(lambda human: human.role),
    "job_sub_role": _same(lambda human: human.sub_role),
    "location": _in(lambda human: human.place),
    "company_location": _in(lambda human: human.firm.place),
    "job_company": _named(lambda human: human.firm.name),
    "past_company": _named(lambda human: human.past_firm),
    "company_industry": lambda human, value: human.firm.industry == (value["v"] if isinstance(value, dict) else value),
    "company_size": _company(lambda firm: firm.size),
    "company_annual_growth": _company(lambda firm: firm.growth),
    "company_type": _company(lambda firm: firm.kind),
    "revenue": _company(lambda firm: firm.revenue),
    "technologies": lambda human, value: (value["v"] if isinstance(value, dict) else value) in human.firm.technologies,
    "company_summary": _words(lambda human: human.firm.summary),
    "department_size": _department,
    "year_founded_start": lambda human, value: human.firm.founded >= int(value),
    "year_founded_end": lambda human, value: human.firm.founded <= int(value),
    "funding_stage": _round(lambda each, value: each.stage == value),
    "funding_type": _round(lambda each, value: each.kind == value),
    "funding_date": _round(lambda each, value: each.days <= DAYS[value]),
    "last_funding_min": lambda human, value: _last(human) >= dollars(value),
    "last_funding_max": lambda human, value: 0 <= _last(human) <= dollars(value),
    "funding_min": lambda human, value: _total(human) >= dollars(value),
    "funding_max": lambda human, value: 0 <= _total(human) <= dollars(value),
}  # fmt: skip
