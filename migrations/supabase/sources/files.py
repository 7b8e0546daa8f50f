"""Reading exported files row by row: CSV, JSON (one array) and JSON lines, in bounded memory."""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from migrations.supabase.problems import SourceProblem
from migrations.supabase.sources.json_text import parsed

PIECE = 1 << 20
SHOWN = 200
ENDINGS = (".csv", ".jsonl", ".ndjson", ".json")


@dataclass(frozen=True)
class Row:
    """A row of a file and the line (of JSON: the place) it stands at, from 1. `problem` tells why it is none."""

    line: int
    values: dict[str, Any]
    problem: str | None = None
    text: str = ""


def rows_of(path: Path) -> Iterator[Row]:
    """Every row of a file. Raises SourceProblem when the file as a whole can't be read."""
    readers = {".csv": _csv_rows, ".json": _json_rows}
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from readers.get(path.suffix.lower(), _json_lines)(file)
    except OSError as error:
        raise SourceProblem(f"{path.name} can't be read: {error.strerror}.") from error


def _csv_rows(file: TextIO) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(file)
    names = next(reader, None)
    if not names:
        return
    try:
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                problem = f"{len(cells)} cells under {len(names)} names"
                yield Row(reader.line_num, {}, problem, ",".join(cells)[:SHOWN])
                continue
            # A CSV export writes NULL and an empty text alike.
            yield Row(reader.line_num, {name: cell or None for name, cell in zip(names, cells, strict=True)})
    except csv.Error as error:
        yield Row(reader.line_num, {}, f"no CSV from here on: {error}")


def _json_lines(file: TextIO) -> Iterator[Row]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: str) -> Row:
    try:
        value = parsed(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"no JSON: {error}", line[:SHOWN])
    return _object(number, value)


def _object(number: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(number, {}, "no JSON object", str(value)[:SHOWN])
    return Row(number, value)


def _json_rows(file: TextIO) -> Iterator[Row]:
    """The elements of one array, a piece of the file at a time."""
    decoder, held, number = json.JSONDecoder(), "", 0
    begun = ended = False
    while not ended:
        piece = file.read(max(PIECE, len(held)))
        held += piece
        if not begun:
            held = held.lstrip()
            if held and held[0] != "[":
                yield Row(1, {}, "the file is no JSON array", held[:SHOWN])
                return
            begun, held = bool(held), held[1:]
        at = 0
        while True:
            at = _skip(held, at)
            if at < len(held) and held[at] == "]":
                ended = True
                break
            try:
                value, end = decoder.raw_decode(held, at)
            except (ValueError, RecursionError) as error:
                if not piece:
                    if held[at:]:
                        yield Row(number + 1, {}, f"no JSON from here on: {error}", held[at : at + SHOWN])
                    return
                break
            number += 1
            yield _object(number, value)
            at = end
        held = held[at:]


def _skip(text: str, at: int) -> int:
    """Past white space and commas."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at
