"""Connections of the driver itself, for the few statements that are asked most and stand alone.

Taking one out of SQLAlchemy's pool and putting it back costs three times what a short statement does.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from persistence.pool_checks import IDLE_SECONDS

Row = Sequence[Any]

FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError)


class DirectConnections:
    """A few connections, opened when needed and kept. Callers wait for one in order of arrival."""

    def __init__(self, engine: AsyncEngine, arguments: dict[str, Any], *, most: int, patience: float) -> None:
        """`arguments`: the driver's own beside the engine's address. `patience`: seconds to wait for a connection."""
        self._engine = engine
        self._arguments = arguments
        self._places = asyncio.Semaphore(most)
        self._patience = patience
        self._idle: list[tuple[float, asyncpg.Connection[asyncpg.Record]]] = []
        """Since when, the last used one at the end."""
        self._closed = False

    async def rows(self, statement: str, *arguments: Any) -> list[Row]:
        """What a statement with numbered parameters ($1, $2 …) finds, committed by itself.

        Raises SQLAlchemy's errors, as everywhere, and TimeoutError when no connection gets free in time.
        """
        if self._places.locked():
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        else:
            await self._places.acquire()
        try:
            connection = await self._live()
            found = await self._fetch(connection, statement, arguments)
            self._put_back(connection)
            return found
        finally:
            self._places.release()

    async def close(self) -> None:
        """Close what is idle now, and what is at work when it is done."""
        self._closed = True
        idle, self._idle = self._idle, []
        for _, connection in idle:
            await connection.close(timeout=2)

    async def _live(self) -> "asyncpg.Connection[asyncpg.Record]":
        """The last used one that still answers, or a new one."""
        while self._idle:
            since, connection = self._idle.pop()
            if not connection.is_closed() and await _answers(connection, since):
                return connection
        try:
            _, address = self._engine.dialect.create_connect_args(self._engine.url)
            return await asyncpg.connect(**address, **self._arguments)
        except FAILURES as error:
            raise DBAPIError(None, None, error) from error

    async def _fetch(
        self, connection: "asyncpg.Connection[asyncpg.Record]", statement: str, arguments: Sequence[Any]
    ) -> list[Row]:
        try:
            try:
                found = await connection.fetch(statement, *arguments)
            except asyncpg.InvalidCachedStatementError:
                # A migration changed a table since the plan was made; the driver has forgotten it now.
                found = await connection.fetch(statement, *arguments)
        except FAILURES as error:
            if not connection.is_closed():
                self._put_back(connection)
            raise DBAPIError(None, None, error) from error
        except BaseException:
            # Cancelled or cut in the middle of an answer: nobody knows what it would say next.
            connection.terminate()
            raise
        return list(found)

    def _put_back(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        if self._closed:
            connection.terminate()
        else:
            self._idle.append((time.monotonic(), connection))


async def _answers(connection: "asyncpg.Connection[asyncpg.Record]", since: float) -> bool:
    """Whether a connection is fresh, or says something; one that does not is thrown away."""
    if time.monotonic() - since < IDLE_SECONDS:
        return True
    try:
        await connection.execute("SELECT 1", timeout=2)
    except (*FAILURES, OSError, TimeoutError):
        connection.terminate()
        return False
    return True
