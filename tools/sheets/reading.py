"""Reading a CSV file of any size, a row at a time, in flat memory. What is wrong with a row is said of that row.

UTF-8, with or without a mark; separated by comma, semicolon or tab. Rows are numbered as a spreadsheet does: the header is 1.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from tools.errors import FieldError, Invalid
from tools.sheets.cells import is_formula, rearmed
from tools.text.storable import storable

MAX_COLUMNS = 200
MAX_LINE = 1_000_000
"""Characters of a line: what is longer is no line of a table, and may be a whole file."""
MAX_CELL = 100_000
SEPARATORS = (",", ";", "\t")
OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True)
class Row:
    """A row that can be used: its cells by column name, without those that are empty."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class BadRow:
    """A row that can't be used, and why."""

    number: int
    reason: str
    column: str | None = None


class Sheet:
    """A file whose header was read. `rows` reads on; it can be gone through once."""

    def __init__(self, columns: Sequence[str], separator: str, lines: "_Lines") -> None:
        self.columns = tuple(columns)
        self._separator = separator
        self._lines = lines

    @property
    def ends_in_mid_line(self) -> bool:
        """Whether the last line that was read had no end: the file may have been cut off there."""
        return self._lines.unended

    def rows(self, only: Collection[str] | None = None) -> Iterator[Row | BadRow]:
        """Every row that is not empty, with all its cells or those of these columns; the others may hold anything."""
        wanted = frozenset(self.columns if only is None else only) - {""}
        reader = csv.reader(self._lines, delimiter=self._separator, strict=True)
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield BadRow(number, _broken(error))
                if self._lines.too_long:
                    break
                continue
            if any(cell.strip() for cell in cells):
                yield self._row(number, cells, wanted)

    def _row(self, number: int, cells: Sequence[str], wanted: Collection[str]) -> Row | BadRow:
        count, expected = len(cells), len(self.columns)
        if count < expected or any(cell.strip() for cell in cells[expected:]):
            return BadRow(number, f"It has {count} cells; the header has {expected}.")
        pairs = zip(self.columns, cells, strict=False)
        named = {name: rearmed(cell) for name, cell in pairs if name in wanted and cell.strip()}
        for name, cell in named.items():
            if reason := _unusable(cell):
                return BadRow(number, reason, name)
        return Row(number, named)


def open_sheet(file: BinaryIO) -> Sheet:
    """Read the header of a file. Raises Invalid when there is none, or when it can't be told what its columns are."""
    mark = file.read(2)
    if mark in OTHER_MARKS:
        raise _refusal(f"The file is {OTHER_MARKS[mark]}. Save it as CSV UTF-8.", "csv_encoding")
    file.seek(0)
    lines = _Lines(io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline=""))
    header = next(lines, "").strip("\r\n")
    if not header.strip():
        raise _refusal("The first row has to name the columns; it is empty.", "csv_header")
    if not storable(header):
        raise _refusal("The header is not UTF-8 text. Save the file as CSV UTF-8.", "csv_encoding")
    separator = max(SEPARATORS, key=header.count)
    try:
        columns = [cell.strip() for cell in next(csv.reader([header], delimiter=separator, strict=True))]
    except csv.Error as error:
        raise _refusal("The quotation marks of the header do not match.", "csv_header") from error
    _check_columns(columns)
    return Sheet(columns, separator, lines)


class _Lines:
    """The lines of a file, none longer than `MAX_LINE`: such a one ends the reading."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.too_long = False
        self.unended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            self.too_long = True
            raise csv.Error("too long")
        self.unended = not line.endswith(("\n", "\r"))
        return line


def _check_columns(columns: Sequence[str]) -> None:
    if len(columns) > MAX_COLUMNS:
        raise _refusal(f"There are more than {MAX_COLUMNS} columns.", "csv_header")
    seen: set[str] = set()
    for name in filter(None, columns):
        if name.casefold() in seen:
            raise _refusal(f"Two columns are named `{name[:100]}`.", "csv_header")
        seen.add(name.casefold())


def _unusable(cell: str) -> str | None:
    """Why a cell can't be used, if so."""
    if "\x00" in cell:
        return "It holds a NUL character."
    if not storable(cell):
        return "It is not UTF-8 text. Save the file as CSV UTF-8."
    if len(cell) > MAX_CELL:
        return f"It is longer than {MAX_CELL} characters."
    return "It holds a formula; send what it computes." if is_formula(cell) else None


def _broken(error: csv.Error) -> str:
    """What is wrong with a row, in words for people."""
    if "end of data" in str(error):
        return "The file ends in the middle of this row."
    if "too long" in str(error) or "limit" in str(error):
        return "It is too long to be a row: a quotation mark may be open. Nothing behind it was read."
    return "Its quotation marks do not match."


def _refusal(message: str, code: str) -> Invalid:
    return Invalid("The file can't be read.", [FieldError("/file", message)], code=code)
