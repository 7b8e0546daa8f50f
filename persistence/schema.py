"""The schema of the database: bring it to the newest, go back, and say whether it is right.

Alembic owns our tables; LangGraph's saver owns the checkpoint tables. Both are made here, once, by the migration
command and never by replicas.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.rows import DictRow, dict_row
from sqlalchemy import URL, NullPool, create_engine, make_url, text

from persistence.revisions import PYPROJECT, head, known
from persistence.schema_differences import CHECKPOINT_TABLES, differences
from persistence.session import Database, psycopg_url

LOCK_KEY = 0x7175697665720001
"""The advisory lock of whoever changes the schema."""
LOCK_PATIENCE = 600.0
"""Seconds to wait for another schema change to end."""


class SchemaBusy(Exception):  # noqa: N818 — a fact
    """Another process is changing the schema and did not finish in time."""


@dataclass(frozen=True)
class SchemaReport:
    """What `check` found. No problems: the schema is the newest and whole."""

    revision: str | None
    head: str
    problems: list[str] = field(default_factory=list)


def upgrade(url: str) -> None:
    """Bring the database to the newest schema, checkpoint tables included.

    Safe to repeat and to run twice at once: the second waits for the first and finds nothing to do.
    """
    with _alone(url) as connection:
        command.upgrade(configuration(url), "head")
        PostgresSaver(connection).setup()


def downgrade(url: str, revision: str) -> None:
    """Go back to an older revision; `base` removes every table, checkpoints too."""
    with _alone(url) as connection:
        command.downgrade(configuration(url), revision)
        if revision == "base":
            for table in sorted(CHECKPOINT_TABLES):
                connection.execute(f'DROP TABLE IF EXISTS "{table}"'.encode())


def check(url: str) -> SchemaReport:
    """Whether the database is at the newest revision and, if so, whether it is what the code expects."""
    engine = create_engine(sync_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision == head():
            problems = differences(connection)
        else:
            problems = [f"The schema is at {revision or 'nothing'}; the newest is {head()}."]
    return SchemaReport(revision, head(), problems)


async def is_current(database: Database) -> bool:
    """Whether this code can work with the database.

    A revision it doesn't know was made by newer code, which keeps what older code needs: that counts as current,
    so that a rolling upgrade doesn't take the old replicas out.
    """
    async with database.engine.connect() as connection:
        if await connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
            return False
        revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision is not None and (revision == head() or revision not in known())


def sync_url(url: str) -> URL:
    """The URL of a Postgres database for SQLAlchemy on psycopg, whatever driver the given one names."""
    return make_url(url).set(drivername="postgresql+psycopg")


def configuration(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config(toml_file=PYPROJECT)
    config.attributes["url"] = url
    return config


@contextmanager
def _alone(url: str) -> Iterator[psycopg.Connection[DictRow]]:
    """An autocommit connection that holds the schema lock; closing it gives the lock back.

    It asks again and again instead of waiting inside Postgres: a waiting statement holds a snapshot, for which
    CREATE INDEX CONCURRENTLY of the lock's holder would wait in turn.
    """
    with psycopg.connect(
        psycopg_url(url), autocommit=True, prepare_threshold=0, row_factory=dict_row
    ) as connection:
        deadline = time.monotonic() + LOCK_PATIENCE
        while not _try_lock(connection):
            if time.monotonic() > deadline:
                raise SchemaBusy(f"Another schema change has been running for {LOCK_PATIENCE:.0f} s.")
            time.sleep(0.1)
        yield connection


def _try_lock(connection: psycopg.Connection[DictRow]) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s) AS got", (LOCK_KEY,)).fetchone()
    return bool(row and row["got"])
