"""What a deleted workspace leaves outside of our tables: the threads of its graphs and the logs of its turns."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from persistence.checkpointer import PooledSaver
from persistence.turn_log import TurnLog

LOGS_AT_ONCE = 1_000


class Leftovers(Protocol):
    """Removes what no foreign key reaches. Called once the workspace's rows are gone."""

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Remove these threads and these turns' logs."""
        ...


class StoredLeftovers:
    """Leftovers in the checkpoint tables and in Redis."""

    def __init__(self, checkpointer: PooledSaver, turn_log: TurnLog) -> None:
        self._checkpointer = checkpointer
        self._turn_log = turn_log

    async def remove(self, thread_ids: Sequence[UUID], turn_ids: Sequence[UUID]) -> None:
        """Remove threads first: logs expire by themselves. Raises TurnLogUnavailable when Redis is away."""
        for thread_id in thread_ids:
            await self._checkpointer.adelete_thread(str(thread_id))
        for start in range(0, len(turn_ids), LOGS_AT_ONCE):
            await self._turn_log.delete(*map(str, turn_ids[start : start + LOGS_AT_ONCE]))
