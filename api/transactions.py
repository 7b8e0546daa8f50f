"""Units of work for requests: about as many at once as there are connections, the rest wait in order of arrival.

Without this the pool lets newcomers overtake, and the slowest requests take fifty times the median.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from prometheus_client import Counter, Histogram

from persistence.session import Database, UnitOfWork

WAITS = Histogram(
    "quiver_database_wait_seconds", "Seconds of requests that had to wait for their turn at the database."
)
REFUSED = Counter(
    "quiver_database_refused_total", "Requests whose turn at the database did not come in time."
)

SPARE = 2
"""Connections left to what does not queue: turns, health checks, and a request's second transaction."""


class Transactions:
    """The door to the database for requests."""

    def __init__(self, database: Database, *, pool_size: int, patience: float) -> None:
        """`patience`: seconds to wait for one's turn."""
        self._database = database
        self._places = asyncio.Semaphore(max(1, pool_size - SPARE))
        self._patience = patience

    @asynccontextmanager
    async def open(self) -> AsyncIterator[UnitOfWork]:
        """A transaction, committed when the block ends well. Raises TimeoutError when its turn does not come."""
        async with self._place(), self._database.unit_of_work() as uow:
            yield uow

    async def rows(self, statement: str, *arguments: Any) -> Sequence[Sequence[Any]]:
        """What a read statement finds, outside of a transaction. Raises TimeoutError when its turn does not come."""
        async with self._place():
            return await self._database.reads.rows(statement, *arguments)

    async def _wait(self) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            REFUSED.inc()
            raise
        WAITS.observe(time.monotonic() - began)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._places.locked():
            await self._wait()
        else:
            await self._places.acquire()
        try:
            yield
        finally:
            self._places.release()
