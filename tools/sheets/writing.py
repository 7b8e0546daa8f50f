"""Writing tables: CSV that opens in spreadsheets without a cell acting, and JSON. A part at a time, so that memory stays flat."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from tools.sheets.cells import disarmed

MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

Record = Mapping[str, Any]


class FileFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class Part:
    """Which piece of a file: the first begins it, the last ends it. One may be both."""

    first: bool
    last: bool


def write_part(form: FileFormat, columns: Sequence[str], records: Iterable[Record], part: Part) -> bytes:
    """One piece of a file with these columns; the pieces in order are the file."""
    write = _csv_part if form is FileFormat.CSV else _json_part
    return write(columns, records, part)


def _csv_part(columns: Sequence[str], records: Iterable[Record], part: Part) -> bytes:
    """RFC 4180, with a header and a mark at the beginning."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if part.first:
        buffer.write(MARK)
        writer.writerow([disarmed(column) for column in columns])
    for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
    return buffer.getvalue().encode()


def _json_part(columns: Sequence[str], records: Iterable[Record], part: Part) -> bytes:
    """An array of objects, one a line."""
    lines = [orjson.dumps({column: record.get(column) for column in columns}) for record in records]
    begin = (b"[\n" if part.first else b",\n") if lines else (b"[" if part.first else b"")
    return begin + b",\n".join(lines) + (b"\n]\n" if part.last else b"")


def _cell(value: Any) -> str | int | float:
    """A value as a cell: text disarmed, numbers as they are, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    return disarmed(value if isinstance(value, str) else orjson.dumps(value).decode())
