"""Writing tables: CSV that opens in spreadsheets without a cell acting, and JSON. A piece at a time, in flat memory."""

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from tools.sheets.cells import disarmed

MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
PIECE = 64 * 1024

Record = Mapping[str, Any]


async def csv_pieces(columns: Sequence[str], records: AsyncIterable[Record]) -> AsyncIterator[bytes]:
    """A CSV file with these columns, RFC 4180, in pieces of some 64 KiB."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(MARK)
    writer.writerow([disarmed(column) for column in columns])
    async for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
        if buffer.tell() >= PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


async def json_pieces(columns: Sequence[str], records: AsyncIterable[Record]) -> AsyncIterator[bytes]:
    """A JSON array of objects with these members, in pieces of some 64 KiB."""
    piece = bytearray(b"[")
    first = True
    async for record in records:
        piece += b"\n" if first else b",\n"
        piece += orjson.dumps({column: record.get(column) for column in columns})
        first = False
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    piece += b"\n]\n"
    yield bytes(piece)


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
