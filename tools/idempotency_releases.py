"""Freeing the keys of requests whose work was not committed: at once, or as soon as Postgres is there again.

Otherwise whoever repeats a request that an outage broke off hears until the key's lease ends that it is being carried out.
"""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from persistence.session import Database
from persistence.types import utc_now
from tools import idempotency
from tools.idempotency import Claim

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 0.5
AWAY = (SQLAlchemyError, OSError, TimeoutError)


class KeyReleases:
    """The releases of one process, and those that wait for Postgres."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: set[asyncio.Task[None]] = set()

    async def release(self, held: Claim) -> None:
        """Free a key; nothing when its answer is stored. Not through the queue of requests: its request may hold a place there."""
        try:
            await self._release(held)
        except AWAY as error:
            log.warning("idempotency.not_released", error=type(error).__name__)
            task = asyncio.create_task(self._later(held))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def close(self) -> None:
        """Leave what still waits to the keys' leases."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _later(self, held: Claim) -> None:
        while utc_now() < held.locked_until:
            await asyncio.sleep(PAUSE_SECONDS)
            try:
                await self._release(held)
            except AWAY:
                continue
            return

    async def _release(self, held: Claim) -> None:
        async with self._database.unit_of_work() as uow:
            await idempotency.release(uow, held)
