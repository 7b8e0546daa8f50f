"""Every date of a case moved back by the same number of whole weeks: intervals and days of the week stay, the dates do not.

The number comes from the HMAC key of the case, so that an import is the same again. Where only a month, a quarter or a year is
named, its middle is moved; where the case names a day in it, it goes with that day.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from evals.dataset.residue import texts_of
from evals.importing.calendar import month_of, named
from evals.importing.date_forms import (
    Parts,
    day_and_month,
    day_first,
    existing,
    found_in,
    is_month,
    is_padded,
    is_year,
    ordinal,
    spans_of,
)
from evals.importing.scrub import Residue

LEAST, MOST = 27, 78
"""Weeks: half a year or more, so that what is named by its month alone is named by another."""


class DateShift:
    """The shift of one case."""

    def __init__(
        self, digest: Callable[[str], str], made: Any, near: date, languages: Sequence[str] = ()
    ) -> None:
        """`digest` is keyed by case and secret; `near`: the day that a date without a year lies nearest to.

        Raises Residue when every shift would make one of the case's dates out of another, as a diary of years would.
        """
        self._near, self._languages = near, languages
        days = [found for _, text in texts_of(made) for found in _days(text, near)]
        self._in_month = {(day.year, day.month): day for day in reversed(days)}
        self._in_year = {day.year: day for day in reversed(days)}
        self._originals = frozenset([*days, near])
        self.days = self._chosen(digest)

    def shift(self, value: Any) -> Any:
        """The JSON value with every date in its texts moved. Names of fields stay."""
        if isinstance(value, str):
            return self._replaced(value)
        if isinstance(value, dict):
            return {name: self.shift(item) for name, item in value.items()}
        return [self.shift(item) for item in value] if isinstance(value, list | tuple) else value

    def check(self, value: Any) -> None:
        """Raises Residue when a day of the original is named anywhere."""
        for path, text in texts_of(value):
            if self._originals & set(_days(text, self.moved(self._near))):
                raise Residue(f"{path} holds an original date")

    def moved(self, day: date) -> date:
        """A day after the shift."""
        return day - timedelta(days=self.days)

    def _chosen(self, digest: Callable[[str], str]) -> int:
        weeks = sorted(range(LEAST, MOST + 1), key=lambda count: digest(f"weeks {count}"))
        for count in weeks:
            moved = {day - timedelta(weeks=count) for day in self._originals}
            if not moved & self._originals:
                return count * 7
        raise Residue("its dates lie so close together that none of the shifts hides them all")

    def _replaced(self, text: str) -> str:
        pieces, end = [], 0
        for found in found_in(text):
            pieces += [text[end : found.start()], self._written(found)]
            end = found.end()
        return "".join([*pieces, text[end:]])

    def _written(self, found: re.Match[str]) -> str:
        """The match with its day, month and year replaced where they stand."""
        meant = self._meant(found)
        if meant is None:
            return found.group()
        moved = self.moved(meant)
        text, start = found.group(), found.start()
        for part, (begin, end) in sorted(spans_of(found).items(), key=lambda item: -item[1][0]):
            new = self._part(part, found[part], moved, found.groupdict())
            text = text[: begin - start] + new + text[end - start :]
        return text

    def _meant(self, found: re.Match[str]) -> date | None:
        """The day that stands for what a match names; None when it names no date."""
        parts = found.groupdict()
        if parts.get("day") or parts.get("first"):
            return _day(found, self._near)
        year = int(parts["year"]) if parts.get("year") else None
        if parts.get("quarter"):
            month = int(parts["quarter"]) * 3 - 1
            return date(year, month, 15) if year else _nearest(self._near, month)
        if parts.get("name") or parts.get("month"):
            month = month_of(parts["name"]) if parts.get("name") else int(parts["month"])
            if not 1 <= month <= 12 or not is_month(parts, year):
                return None
            middle = date(year, month, 15) if year else _nearest(self._near, month)
            return self._in_month.get((middle.year, middle.month), middle)
        return self._in_year.get(year, date(year, 7, 1)) if year and is_year(found) else None

    def _part(self, part: str, shown: str, moved: date, parts: Parts) -> str:
        if part == "name":
            return named(moved.month, shown, self._languages)
        if part == "ord":
            return ordinal(shown, moved.day)
        if part == "year":
            return str(moved.year) if len(shown) == 4 else f"{moved.year % 100:02}"
        if part == "quarter":
            return str((moved.month + 2) // 3)
        if part in {"first", "second"}:
            part = "day" if (part == "first") == day_first(parts) else "month"
        number = moved.day if part == "day" else moved.month
        return f"{number:02}" if is_padded(parts) else str(number)


def _days(text: str, near: date) -> Iterator[date]:
    """Every day that a text names."""
    for found in found_in(text):
        if (day := _day(found, near)) is not None:
            yield day


def _day(found: re.Match[str], near: date) -> date | None:
    """The day that a match names; None for a month, a quarter, a year, or no date at all."""
    parts = found.groupdict()
    number = day_and_month(parts)
    if number is None:
        return None
    year = parts.get("year")
    try:
        if year:
            return date(int(year) if len(year) == 4 else 2000 + int(year), number[1], number[0])
        return _nearest(near, number[1], number[0])
    except ValueError:
        return None


def _nearest(near: date, month: int, day: int = 15) -> date:
    """The day of a month that lies nearest to another. Raises ValueError for a day that no year has."""
    years = (near.year - 1, near.year, near.year + 1)
    return min(existing(years, month, day), key=lambda each: abs(each - near))
