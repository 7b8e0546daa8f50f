"""Dates of a case: moved by the same whole weeks wherever they stand, the same in every import, and none left as it was."""

from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.importing.dates import LEAST, MOST, DateShift
from evals.importing.scrub import Residue

NEAR = date(2026, 11, 29)
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


def shift_of(*texts: str, case: str = "prod-1", languages: tuple[str, ...] = ("en",)) -> DateShift:
    return DateShift(lambda text: sha256(f"{case} {text}".encode()).hexdigest(), list(texts), NEAR, languages)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("seen at 2026-03-12T09:30:00Z", "seen at %Y-%m-%dT09:30:00Z"),
        ("https://hull.example/2026/03/12/news", "https://hull.example/%Y/%m/%d/news"),
        ("am 12.03.2026 geliefert", "am %d.%m.%Y geliefert"),
        ("due 12.03.26.", "due %d.%m.%y."),
        ("We opened on 12 March 2026.", "We opened on %-d %B %Y."),
        ("MARCH 12, 2026: a start", "%^B %-d, %Y: a start"),
        ("on 12 Mar 2026", "on %-d %b %Y"),
    ],
)
def test_a_date_is_moved_and_keeps_how_it_is_written(written: str, form: str) -> None:
    shift = shift_of(written)

    assert shift.shift(written) == shift.moved(date(2026, 3, 12)).strftime(form)


def test_months_are_named_in_their_own_language_and_days_get_their_own_endings() -> None:
    texts = [
        "am 12. März 2026",
        "le 1er mars 2026",
        "el 12 de marzo de 2026",
        "the 12th of March",
        "12/03/2026",
    ]
    shift = shift_of(*texts)
    shift.days = 28 * 7

    assert shift.shift(texts) == [
        "am 28. August 2025",
        "le 17 août 2025",
        "el 28 de agosto de 2025",
        "the 28th of August",
        "28/08/2025",
    ]


def test_what_names_a_month_a_quarter_or_a_year_moves_with_the_days_that_the_case_names_in_it() -> None:
    shift = shift_of("2027-01-02")
    moved = shift.moved(date(2027, 1, 2))

    assert shift.shift("It opens in January.") == f"It opens in {moved:%B}."
    assert shift.shift("It opens in January 2027.") == f"It opens in {moved:%B %Y}."
    assert shift.shift("our plan for 2027.") == f"our plan for {moved.year}."
    assert shift_of().shift("the budget of Q1 2027") != "the budget of Q1 2027"
    assert shift_of().shift("founded in 2015.") == "founded in 2014."


@pytest.mark.parametrize(
    "text",
    [
        "It may rain, and a march of ten miles may follow.",
        "They employ 2000 people and bake 40,000 loaves in 2,026 days.",
        "version 1.2.3 at 192.168.10.12, open 24/7 from 9 to 17:30",
        "run 1e0f9a2c-2026-4abc-9abc-123456789abc",
        "on the 31st of February 2026",
    ],
)
def test_what_is_no_date_stays(text: str) -> None:
    assert shift_of(text).shift(text) == text


@given(st.lists(DAYS, min_size=2, max_size=6, unique=True))
def test_intervals_and_days_of_the_week_stay_and_no_original_date_is_left(days: list[date]) -> None:
    made = {
        "packet": [day.isoformat() for day in days],
        "body": " and ".join(f"{day:%-d %B %Y}" for day in days),
    }
    shift = DateShift(lambda text: sha256(text.encode()).hexdigest(), made, NEAR)
    clean = shift.shift(made)
    moved = [date.fromisoformat(text) for text in clean["packet"]]

    assert [day - other for day, other in zip(moved, days, strict=True)] == [
        timedelta(days=-shift.days)
    ] * len(days)
    assert shift.days % 7 == 0
    assert LEAST <= shift.days / 7 <= MOST
    assert clean["body"] == " and ".join(f"{day:%-d %B %Y}" for day in moved)
    assert not set(moved) & set(days)
    shift.check(clean)


def test_a_case_is_moved_the_same_in_every_import_and_another_differently() -> None:
    text = "2026-03-12"
    others = {shift_of(text, case=f"prod-{number}").shift(text) for number in range(20)}

    assert shift_of(text).shift(text) == shift_of(text).shift(text)
    assert len(others) > 10


@pytest.mark.parametrize("left", ["2026-03-12", "12 March 2026", "March 12, 2026", "12.3.2026"])
def test_an_original_date_that_is_left_is_refused_however_it_is_written_and_never_repeated(left: str) -> None:
    with pytest.raises(Residue) as refused:
        shift_of("2026-03-12").check({"turns": [{"content": f"seen on {left}"}]})

    assert str(refused.value) == "turns.0.content holds an original date"


def test_a_case_whose_every_day_is_named_can_not_be_hidden_and_is_refused() -> None:
    start = datetime(2024, 1, 1)  # noqa: DTZ001 — days, no moments
    diary = [f"{start + timedelta(days=day):%Y-%m-%d}" for day in range(1_200)]

    with pytest.raises(Residue, match="none of the shifts"):
        shift_of(*diary)
