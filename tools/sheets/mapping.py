"""Which column of a file says what: told by the client, else guessed from the names of the columns."""

import re
from collections.abc import Collection, Mapping

import orjson

from tools.errors import FieldError, Invalid
from tools.sheets.reading import Row, Sheet

NO_LETTER = re.compile(r"[\W_]+")

Columns = Mapping[str, str]
"""The column of each field."""


def columns_of(
    sheet: Sheet, mapping: str | None, fields: Collection[str], names: Mapping[str, str]
) -> Columns:
    """The column of each field that has one. `mapping` is JSON, {column: field}; null leaves a column out.

    `names`: other names of fields, in small letters only. Raises Invalid naming each column or field that is wrong.
    """
    if mapping is None or not mapping.strip():
        return _guessed(sheet, fields, names)
    told = _parsed(mapping)
    errors = [
        FieldError(_pointer(column), "The file has no such column.")
        for column in told
        if column not in sheet.columns
    ]
    columns: dict[str, str] = {}
    for column, name in told.items():
        if name is None:
            continue
        if name not in fields:
            errors.append(
                FieldError(_pointer(column), f"There is no such field; there are {', '.join(fields)}.")
            )
        elif name in columns:
            errors.append(FieldError(_pointer(column), f"Another column is mapped to {name} already."))
        else:
            columns[name] = column
    if errors:
        raise Invalid("The mapping is not valid.", errors, code="csv_mapping")
    return columns


def fields_in(row: Row, columns: Columns) -> dict[str, str]:
    """What a row says, by field."""
    return {field: row.cells[column] for field, column in columns.items() if column in row.cells}


def _guessed(sheet: Sheet, fields: Collection[str], names: Mapping[str, str]) -> Columns:
    known = {_letters(field): field for field in fields} | dict(names)
    columns: dict[str, str] = {}
    for column in sheet.columns:
        field = known.get(_letters(column))
        if field is not None:
            columns.setdefault(field, column)
    return columns


def _parsed(mapping: str) -> dict[str, str | None]:
    try:
        told = orjson.loads(mapping)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(name, str | None) for name in told.values()):
        reason = 'It has to be a JSON object such as {"Name": "fullName"}.'
        raise Invalid("The mapping is not valid.", [FieldError("/mapping", reason)], code="csv_mapping")
    return told


def _letters(name: str) -> str:
    return NO_LETTER.sub("", name.casefold())


def _pointer(column: str) -> str:
    return f"/mapping/{column[:100].replace('~', '~0').replace('/', '~1')}"
