"""What every test may use: real Postgres and Valkey, started once for the run."""

import gc

from hypothesis import settings

pytest_plugins = [
    "tests.scheduling",
    "tests.fixtures.trust",
    "tests.fixtures.services",
    "tests.fixtures.database",
    "tests.fixtures.sandbox",
    "tests.fixtures.discovery",
    "tests.fixtures.websites",
    "tests.fixtures.graphs",
    "tests.fixtures.api",
    "tests.fixtures.jobs",
    "tests.fixtures.turns",
    "tests.fixtures.product",
]

# How long an example takes is the machine's matter: tests assert no times.
settings.register_profile("quiver", deadline=None)
settings.load_profile("quiver")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later garbage collection: it never becomes garbage."""
    gc.collect()
    gc.freeze()
