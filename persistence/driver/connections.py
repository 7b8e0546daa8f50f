"""Connections of the driver itself, for the few statements that are asked most.

Taking one out of SQLAlchemy's pool and putting it back costs three times what a short statement does.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from persistence.driver.errors import AWAY, BROKEN, FAILURES, as_sqlalchemy
from persistence.driver.fetching import Row, fetch
from persistence.driver.places import Places
from persistence.pool_checks import IDLE_SECONDS

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]

RETRY_SECONDS = 0.25
"""Between two attempts to reach a server that is away."""


class DirectTransaction:
    """Statements that are committed together."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Row]:
        """What a statement with numbered parameters ($1, $2 …) finds. Raises SQLAlchemy's errors."""
        try:
            found: Sequence[Row] = await self._connection.fetch(statement, *arguments)
        except FAILURES as error:
            raise as_sqlalchemy(error) from error
        return found


class OneConnection:
    """A connection whose statements stand alone."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    async def rows(self, statement: str, *arguments: Any) -> list[Row]:
        """As `DirectConnections.rows`."""
        return await _fetch(self._connection, statement, arguments)


class DirectConnections:
    """A few connections, opened when needed and kept. Callers wait for one in order of arrival."""

    def __init__(
        self,
        url: URL,
        arguments: dict[str, Any],
        *,
        most: int,
        patience: float,
        configure: Callable[["Connection"], Awaitable[None]],
        persistent: bool = False,
    ) -> None:
        """`url`: as SQLAlchemy's engines have it. `arguments`: the driver's own beside it. `patience`: seconds to wait for a connection.

        `configure` is awaited with each new connection. `persistent`: a server that is away is tried again as long.
        """
        _, self._address = url.get_dialect()().create_connect_args(url)
        self._arguments = arguments
        self._configure = configure
        self._places = Places(most, patience=patience)
        self._transactions = Places(max(1, most // 2), patience=patience)
        """Transactions wait for others: however many do, statements that stand alone find a connection."""
        self._patience = patience
        self._persistent = persistent
        self._idle: list[tuple[float, Connection]] = []
        """Since when, the last used one at the end."""
        self._closed = False

    async def rows(self, statement: str, *arguments: Any) -> list[Row]:
        """What a statement with numbered parameters ($1, $2 …) finds, committed by itself.

        Raises SQLAlchemy's errors, as everywhere, and TimeoutError when no connection gets free in time.
        """
        async with self._places:
            connection = await self._live()
            try:
                return await _fetch(connection, statement, arguments)
            finally:
                self._put_back(connection)

    async def rows_in_turn(self, statement: str, *arguments: Any) -> list[Row]:
        """As `rows`, for statements that may have to wait for others: as many of them as of transactions are under way."""
        async with self._transactions:
            return await self.rows(statement, *arguments)

    @asynccontextmanager
    async def one(self) -> AsyncIterator["OneConnection"]:
        """A connection in hand, for statements that stand alone but have to wait for something first. Raises as `rows` does."""
        async with self._places:
            connection = await self._live()
            try:
                yield OneConnection(connection)
            finally:
                self._put_back(connection)

    @asynccontextmanager
    async def transaction(self, first: str = "") -> AsyncIterator[DirectTransaction]:
        """Statements that belong together: committed when the block ends well, else rolled back. Raises as `rows` does.

        `first`: a command without values that goes out with the BEGIN; what it finds is lost.
        """
        async with self._transactions, self._places:
            connection = await self._live()
            try:
                await _execute(connection, f"BEGIN; {first}")
                yield DirectTransaction(connection)
                await _execute(connection, "COMMIT")
            except Exception:
                await self._roll_back(connection)
                raise
            except BaseException:
                # Cancelled, perhaps in the middle of an answer: Postgres rolls back what was begun here.
                connection.terminate()
                raise
            self._put_back(connection)

    async def close(self) -> None:
        """Close what is idle now, and what is at work when it is done."""
        self._closed = True
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_close(connection) for _, connection in idle))

    async def _roll_back(self, connection: "Connection") -> None:
        """Undo what was begun, or let go of a connection that does not even do that."""
        try:
            with _whole_or_gone(connection):
                await _execute(connection, "ROLLBACK")
        except (DBAPIError, OSError, TimeoutError):
            return
        self._put_back(connection)

    async def _live(self) -> "Connection":
        """The last used one that still answers, or a new one."""
        while self._idle:
            since, connection = self._idle.pop()
            if connection.is_closed():
                continue
            if time.monotonic() - since < IDLE_SECONDS:
                return connection
            with _whole_or_gone(connection):
                if await _answers(connection):
                    return connection
        until = time.monotonic() + (self._patience if self._persistent else 0)
        while True:
            try:
                return await self._open()
            except (*FAILURES, OSError) as error:
                if isinstance(error, AWAY) and time.monotonic() + RETRY_SECONDS <= until:
                    await asyncio.sleep(RETRY_SECONDS)
                elif isinstance(error, OSError):
                    raise
                else:
                    raise as_sqlalchemy(error) from error

    async def _open(self) -> "Connection":
        connection = await asyncpg.connect(**self._address, **self._arguments)
        with _whole_or_gone(connection):
            await self._configure(connection)
        return connection

    def _put_back(self, connection: "Connection") -> None:
        """Keep a connection that still is one."""
        if self._closed:
            connection.terminate()
        elif not connection.is_closed():
            self._idle.append((time.monotonic(), connection))


@contextmanager
def _whole_or_gone(connection: "Connection") -> Iterator[None]:
    """Let go of a connection when the block raises, or its task is cancelled: nobody else would."""
    try:
        yield
    except BaseException:
        connection.terminate()
        raise


async def _fetch(connection: "Connection", statement: str, arguments: Sequence[Any]) -> list[Row]:
    """What a statement finds. A connection that does not come to the end of an answer is let go of."""
    try:
        return await fetch(connection, statement, *arguments)
    except FAILURES as error:
        if isinstance(error, BROKEN):
            connection.terminate()
        raise as_sqlalchemy(error) from error
    except BaseException:
        # Cancelled or cut in the middle of an answer: nobody knows what it would say next.
        connection.terminate()
        raise


async def _close(connection: "Connection") -> None:
    """Say goodbye to the server, if it listens."""
    try:
        await connection.close(timeout=2)
    except (*FAILURES, OSError):
        connection.terminate()


async def _execute(connection: "Connection", command: str) -> None:
    try:
        await connection.execute(command)
    except FAILURES as error:
        raise as_sqlalchemy(error) from error


async def _answers(connection: "Connection") -> bool:
    """Whether a connection says something; one that does not is thrown away."""
    try:
        await connection.execute("SELECT 1", timeout=2)
    except (*FAILURES, OSError, TimeoutError):
        connection.terminate()
        return False
    return True
