"""A source of awkward rows, moved once; tests that change something take a copy of the whole database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from migrations.supabase.moving.report import Report
from migrations.supabase.moving.running import move
from migrations.supabase.progress import Silence
from migrations.supabase.sources.postgres import PostgresSource
from migrations.supabase.target.connection import open_target
from migrations.supabase.verifying import Verdict, verify
from tests.fixtures.database import create_database
from tests.integration.migrate.old_data import fill_awkward, fill_plain

Copy = Callable[[str], str]


@dataclass(frozen=True)
class Moved:
    """A source, the database it was moved into, and what was reported."""

    source: str
    target: str
    report: Report


@pytest.fixture(scope="session")
def copy_database(postgres_url: str) -> Copy:
    """Make a copy of a database that nobody is connected to; its URL."""
    return lambda url: create_database(postgres_url, template=url.rpartition("/")[2])


@pytest.fixture(scope="session")
def new_target(postgres_url: str, migrated_template: str) -> Callable[[], str]:
    """Make an empty database of ours; its URL."""
    return lambda: create_database(postgres_url, template=migrated_template)


@pytest.fixture(scope="session")
def old_database(postgres_url: str) -> str:
    """The URL of an old database: two plain tenants and an awkward one."""
    url = create_database(postgres_url)
    fill_plain(url, tenants=2, leads=120)
    fill_awkward(url)
    return url


@pytest.fixture(scope="session")
def moved(old_database: str, new_target: Callable[[], str]) -> Moved:
    """The old database, moved into an empty one. Not to be changed: take a copy."""
    target = new_target()
    return Moved(old_database, target, run(old_database, target))


def run(source: str, target: str, *, live: bool = False) -> Report:
    """Move; what was reported."""
    with open_target(target) as ours:
        return move(PostgresSource(source), ours, Silence(), live=live)


def verdict_on(target: str) -> Verdict:
    """Verify."""
    with open_target(target) as ours:
        return verify(ours, Silence())


def ask(url: str, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Rows of a statement, which is committed."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode(), parameters or None)
        return cursor.fetchall() if cursor.description else []
