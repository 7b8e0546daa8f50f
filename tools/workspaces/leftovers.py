"""What a deleted workspace leaves outside of our tables: the threads of its graphs and the logs of its turns."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import structlog

from persistence.session import Database
from persistence.threads import delete_threads
from persistence.turn_log import TurnLog, TurnLogUnavailable

log = structlog.get_logger(__name__)

AT_ONCE = 500


class Leftovers(Protocol):
    """Removes what no foreign key reaches. Called once the workspace's rows are gone."""

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Remove these threads and these turns' logs."""
        ...


class StoredLeftovers:
    """Leftovers in the checkpoint tables and in Redis."""

    def __init__(self, database: Database, turn_log: TurnLog) -> None:
        self._database = database
        self._turn_log = turn_log

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Remove threads, then logs; while Redis is away the logs are left to expire."""
        for start in range(0, len(thread_ids), AT_ONCE):
            async with self._database.unit_of_work() as uow:
                await delete_threads(uow, thread_ids[start : start + AT_ONCE])
        try:
            for start in range(0, len(turn_ids), AT_ONCE):
                await self._turn_log.delete(*map(str, turn_ids[start : start + AT_ONCE]))
        except TurnLogUnavailable:
            log.warning("leftovers.logs_left_to_expire", count=len(turn_ids))
