"""Insert one row made of defaults and what the test says."""

from collections.abc import Mapping
from typing import Any, TypeVar

from persistence.models.entity import Entity
from persistence.session import UnitOfWork

E = TypeVar("E", bound=Entity)


async def insert(
    uow: UnitOfWork, entity: type[E], defaults: Mapping[str, Any], values: Mapping[str, Any]
) -> E:
    """A stored row; `values` win over `defaults`."""
    row = entity(**{**defaults, **values})
    uow.session.add(row)
    await uow.session.flush()
    return row
