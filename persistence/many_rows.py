"""Many rows in one statement: one JSON parameter that Postgres takes apart.

A statement with a parameter for each column of each row costs more to build and to bind than to run; one executed for
each row costs a round trip in the server's protocol each.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import orjson
from sqlalchemy import Integer, Table, Text, bindparam, column, func, inspect, select
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from persistence.models.entity import Entity

POSITION = "#"
"""Where a row stands among those given; no column has such a name."""

Row = Mapping[str, Any]


async def insert_many(session: AsyncSession, entity: type[Entity], rows: Sequence[Row]) -> list[int]:
    """Insert rows by attribute name, each with the same names; their keys in the order given.

    Keys come from an identity, which counts up in that order. What is left out gets its default in the database.
    """
    key = inspect(entity).primary_key[0]
    statement = _insertion(entity, tuple(rows[0])).returning(key)
    return sorted((await session.execute(statement, {"rows": _packed(entity, rows)})).scalars())


async def insert_missing(session: AsyncSession, entity: type[Entity], rows: Sequence[Row]) -> None:
    """Insert rows, as `insert_many`; those that a unique index holds off already are left out."""
    statement = _insertion(entity, tuple(rows[0])).on_conflict_do_nothing()
    await session.execute(statement, {"rows": _packed(entity, rows)})


@lru_cache(maxsize=32)
def _insertion(entity: type[Entity], names: tuple[str, ...]) -> Insert:
    columns = [inspect(entity).columns[name] for name in names]
    fields = [column(field.name, field.type) for field in columns]
    rows = func.jsonb_to_recordset(cast_to(bindparam("rows", type_=Text), JSONB))
    taken = rows.table_valued(*fields, column(POSITION, Integer)).render_derived("taken", with_types=True)
    ordered = select(*(taken.c[field.name] for field in fields)).order_by(taken.c[POSITION])
    return insert(cast(Table, entity.__table__)).from_select(columns, ordered)


def _packed(entity: type[Entity], rows: Sequence[Row]) -> str:
    mapped = inspect(entity).columns
    names = [(str(mapped[name].name), name) for name in rows[0]]
    packed = [
        {POSITION: position, **{wire: row[name] for wire, name in names}} for position, row in enumerate(rows)
    ]
    return json_text(packed)


def json_text(value: Any) -> str:
    """A value as JSON text."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        # A whole number past 64 bits: the slow writer holds any.
        return json.dumps(value)
