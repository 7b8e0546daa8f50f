"""What a source has to be able to do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import psycopg

from migrations.supabase.sources.shape import Column, Found, OldTable

Told = Callable[[int], None]
"""Called with the number of rows copied since the last call."""

Unreadable = tuple[str, int, str, str]
"""A row that is no row: table, line, why, and the beginning of it."""


class Source(Protocol):
    """A database or a folder. All between `snapshot` begins and ends is read as of one moment."""

    @property
    def name(self) -> str:
        """What it is called in reports: without a password."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Open it. Raises SourceProblem."""
        ...

    def tables(self) -> Found:
        """The tables it has, of those that are known, each with its columns."""
        ...

    def count(self, table: OldTable) -> int:
        """How many rows a table has."""
        ...

    def has_unique_ids(self, table: OldTable) -> bool:
        """Whether the source itself sees to it that no id is there twice."""
        ...

    def copy(
        self, table: OldTable, columns: Sequence[Column], into: psycopg.Copy, told: Told
    ) -> Iterator[Unreadable]:
        """Write every row of a table to `into`: the table's known columns that are there in their order, the extras as
        one JSON object (None without), for leads their keys and whether they are known. Yields what is no row.
        """
        ...
