"""Lists by keyset: a page goes on after the last row's sort values, so the 50,000th row costs what the first does."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from persistence.session import UnitOfWork
from persistence.types import MAX_BIGINT
from tools.errors import FieldError, Invalid
from tools.text.storable import storable

DEFAULT_LIMIT = 200
MAX_LIMIT = 1_000

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Key = InstrumentedAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True)
class PageRequest:
    """What a client asks of a list."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    count: bool = False


@dataclass(frozen=True)
class Page(Generic[T_co]):
    """Some items of a list. `next_cursor` is None at its end; `total` is only counted when asked for."""

    items: Sequence[T_co]
    limit: int
    next_cursor: str | None = None
    total: int | None = None


async def page_of(
    uow: UnitOfWork,
    statement: Select[T],
    keys: Sequence[Key],
    request: PageRequest,
    *,
    descending: bool = False,
) -> Page[T]:
    """One page of `statement`, sorted by `keys`: not nullable, together unique (end with the id), indexed in this order.

    Raises Invalid when the cursor is not one of this list.
    """
    total = await _count(uow, statement) if request.count else None
    ordered = statement.order_by(None).order_by(*[key.desc() if descending else key.asc() for key in keys])
    if request.cursor is not None:
        after = tuple_(*_read_cursor(request.cursor, keys))
        row = tuple_(*keys)
        ordered = ordered.where(row < after if descending else row > after)
    found = (await uow.session.execute(ordered.add_columns(*keys).limit(request.limit + 1))).all()
    rows = found[: request.limit]
    cursor = _write_cursor(keys, rows[-1][1:]) if len(found) > request.limit else None
    return Page([row[0] for row in rows], request.limit, cursor, total)


async def _count(uow: UnitOfWork, statement: Select[T]) -> int:
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return (await uow.session.execute(counted)).scalar_one()


def _write_cursor(keys: Sequence[Key], values: Sequence[Any]) -> str:
    """The sort values of the last row, as text that clients hand back unread."""
    document = [[key.key for key in keys], list(values)]
    # The driver's UUIDs are a class of their own, which orjson does not know.
    return base64.urlsafe_b64encode(orjson.dumps(document, default=str)).decode().rstrip("=")


def _read_cursor(cursor: str, keys: Sequence[Key]) -> list[Any]:
    """The values to go on after. Raises Invalid when the cursor belongs to another list or was changed."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        names, values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        typed = {name: (key, value) for name, key, value in zip(names, keys, values, strict=True)}
        return [_typed(*typed[key.key]) for key in keys]
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        pointer = FieldError("query/cursor", "It is not a cursor of this list; leave it out to begin anew.")
        raise Invalid("The cursor is not valid.", [pointer]) from error


def _typed(key: Key, value: Any) -> Any:
    """A cursor's value as the column's Python type. Raises ValueError or TypeError when it is none."""
    kind = key.type.python_type
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a time without offset")
        return moment
    if kind is date:
        return date.fromisoformat(value)
    if kind is UUID:
        return UUID(value)
    if type(value) is not kind:
        raise TypeError("a value of another type")
    if isinstance(value, int) and abs(value) > MAX_BIGINT:
        raise ValueError("a number past int64")
    if isinstance(value, str) and not storable(value):
        raise ValueError("text that can't be stored")
    return value
