"""The turns that run in this process: their tasks, the watch for stops asked for elsewhere, the end of the process."""

import asyncio
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from agents.turns.run import TurnRun
from agents.turns.writer import TurnWriter
from persistence.session import Database
from tools.turns.stopping import forget_early, stop_requests

log = structlog.get_logger(__name__)

LAST_SECONDS = 10.0
"""What turns that are cut off at the end of the process get to hand themselves over."""


class RunningTurns:
    """Holds every running turn by a strong reference until it has ended."""

    def __init__(self, database: Database, *, stop_interval: float) -> None:
        self.writers: dict[UUID, TurnWriter] = {}
        self._database = database
        self._stop_interval = stop_interval
        self._runs: dict[UUID, TurnRun] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._watcher: asyncio.Task[None] | None = None

    def launch(self, run: TurnRun) -> None:
        """Run a turn as a task of its own."""
        turn_id = run.opened.turn_id
        self._runs[turn_id] = run
        self.writers[turn_id] = run.writer
        task = asyncio.create_task(run.main(), name=f"turn-{turn_id}")
        self._tasks[turn_id] = task
        task.add_done_callback(partial(self._forget, turn_id))
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch(), name="turn-stops")

    def stop(self, turn_id: UUID) -> asyncio.Task[None] | None:
        """Stop a turn that runs here; its task, None when it runs elsewhere or not at all."""
        run = self._runs.get(turn_id)
        if run is None:
            return None
        run.stop()
        return self._tasks[turn_id]

    def hand_over(self, turn_id: UUID) -> asyncio.Task[None] | None:
        """Leave a turn that runs here to others, if it has not ended by itself; its task."""
        run = self._runs.get(turn_id)
        if run is None:
            return None
        run.hand_over()
        return self._tasks[turn_id]

    async def drain(self, seconds: float) -> None:
        """Let turns end by themselves for a while, then at their next step, then hand over what still runs.

        Returns when all are recorded, handed over or given up.
        """
        for ask in (TurnRun.drain, TurnRun.hand_over):
            waiting = set(self._tasks.values())
            if waiting:
                await asyncio.wait(waiting, timeout=seconds / 2)
            for run in list(self._runs.values()):
                ask(run)
        rest = set(self._tasks.values())
        if rest:
            _, hanging = await asyncio.wait(rest, timeout=LAST_SECONDS)
            for task in hanging:
                log.error("turn.not_drained", task=task.get_name())
                task.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def __len__(self) -> int:
        return len(self._tasks)

    def _forget(self, turn_id: UUID, _ended: asyncio.Task[None]) -> None:
        del self._runs[turn_id], self._tasks[turn_id], self.writers[turn_id]

    async def _watch(self) -> None:
        """Look in Postgres for stops that another process took in; one query for all turns, none when nothing runs."""
        while self._runs:
            await asyncio.sleep(self._stop_interval)
            if not self._runs:
                return
            try:
                asked = await stop_requests(self._database.direct, self._runs)
                if asked:
                    async with self._database.unit_of_work() as uow:
                        await forget_early(uow, asked)
            except (SQLAlchemyError, OSError) as error:
                log.warning("turn.stops_unknown", error=type(error).__name__)
                continue
            for turn_id in asked:
                self.stop(turn_id)
