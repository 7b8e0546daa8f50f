"""What every test may use: real Postgres and Valkey, started once for the run."""

pytest_plugins = [
    "tests.fixtures.services",
    "tests.fixtures.database",
    "tests.fixtures.sandbox",
    "tests.fixtures.discovery",
    "tests.fixtures.websites",
    "tests.fixtures.api",
    "tests.fixtures.jobs",
    "tests.fixtures.turns",
    "tests.fixtures.product",
]
