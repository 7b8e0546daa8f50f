"""A place is the one Wiza knows by that name, or none: a near one would find other people."""

from typing import Any

import pytest

from tools.filters.places import Known, named, offers, queries, resolved

KNOWN: Known = {
    "Ontario": [{"v": "Ontario, Canada", "b": "state"}, {"v": "Ontario, California, United States", "b": "city"}],
    "New York": [{"v": "New York, United States", "b": "state"}, {"v": "New York, New York, United States", "b": "city"}],
    "Germany": [{"v": "Germany", "b": "country"}],
    "GERMANY": [{"v": "Germany", "b": "country"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "meant"),
    [
        ("Germany", "country", "Germany"),
        ("GERMANY", "", "Germany"),
        ("Germany", "city", "Germany"),
        ("Ontario, Canada", "state", "Ontario, Canada"),
        ("New York", "city", "New York, New York, United States"),
        ("New York", "state", "New York, United States"),
        ("New York", "", None),
        ("Ontario, Oregon, United States", "city", None),
        ("Atlantis", "country", None),
    ],
)
def test_the_place_that_is_meant(name: str, kind: str, meant: str | None) -> None:
    found = resolved(name, kind, KNOWN)

    assert (found and found["v"]) == meant


def test_what_is_offered_instead_is_told() -> None:
    assert offers("New York", KNOWN) == ["New York, United States", "New York, New York, United States"]
    assert offers("Atlantis", KNOWN) == []


def test_each_name_is_asked_for_once_and_not_too_many() -> None:
    answer: dict[str, Any] = {
        "location": [{"name": f"Town {number}, Land", "kind": "city"} for number in range(30)],
        "company_location": [
            {"name": "Town 1", "kind": "city"},
            {"name": "UK", "kind": "country"},
            "Rome",
            5,
            {},
        ],
    }

    assert queries(answer) == [f"Town {number}" for number in range(8)]
    assert named(answer["company_location"]) == [("Town 1", "city"), ("UK", "country")]
    assert queries({"location": [{"name": "UK"}]}) == []
    assert queries({"location": "Rome"}) == []
