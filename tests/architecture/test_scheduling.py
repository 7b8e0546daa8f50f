"""Tests that need the same costly thing share a process; files stay whole."""

from pathlib import Path

import pytest

from tests.scheduling import TOGETHER, companions

ROOT = Path(__file__).resolve().parents[2]
COSTLY = {"product": "product", "job_stand": "jobs"}
"""The fixtures that start processes of the product, and the name their tests have in common."""


def test_what_tests_have_in_common_is_a_name_or_their_file(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        assert companions(item.nodeid) in {*TOGETHER, str(item.path.relative_to(ROOT))}


def test_who_needs_the_product_or_a_worker_shares_it(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        assert isinstance(item, pytest.Function)
        for fixture, name in COSTLY.items():
            assert fixture not in item.fixturenames or companions(item.nodeid) == name


@pytest.mark.parametrize(
    ("test_id", "common"),
    [
        ("tests/journeys/poison/test_poison.py::test_one[a::b]", "product"),
        ("tests/durability/test_turn_kills.py::test_two", "product"),
        ("tests/integration/jobs/test_worker.py::test_three", "jobs"),
        ("tests/unit/api/test_routes.py::test_four[/health]", "tests/unit/api/test_routes.py"),
    ],
)
def test_companions(test_id: str, common: str) -> None:
    assert companions(test_id) == common
