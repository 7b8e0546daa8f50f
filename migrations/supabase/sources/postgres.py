"""A Postgres source, read only, in one REPEATABLE READ transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from migrations.supabase.problems import SourceProblem
from migrations.supabase.sources.key_sql import is_plain, key_columns
from migrations.supabase.sources.quoting import literal
from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.sources.shape import BY_NAME, OLD_TABLES, Column, Found, OldTable, extra_columns
from migrations.supabase.sources.source import Told, Unreadable

BLOCK = 1 << 16
ROWS_A_CALL = 2_000
SETTINGS = (
    # A role that row security holds back is refused rather than shown a part.
    "SET row_security = off",
    "SET default_transaction_read_only = on",
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    "SET synchronize_seqscans = off",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO'",
    "SET IntervalStyle = 'postgres'",
    "SET extra_float_digits = 1",
)
COLUMNS = """
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, NULL), has_table_privilege(c.oid, 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN ('public', 'auth') ORDER BY 1, 2, a.attnum
"""
UNIQUE = """
SELECT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE i.indrelid = %s::regclass AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL AND a.attname = 'id'
AND i.indisvalid)
"""
UNREACHABLE = (
    "Is the URL right, and may this machine reach it? Of Supabase take the direct connection, port 5432."
)


class PostgresSource:
    """Supabase's own database, or a copy of it. Accounts are in `auth.users`, all else in `public`."""

    def __init__(self, url: str, *, accounts: bool = True) -> None:
        """`accounts=False` does without `auth.users`, where it can't be read."""
        self._url = url
        self._accounts = accounts
        self._open: psycopg.Connection | None = None

    @property
    def name(self) -> str:
        """Host and database."""
        parts = conninfo_to_dict(self._url)
        return f"postgresql://{parts.get('host', '')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One read-only transaction, which sees one moment. Raises SourceProblem."""
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=15)
        except (psycopg.Error, UnicodeError) as error:
            raise SourceProblem(f"The source doesn't answer: {_line(error)}", UNREACHABLE) from error
        with connection:
            try:
                for setting in SETTINGS:
                    connection.execute(setting.encode())
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                self._open = connection
                yield
                connection.execute("COMMIT")
            except psycopg.errors.InsufficientPrivilege as error:
                raise self._forbidden(_line(error)) from error
            except psycopg.OperationalError as error:
                if connection.broken:
                    raise SourceProblem(
                        f"The source went away: {_line(error)}", "Run the same again."
                    ) from error
                raise
            finally:
                self._open = None

    def tables(self) -> Found:
        """The known tables with their columns. Raises SourceProblem for one that may not be read."""
        found: dict[str, list[Column]] = {}
        for schema, table, column, kind, readable in self._connection.execute(COLUMNS):
            known = table if (schema == "auth") == (table == "users") else None
            if known not in BY_NAME or (known == "users" and not self._accounts):
                continue
            if not readable:
                raise self._forbidden(f"permission denied for {schema}.{table}")
            found.setdefault(known, []).append(Column(column, kind))
        if not found:
            others = "SELECT relname, '' FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            return {str(row[0]): [] for row in self._connection.execute(others.encode())}
        return found

    def count(self, table: OldTable) -> int:
        """How many rows a table has."""
        row = self._connection.execute(f"SELECT count(*) FROM {_place(table)}".encode()).fetchone()
        return int(row[0]) if row else 0

    def has_unique_ids(self, table: OldTable) -> bool:
        """Whether a valid unique index on `id` alone says so."""
        row = self._connection.execute(UNIQUE, [_place(table)]).fetchone()
        return bool(row and row[0])

    def copy(
        self, table: OldTable, columns: Sequence[Column], into: psycopg.Copy, told: Told
    ) -> Iterator[Unreadable]:
        """Pass the rows on as they come, without looking into them."""
        waiting: list[bytes] = []
        size = rows = 0
        with self._connection.cursor().copy(
            f"COPY ({_select(table, columns)}) TO STDOUT".encode()
        ) as rows_out:
            for row in rows_out:
                waiting.append(bytes(row))
                size += len(row)
                rows += 1
                if size >= BLOCK:
                    into.write(b"".join(waiting))
                    waiting, size = [], 0
                if rows == ROWS_A_CALL:
                    told(rows)
                    rows = 0
        into.write(b"".join(waiting))
        told(rows)
        yield from ()

    @property
    def _connection(self) -> psycopg.Connection:
        assert self._open is not None, "used outside of its snapshot"
        return self._open

    def _forbidden(self, said: str) -> SourceProblem:
        tables = ", ".join(_place(table) for table in OLD_TABLES)
        advice = f"Give the role BYPASSRLS and SELECT on {tables}, or use Supabase's `postgres` role."
        if "users" in said:
            advice += " Without accounts (`--without-accounts`) users come without name and address."
        return SourceProblem(f"The source doesn't let this role read: {said}.", advice)


def _place(table: OldTable) -> str:
    return "auth.users" if table.name == "users" else f"public.{table.name}"


def _select(table: OldTable, columns: Sequence[Column]) -> str:
    """The query whose rows go into staging."""
    present = {column.name: column for column in columns}
    parts = [_text(present[name]) for name in table.columns if name in present]
    extras = extra_columns(table, columns)
    if table.keeps_extras:
        parts.append(_extras(extras) if extras else "NULL")
    if table.name != "leads":
        return f"SELECT {', '.join(parts)} FROM {_place(table)}"
    texts = [
        f"{quoted(name)}::text" if name in present else "NULL::text"
        for name in ("linkedin_url", "email", "company")
    ]
    # OFFSET keeps the question from being asked anew for every key.
    rows = f"(SELECT *, {is_plain(*texts)} AS keyed FROM {_place(table)} OFFSET 0) leads"
    return f"SELECT {', '.join(parts)}, {key_columns(*texts)} FROM {rows}"


def _text(column: Column) -> str:
    """A column as text; lists of Postgres as JSON, which is how the old front end saw them."""
    if column.kind.endswith("[]"):
        return f"to_jsonb({quoted(column.name)})::text"
    return quoted(column.name)


def _extras(columns: Sequence[Column]) -> str:
    """All other columns that hold something, as one JSON object."""
    # What `json` may hold, `jsonb` may not: such a column is kept as its text.
    texts = {column.name: "::text" if column.kind == "json" else "" for column in columns}
    pairs = [f"{literal(name)}, {quoted(name)}{texts[name]}" for name in texts]
    # Functions take a hundred arguments at most.
    objects = [f"jsonb_build_object({', '.join(pairs[at : at + 45])})" for at in range(0, len(pairs), 45)]
    return f"nullif(jsonb_strip_nulls({' || '.join(objects)}), '{{}}')::text"


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
