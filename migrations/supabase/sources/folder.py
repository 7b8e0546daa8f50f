"""A folder of exported files as a source: `<table>.csv`, `.json`, `.jsonl`; also as Supabase names them (`leads_rows.csv`)."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from migrations.supabase.problems import SourceProblem
from migrations.supabase.sources.files import ENDINGS, Row, rows_of
from migrations.supabase.sources.json_text import json_text, repaired, storable_text
from migrations.supabase.sources.shape import BY_NAME, JSON_COLUMNS, Column, Found, OldTable, extra_columns
from migrations.supabase.sources.source import Told, Unreadable
from tools.leads.identity import keys_of

ROWS_A_CALL = 1_000
LOOKED_INTO = 1_000
"""Rows of a JSON file whose fields are looked at to know its columns; CSV names them in its first line."""
PREFIXES = ("public.", "auth.", "auth_")
Cell = str | None


class FolderSource:
    """Exported files. Nothing is written into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Path] = {}
        self._counts: dict[str, int] = {}

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Files can't be held still: changed ones are noticed at the end. Raises SourceProblem."""
        if not self._folder.is_dir():
            raise SourceProblem(
                f"There is no folder {self._folder}.", "Name a folder of exports or a Postgres URL."
            )
        self._files = self._find()
        before = self._stamps()
        yield
        if self._stamps() != before:
            raise SourceProblem("The files changed while they were read.", "Run the same again.")

    def tables(self) -> Found:
        """The known tables with their columns; unknown files as tables without columns when none is known."""
        if not self._files:
            return {path.stem: [] for path in sorted(self._folder.iterdir()) if path.is_file()}
        return {table: [Column(name) for name in _columns(path)] for table, path in self._files.items()}

    def count(self, table: OldTable) -> int:
        """How many rows a file has: it is read once for it."""
        if table.name not in self._counts:
            self._counts[table.name] = sum(
                1 for row in rows_of(self._files[table.name]) if row.problem is None
            )
        return self._counts[table.name]

    def has_unique_ids(self, table: OldTable) -> bool:
        """Nothing sees to it."""
        return False

    def copy(
        self, table: OldTable, columns: Sequence[Column], into: psycopg.Copy, told: Told
    ) -> Iterator[Unreadable]:
        """Read, mend and write row after row; for leads with their keys."""
        write = _writer(table, columns)
        waiting = 0
        for row in rows_of(self._files[table.name]):
            cells = None if row.problem else _written(write, row)
            if cells is None:
                yield (
                    table.name,
                    row.line,
                    row.problem or "a value is nested too deeply",
                    storable_text(row.text),
                )
                continue
            into.write_row(cells)
            waiting += 1
            if waiting == ROWS_A_CALL:
                told(waiting)
                waiting = 0
        told(waiting)

    def _find(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for path in sorted(self._folder.iterdir()):
            table = _table_of(path)
            if table in found:
                both = f"{found[table].name} and {path.name}"
                raise SourceProblem(f"Two files hold `{table}`: {both}.", "Keep one of them.")
            if table is not None:
                found[table] = path
        return found

    def _stamps(self) -> dict[str, tuple[int, int]]:
        return {
            name: (stat.st_size, stat.st_mtime_ns)
            for name, stat in ((name, os.stat(path)) for name, path in self._files.items())  # noqa: PTH116
        }


def _table_of(path: Path) -> str | None:
    """Which table a file holds, by its name."""
    if path.suffix.lower() not in ENDINGS:
        return None
    stem = path.stem.lower().removesuffix("_rows")
    for prefix in PREFIXES:
        stem = stem.removeprefix(prefix)
    return stem if stem in BY_NAME else None


def _columns(path: Path) -> list[str]:
    names: dict[str, None] = {}
    for seen, row in enumerate(rows_of(path)):
        names.update(dict.fromkeys(row.values))
        if seen == LOOKED_INTO or path.suffix.lower() == ".csv":
            break
    if not names and path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig") as file:
            return [name.strip('"') for name in file.readline().strip().split(",") if name]
    return list(names)


def _writer(table: OldTable, columns: Sequence[Column]) -> Callable[[Row], list[Any]]:
    present = {column.name for column in columns}
    known = [name for name in table.columns if name in present]
    json_columns = frozenset(JSON_COLUMNS.get(table.name, ()))
    extras = [column.name for column in extra_columns(table, columns)]

    def write(row: Row) -> list[Any]:
        cells: list[Any] = [_cell(row.values.get(name), json_=name in json_columns) for name in known]
        if table.keeps_extras:
            # Fields that only later rows have are kept as well.
            others = extras if set(row.values) <= present else set(row.values) - set(table.columns)
            cells.append(_extras({name: row.values.get(name) for name in others}))
        return cells + (_keys(row) if table.name == "leads" else [])

    return write


def _written(write: Callable[[Row], list[Any]], row: Row) -> list[Any] | None:
    try:
        return write(row)
    except (ValueError, RecursionError):
        return None


def _cell(value: Any, *, json_: bool) -> Cell:
    """A value as staging holds it: text. JSON columns hold JSON where the value is or means some."""
    if value is None:
        return None
    if isinstance(value, str):
        text = storable_text(value)
        return (repaired(text) or text) if json_ else text
    return json_text(value)


def _extras(values: dict[str, Any]) -> Cell:
    kept = {name: value for name, value in values.items() if value is not None}
    return json_text(kept) if kept else None


def _keys(row: Row) -> list[Any]:
    texts = {
        name: storable_text(str(value)) if (value := row.values.get(name)) is not None else None
        for name in ("linkedin_url", "email", "company")
    }
    keys = keys_of(**texts, company_domain=None)
    return [keys.linkedin, keys.email, keys.company, True]
