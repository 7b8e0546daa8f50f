"""One statement that stands alone, asked of a connection of the driver's own."""

from collections.abc import Sequence
from typing import Any

import asyncpg

Row = Sequence[Any]


async def fetch(
    connection: "asyncpg.Connection[asyncpg.Record]", statement: str, *arguments: Any
) -> list[Row]:
    """What a statement with numbered parameters ($1, $2 …) finds, outside of a transaction. Raises the driver's errors."""
    try:
        found = await connection.fetch(statement, *arguments)
    except asyncpg.InvalidCachedStatementError:
        # A migration changed a table since the plan was made; the driver has forgotten it now.
        found = await connection.fetch(statement, *arguments)
    return list(found)
