"""How dates are written, in figures and in the words of several languages: where they stand in a text and what their parts mean."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evals.importing.calendar import ANY_MONTH, ELSEWHERE_A_WORD, month_of

Parts = dict[str, str | None]
_BEFORE = (
    r"in|since|from|until|till|by|of|for|during|through|to|last|next|this|every|early|late|mid|end of|and|or|"
    r"im|seit|ab|bis|vom|zum|am|anfang|ende|mitte|en|depuis|dès|de|du|début|fin|mi|desde|hasta|da|dal|nel|di|em|desde|sinds|vanaf|tot|od|do|w"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:(?:19|20)\d\d|\d\d))"
_DAY = r"(?P<day>[0-3]?\d)"
_NUMBER = r"(?P<month>[01]?\d)"
_MONTH = rf"(?P<name>{ANY_MONTH})(?!\w)\.?"
_QUARTER = r"(?P<quarter>[1-4])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d-]){_YEAR}[-/](?P<month>[01]\d)[-/](?P<day>[0-3]\d)(?![\d-])",
        rf"(?<![\d./-]){_DAY}\.\s?{_NUMBER}\.\s?{_SHORT_YEAR}(?!\d|\.\d)",
        rf"(?<![\d./-])(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/{_SHORT_YEAR}(?![\d/])",
        rf"(?<!\w)(?:am|vom|bis|zum|ab|der|den|dem) {_DAY}\.\s?{_NUMBER}\.(?!\d)",
        rf"(?<![\w.,]){_DAY}(?P<ord>st|nd|rd|th|er|\.)?\s*(?:of |de |d['’])?{_MONTH}(?:,? (?:de )?{_YEAR})?(?!\d)",
        rf"(?<!\w){_MONTH} {_DAY}(?P<ord>st|nd|rd|th)?(?![\d:.,]\d|\d)(?:,? {_YEAR})?(?!\d)",
        rf"(?<!\w){_MONTH},? (?:de |of )?{_YEAR}(?!\d)",
        rf"(?<!\w)[QT]{_QUARTER}(?:[ /-]?{_YEAR})?(?!\w)",
        rf"(?<!\w){_QUARTER}\. ?(?:Quartal|trimestre|kwartaal)(?: (?:de )?{_YEAR})?(?!\w)",
        rf"(?<![\d-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])",
        rf"(?<![\d/]){_NUMBER}/{_YEAR}(?![\d/])",
        rf"(?<!\w)(?P<before>(?:{_BEFORE})[ -])?{_MONTH}",
        rf"(?<!\w)(?P<before>(?:{_BEFORE}|year|jahr|année|año|anno|fy|spring|summer|autumn|fall|winter|frühjahr|sommer|herbst)[ -])?(?<![\d.,/-]){_YEAR}(?![\w-]|[.,]\d|\s?(?:€|%|euro|dollar|usd|eur))",
    )
)
"""How dates are written, the fullest first: a text that one form has taken is no other's."""


PARTS = ("day", "month", "year", "name", "ord", "quarter", "first", "second")
"""What of a match is replaced."""
SHORT = 4
"""Letters up to which a month is an abbreviation that may be another word."""
_MAY_NAME = re.compile(ANY_MONTH, re.IGNORECASE)


def found_in(text: str) -> list[re.Match[str]]:
    """The matches of all forms, in order, none inside another's."""
    taken: list[re.Match[str]] = []
    if not any(character.isdigit() for character in text) and not _MAY_NAME.search(text):
        return taken
    for form in _FORMS:
        taken += [
            found
            for found in form.finditer(text)
            if not any(found.start() < other.end() and other.start() < found.end() for other in taken)
        ]
    return sorted(taken, key=lambda found: found.start())


def spans_of(found: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Where in its text the parts of a match stand."""
    return {part: found.span(part) for part in PARTS if found.groupdict().get(part)}


def day_and_month(parts: Parts) -> tuple[int, int] | None:
    """The day and the number of the month; None when a match names no day."""
    if (first := parts.get("first")) and (second := parts.get("second")):
        return (int(first), int(second)) if day_first(parts) else (int(second), int(first))
    day, month, name = parts.get("day"), parts.get("month"), parts.get("name")
    if day is None or not (month or name):
        return None
    return int(day), int(month) if month else month_of(name or "")


def day_first(parts: Parts) -> bool:
    """Whether 3/4 is the third of April: unless the second number is no month."""
    return int(parts["second"] or 0) <= 12


def is_padded(parts: Parts) -> bool:
    """Whether days and months are written with two figures: one begins with a nought, or none shows that it has to."""
    numbers = [shown for part in ("day", "month", "first", "second") if (shown := parts.get(part))]
    if any(shown.startswith("0") for shown in numbers):
        return True
    return not parts.get("name") and all(len(shown) == 2 for shown in numbers)


def existing(years: Sequence[int], month: int, day: int) -> Iterator[date]:
    """The day of a month in those of the years that have it."""
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def is_month(parts: Parts, year: int | None) -> bool:
    """Whether a month's name alone means the month: `in May`, and not `it may`."""
    name = parts.get("name") or ""
    if year or not name:
        return True
    if name.casefold() in ELSEWHERE_A_WORD or len(name) <= SHORT:
        return bool(parts.get("before")) and name not in {"march", "may"}
    return True


def is_year(found: re.Match[str]) -> bool:
    """Whether four digits are a year: a word that tells of time stands before them, or nothing that they could count behind."""
    return bool(found["before"]) or not re.match(r"\s+\w", found.string[found.end() :])


def ordinal(shown: str, day: int) -> str:
    """The sign behind a day: `1st`, `1er`, `1.`. French has one for the first alone."""
    if shown == ".":
        return shown
    if shown.casefold() == "er":
        return shown if day == 1 else ""
    last = 0 if 10 < day % 100 < 20 else day % 10
    return {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
