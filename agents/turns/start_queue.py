"""Who may begin a turn now: of each person one at a time, and few in all.

A turn that begins holds a connection to Postgres while Redis is asked. Should Redis hang, all connections would be held so, and
everything else of this process would wait.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from persistence.types import UserID

AT_ONCE = 4
"""A turn begins within some ten milliseconds."""
PATIENCE = 5.0
"""Seconds to wait for one's turn."""


@dataclass
class Arrivals:
    """One person's."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class StartQueue:
    """Places to begin a turn."""

    def __init__(self, *, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._patience = patience
        self._arrived: dict[UserID, Arrivals] = {}

    @asynccontextmanager
    async def place(self, user_id: UserID) -> AsyncIterator[None]:
        """A place for one start. Raises TimeoutError when none gets free in time."""
        arrivals = self._arrived.setdefault(user_id, Arrivals())
        arrivals.waiting += 1
        try:
            if arrivals.lock.locked() or self._places.locked():
                async with asyncio.timeout(self._patience):
                    await self._enter(arrivals)
            else:
                await self._enter(arrivals)
            try:
                yield
            finally:
                self._places.release()
                arrivals.lock.release()
        finally:
            arrivals.waiting -= 1
            if not arrivals.waiting:
                del self._arrived[user_id]

    async def _enter(self, arrivals: Arrivals) -> None:
        """Both, or neither."""
        await arrivals.lock.acquire()
        try:
            await self._places.acquire()
        except BaseException:
            arrivals.lock.release()
            raise
