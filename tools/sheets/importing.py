"""Importing a table: saved batch by batch, with a report of every row that was not.

A batch is saved whole or not at all. What fails after the first batch ends the import and is said; what was saved stays,
and the same file again meets it as duplicates.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, Protocol, TypeVar

import structlog
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict
from sqlalchemy.exc import SQLAlchemyError

from tools.errors import QuiverError
from tools.schemas import WireModel
from tools.sheets.reading import BadRow, Row, Sheet

log = structlog.get_logger(__name__)

T = TypeVar("T")

BATCH = 1_000
SHOWN = 1_000
"""Problems a report lists; the others are counted."""

EXAMPLE: JsonDict = {
    "rows": 3,
    "added": 1,
    "duplicates": 1,
    "refused": 1,
    "complete": True,
    "stoppedAtRow": None,
    "warnings": [],
    "problems": [
        {"row": 3, "column": None, "reason": "It is there already (email).", "duplicate": True},
        {"row": 4, "column": "Email", "reason": "It is not UTF-8 text.", "duplicate": False},
    ],
    "problemsLeftOut": 0,
}


class RowProblem(WireModel):
    """A row that was not added, and why."""

    row: int = Field(description="The row, numbered as a spreadsheet does: the header is 1.")
    column: str | None = Field(None, description="The column, when it is one cell's fault.")
    reason: str = Field(description="Why, for people.")
    duplicate: bool = Field(False, description="Whether it is only there already.")


class ImportReport(WireModel):
    """What became of each row of a file."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    rows: int = Field(0, description="Rows that were read, empty ones left out.")
    added: int = Field(0, description="Rows that were added.")
    duplicates: int = Field(0, description="Rows that are there already.")
    refused: int = Field(0, description="Rows that could not be used.")
    complete: bool = Field(True, description="Whether every row was dealt with.")
    stopped_at_row: int | None = Field(
        None,
        description="The first row that was not dealt with; send the file again, not under the same Idempotency-Key, "
        "to go on from there.",
    )
    warnings: list[str] = Field([], description="What may be wrong with the file as a whole.")
    problems: list[RowProblem] = Field([], description="The first thousand rows that were not added.")
    problems_left_out: int = Field(0, description="How many more there are.")


@dataclass(frozen=True)
class Numbered(Generic[T]):
    """What a row says, with its number."""

    number: int
    item: T


@dataclass
class Saved:
    """What became of a batch. `duplicates` and `refused` name rows."""

    added: int = 0
    duplicates: list[BadRow] = field(default_factory=list)
    refused: list[BadRow] = field(default_factory=list)


T_co = TypeVar("T_co", covariant=True)


class RowReader(Protocol[T_co]):
    """Knows which columns matter, and what a row of them says."""

    @property
    def columns(self) -> Collection[str]:
        """The columns that are read."""
        ...

    def read(self, row: Row) -> T_co | BadRow:
        """What a row says, or why it says nothing."""
        ...


Save = Callable[[Sequence[Numbered[T]]], Awaitable[Saved]]


async def import_sheet(sheet: Sheet, reader: RowReader[T], save: Save[T]) -> ImportReport:
    """Save every row of a sheet. Raises what `save` raises at the first batch, when nothing is saved yet."""
    report = ImportReport()
    rows = sheet.rows(reader.columns)
    begun = False
    while batch := await _next_batch(rows, reader):
        good = [row for row in batch if isinstance(row, Numbered)]
        try:
            saved = await save(good) if good else Saved()
        except (QuiverError, SQLAlchemyError, TimeoutError, ConnectionError) as error:
            if not begun:
                raise
            log.warning("import.stopped", error=type(error).__name__, row=good[0].number)
            _stop(report, batch, error)
            break
        begun = begun or bool(good)
        report.rows += len(batch)
        report.added += saved.added
        bad = [row for row in batch if isinstance(row, BadRow)] + saved.refused
        _tell(report, sorted(bad, key=_number), duplicate=False)
        _tell(report, saved.duplicates, duplicate=True)
    if sheet.ends_in_mid_line:
        report.warnings.append("The last line has no end: the file may have been cut off there.")
    report.problems.sort(key=lambda problem: problem.row)
    return report


async def _next_batch(rows: Iterator[Row | BadRow], reader: RowReader[T]) -> list[Numbered[T] | BadRow]:
    """The next rows, read by a thread: files are on disk, and parsing holds up every other request."""

    def parsed() -> list[Numbered[T] | BadRow]:
        return [_numbered(row, reader) for row in islice(rows, BATCH)]

    return await asyncio.to_thread(parsed)


def _numbered(row: Row | BadRow, reader: RowReader[T]) -> Numbered[T] | BadRow:
    item = row if isinstance(row, BadRow) else reader.read(row)
    return item if isinstance(item, BadRow) else Numbered(row.number, item)


def _stop(report: ImportReport, batch: Sequence[Numbered[T] | BadRow], error: Exception) -> None:
    """Say that the import ended before this batch."""
    report.complete = False
    report.stopped_at_row = min(map(_number, batch))
    reason = error.message if isinstance(error, QuiverError) else "The service is busy."
    report.warnings.append(f"Rows from {report.stopped_at_row} on were not saved: {reason}")


def _tell(report: ImportReport, rows: Sequence[BadRow], *, duplicate: bool) -> None:
    """Count these rows and list as many as there is room for."""
    if duplicate:
        report.duplicates += len(rows)
    else:
        report.refused += len(rows)
    room = max(0, SHOWN - len(report.problems))
    report.problems += [
        RowProblem(row=row.number, column=row.column, reason=row.reason, duplicate=duplicate)
        for row in rows[:room]
    ]
    report.problems_left_out += len(rows[room:])


def _number(row: Numbered[T] | BadRow) -> int:
    return row.number
