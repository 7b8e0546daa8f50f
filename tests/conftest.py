"""What every test may use: real Postgres and Valkey, started once for the run."""

import gc

import pytest

pytest_plugins = [
    "tests.fixtures.services",
    "tests.fixtures.database",
    "tests.fixtures.sandbox",
    "tests.fixtures.discovery",
    "tests.fixtures.graphs",
    "tests.fixtures.websites",
    "tests.fixtures.api",
    "tests.fixtures.jobs",
    "tests.fixtures.turns",
    "tests.fixtures.product",
]


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later garbage collection: it never becomes garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all that need the whole product in one: it is started once."""
    for item in items:
        assert isinstance(item, pytest.Function)
        group = "product" if "product" in item.fixturenames else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
