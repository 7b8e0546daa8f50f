"""One connection to our database, alone: whoever moves holds a lock that ends with the connection."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from migrations.supabase.problems import Busy, TargetProblem
from persistence.revisions import head

LOCK_KEY = 0x7175697665720002
"""The advisory lock of whoever moves data in."""
LOCK_SECONDS = 2.0
"""How long it is waited for."""
SETTINGS = (
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET lock_timeout = '60s'",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO'",
    "SET search_path = public",
    "SET client_min_messages = warning",
    "SET jit = off",
    "SET work_mem = '64MB'",
    "SET maintenance_work_mem = '256MB'",
    "SET synchronous_commit = off",
    # A statement whose process died ends soon, and lets the lock go.
    "SELECT set_config(name, '500', false) FROM pg_settings WHERE name = 'client_connection_check_interval'",
)
"""Commits may be a moment late on disk: rows and the note that they came are in the same transaction, so both are or neither."""
Parameters = Sequence[Any] | Mapping[str, Any]


class Target:
    """Our database. Statements stand alone unless they are inside of `transaction`."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run a statement; how many rows it wrote."""
        return self.connection.execute(sql.encode(), parameters).rowcount

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """All rows of a short answer."""
        return self.connection.execute(sql.encode(), parameters).fetchall()

    def row(self, sql: str, parameters: Parameters | None = None) -> tuple[Any, ...]:
        """The one row of an answer."""
        found = self.connection.execute(sql.encode(), parameters).fetchone()
        assert found is not None, "the statement always answers with a row"
        return found

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:
        """The first column of the one row of an answer."""
        return self.row(sql, parameters)[0]

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Many rows, a few at a time. Inside of a transaction."""
        with self.connection.cursor(name="stream") as cursor:
            cursor.itersize = 500
            yield from cursor.execute(sql.encode())

    @contextmanager
    def copying(self, sql: str) -> Iterator[psycopg.Copy]:
        """COPY … FROM STDIN."""
        with self.connection.cursor() as cursor, cursor.copy(sql.encode()) as copy:
            yield copy

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        with self.connection.transaction():
            yield

    @contextmanager
    def undone(self) -> Iterator[None]:
        """A transaction of which nothing stays."""
        with self.connection.transaction(force_rollback=True):
            yield


@contextmanager
def open_target(url: str, *, alone: bool = True) -> Iterator[Target]:
    """Our database at the newest schema, locked against other moves when `alone`. Raises TargetProblem, Busy."""
    with _connected(url) as connection:
        target = Target(connection)
        for setting in SETTINGS:
            target.run(setting)
        _require_schema(target)
        if alone and not _locked(target):
            raise Busy(
                "Another move is working on this database.",
                "Wait for it, or end it: what it has brought so far stays, and the next run goes on from there.",
            )
        try:
            yield target
        except psycopg.errors.LockNotAvailable as error:
            raise TargetProblem(
                "Our tables are in use, and what fills empty ones needs them alone for a while.",
                "Stop the API and the workers, or say `--live`; then run the same again.",
            ) from error
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.DiskFull) as error:
            raise TargetProblem(
                f"Our database refuses: {_line(error)}.",
                "Use the role that owns our tables, with enough space; then run the same again.",
            ) from error
        except psycopg.OperationalError as error:
            if not connection.broken:
                raise
            raise TargetProblem(
                "Our database went away in the middle.", "Run the same again: it goes on."
            ) from error


def _locked(target: Target) -> bool:
    """Whether nobody else moves. Who has just died may hold the lock a moment longer, until the server notices."""
    until = time.monotonic() + LOCK_SECONDS
    while not target.value("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY]):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection, closed at the end; a failure to connect has words for it."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=15, prepare_threshold=None)
    except (psycopg.Error, UnicodeError) as error:
        raise TargetProblem(
            f"Our database doesn't answer: {_line(error)}", "Is DATABASE_URL (or --target) right?"
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def _require_schema(target: Target) -> None:
    exists = target.value("SELECT to_regclass('public.alembic_version') IS NOT NULL")
    revision = target.value("SELECT max(version_num) FROM public.alembic_version") if exists else None
    if revision != head():
        raise TargetProblem(
            f"Our schema is at {revision or 'nothing'}; the newest is {head()}.",
            "Run `./quiver db upgrade` first.",
        )


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
