"""Hot reads: one statement, outside of a transaction, on the driver's own connection.

What the ORM costs on such a path is its round trips (BEGIN, user, membership, rows, COMMIT) and a row's way through
Python. Here one statement finds the caller's place and the rows, which Postgres has written as JSON already.
"""

from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from persistence.driver.errors import BROKEN, FAILURES, as_sqlalchemy
from persistence.driver.fetching import Row, fetch


class Reads:
    """Runs read statements with numbered parameters ($1, $2 …), each by itself."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def rows(self, statement: str, *arguments: Any) -> list[Row]:
        """What the statement finds. Failures are SQLAlchemy's, as everywhere."""
        async with self._engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert isinstance(driver, asyncpg.Connection)
            try:
                return await fetch(driver, statement, *arguments)
            except FAILURES as error:
                if isinstance(error, BROKEN):
                    await connection.invalidate()
                raise as_sqlalchemy(error) from error
