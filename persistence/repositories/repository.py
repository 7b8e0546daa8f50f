"""The one repository: six methods for any entity. Queries with a meaning of their own live in `tools/<feature>/queries.py`."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql.elements import UnaryExpression

from persistence.models.entity import Entity

E = TypeVar("E", bound=Entity)

Order = ColumnElement[Any] | UnaryExpression[Any] | InstrumentedAttribute[Any]


class Repository(Generic[E]):
    """Rows of one entity within one transaction."""

    def __init__(self, session: AsyncSession, entity: type[E]) -> None:
        self.session = session
        self.entity = entity

    async def get(
        self, *where: ColumnElement[bool], options: Sequence[ORMOption] = (), for_update: bool = False
    ) -> E | None:
        """The one row that matches, or None. `for_update` locks it until the transaction ends."""
        statement = select(self.entity).where(*where).options(*options)
        if for_update:
            statement = statement.with_for_update(of=self.entity)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def get_all(
        self,
        *where: ColumnElement[bool],
        order_by: Sequence[Order] = (),
        limit: int | None = None,
        options: Sequence[ORMOption] = (),
    ) -> list[E]:
        """Every row that matches, in the given order, at most `limit`."""
        statement = select(self.entity).where(*where).order_by(*order_by).limit(limit).options(*options)
        return list((await self.session.execute(statement)).scalars())

    async def create(self, *entities: E) -> Sequence[E]:
        """Insert one row or many and fill in what the database decides (keys, defaults, times)."""
        self.session.add_all(entities)
        await self.session.flush()
        return entities

    async def update(self, values: Mapping[str, Any], *where: ColumnElement[bool]) -> int:
        """Set `values` (by attribute name) on every row that matches; the number of rows changed.

        An entity that was loaded before must be got again: what the database set itself (version, times) is stale.
        """
        result = await self.session.execute(update(self.entity).where(*where).values(**values))
        assert isinstance(result, CursorResult)
        return result.rowcount

    async def delete(self, *where: ColumnElement[bool]) -> int:
        """Delete every row that matches; the number of rows removed."""
        result = await self.session.execute(delete(self.entity).where(*where))
        assert isinstance(result, CursorResult)
        return result.rowcount

    async def count(self, *where: ColumnElement[bool]) -> int:
        """How many rows match."""
        statement = select(func.count()).select_from(self.entity).where(*where)
        return (await self.session.execute(statement)).scalar_one()
