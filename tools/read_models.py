"""Read models: lists and rows that are read often, found together with the caller's place by one statement.

Postgres writes the rows as JSON, and the answer is made of that text: nothing of a row becomes a Python object. What is
missing tells the failure: no user or a disabled one, no place in the workspace, no rows.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from persistence.session import UnitOfWork
from persistence.types import MAX_BIGINT
from tools.access import Caller
from tools.errors import FieldError, Forbidden, Invalid, NotFound, Unauthenticated
from tools.paging import Page, PageRequest
from tools.text.storable import storable


class Reader(Protocol):
    """What runs a read statement: `persistence.read_model.Reads`, or a transaction that has just written."""

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Sequence[Any]]:
        """What the statement finds."""
        ...


@dataclass(frozen=True)
class InTransaction:
    """Reads what this transaction has written."""

    uow: UnitOfWork

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Sequence[Any]]:
        """What the statement finds."""
        connection = await self.uow.session.connection()
        return (await connection.exec_driver_sql(statement, arguments)).all()


@dataclass
class Query:
    """Conditions and arguments of a statement. SQL is ours; what people send is only ever bound."""

    arguments: list[Any] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def bind(self, value: Any, kind: str) -> str:
        """A place for the value, of a Postgres type."""
        self.arguments.append(value)
        return f"${len(self.arguments)}::{kind}"

    def where(self, condition: str, *values: tuple[Any, str]) -> None:
        """Add a condition; each `{}` in it stands for a bound value."""
        self.conditions.append(condition.format(*[self.bind(value, kind) for value, kind in values]))

    @property
    def filter(self) -> str:
        """The conditions together."""
        return " AND ".join(self.conditions) or "true"


@dataclass(frozen=True)
class Sort:
    """An order of a list: `keys` are expressions that are never null, the last one unique; an index begins like them."""

    name: str
    keys: Mapping[str, type]
    descending: bool = False


@dataclass(frozen=True)
class Listing:
    """What a list is of: `item` is the expression of one, `source` what stands after FROM.

    `workspace` is an expression for the workspace's id, `missing` what is said when the caller has no place there.
    """

    item: str
    source: str
    workspace: str
    missing: str


PLACE = """
WITH place AS (
  SELECT (u."Status" = 'active' AND o."Status" = 'active') AS active, w."ProjectID" AS workspace_id
  FROM "Users" u
  JOIN "Clients" o ON o."ClientID" = u."ClientID"
  LEFT JOIN "ProjectUsers" m ON m."UserID" = u."UserID" AND m."ProjectID" = {workspace}
  LEFT JOIN "Projects" w ON w."ProjectID" = m."ProjectID" AND w."Status" <> 'deleting'
  WHERE u."UserID" = {user}
)
SELECT place.active, place.workspace_id, found.*
FROM place LEFT JOIN LATERAL ({rows}) found ON place.workspace_id IS NOT NULL
{order}
"""
"""`rows` may use `place.workspace_id`."""


async def find(
    reader: Reader, caller: Caller, query: Query, *, workspace: str, rows: str, missing: str, order: str = ""
) -> list[Sequence[Any]]:
    """The columns of `rows`. `workspace` is an expression for the workspace's id.

    Raises Unauthenticated for a user that is gone, Forbidden for a disabled one, and NotFound, saying `missing`, when the caller has no place there.
    """
    statement = PLACE.format(
        workspace=workspace, user=query.bind(caller.user_id, "bigint"), rows=rows, order=order
    )
    found = await reader.rows(statement, *query.arguments)
    if not found:
        raise Unauthenticated("A valid access token is needed.")
    if not found[0][0]:
        raise Forbidden("This account is disabled.", code="account_disabled")
    if found[0][1] is None:
        raise NotFound(missing)
    return [row[2:] for row in found if row[2] is not None]


async def find_page(
    reader: Reader,
    caller: Caller,
    query: Query,
    request: PageRequest,
    listing: Listing,
    sort: Sort,
) -> Page[str]:
    """One page of a list, as JSON texts. Raises NotFound, Forbidden, and Invalid for a cursor of another list."""
    total = await _count(reader, caller, query, listing) if request.count else None
    if request.cursor is not None:
        _go_on(query, sort, request.cursor)
    word = "DESC" if sort.descending else "ASC"
    order = ", ".join(f"{key} {word}" for key in sort.keys)
    named = ", ".join(f"{key} AS key{number}" for number, key in enumerate(sort.keys))
    again = ", ".join(f"found.key{number} {word}" for number in range(len(sort.keys)))
    limit = query.bind(request.limit + 1, "int")
    rows = f"""
        SELECT {listing.item} AS item, {named} FROM {listing.source}
        WHERE {query.filter} ORDER BY {order} LIMIT {limit}
    """  # noqa: S608 — SQL of our own, values are bound
    found = await find(
        reader,
        caller,
        query,
        workspace=listing.workspace,
        rows=rows,
        missing=listing.missing,
        order=f"ORDER BY {again}",
    )
    shown = found[: request.limit]
    cursor = _written(sort, shown[-1][1:]) if len(found) > request.limit else None
    return Page([row[0] for row in shown], request.limit, cursor, total)


async def _count(reader: Reader, caller: Caller, query: Query, listing: Listing) -> int:
    rows = f"SELECT count(*) AS count FROM {listing.source} WHERE {query.filter}"  # noqa: S608 — as above
    asked = Query(list(query.arguments))
    found = await find(reader, caller, asked, workspace=listing.workspace, rows=rows, missing=listing.missing)
    return int(found[0][0])


def row_as_json(columns: Mapping[str, str], table: str) -> str:
    """The expression of a row as JSON text: names of the wire to columns of `table`."""
    named = ", ".join(f'{table}."{column}" AS "{name}"' for name, column in columns.items())
    return f"(SELECT row_to_json(shown)::text FROM (SELECT {named}) shown)"  # noqa: S608 — as above


def _go_on(query: Query, sort: Sort, cursor: str) -> None:
    """Let the list begin after the cursor's row. Raises Invalid when it is of another list or was changed."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, *values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if name != sort.name:
            raise ValueError("of another order")  # noqa: TRY301
        bound = [
            query.bind(_checked(value, kind), "text" if kind is str else "bigint")
            for value, kind in zip(values, sort.keys.values(), strict=True)
        ]
    except (ValueError, TypeError, binascii.Error) as error:
        pointer = FieldError("query/cursor", "It is not a cursor of this list; leave it out to begin anew.")
        raise Invalid("The cursor is not valid.", [pointer]) from error
    sign = "<" if sort.descending else ">"
    query.conditions.append(f"({', '.join(sort.keys)}) {sign} ({', '.join(bound)})")


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError("a value of another type")
    if isinstance(value, int) and abs(value) > MAX_BIGINT:
        raise ValueError("a number past int64")
    if isinstance(value, str) and not storable(value):
        raise ValueError("text that can't be stored")
    return value


def _written(sort: Sort, values: Sequence[Any]) -> str:
    """The sort values of the last row, as text that clients hand back unread."""
    return base64.urlsafe_b64encode(orjson.dumps([sort.name, *values])).decode().rstrip("=")
