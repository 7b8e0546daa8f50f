"""What a run writes of its checkpoints: behind the run, in one transaction a batch, and only the newest of a batch.

A run that dies goes on from its newest stored checkpoint, whichever that is, so a step may be stored a little after it was
done. What must not come before its checkpoint (a tool's write, the end of a run) waits for `settle`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from persistence.checkpointer import PooledSaver

log = structlog.get_logger(__name__)

Prove = Callable[[AsyncConnection[DictRow]], Awaitable[None]]
"""Raises when the run may not write any more. Runs first in each transaction, and should lock what it looks at."""


@dataclass(frozen=True)
class _Put:
    config: RunnableConfig
    checkpoint: Checkpoint
    metadata: CheckpointMetadata
    new_versions: ChannelVersions

    def after(self, older: "_Put") -> "_Put":
        """This checkpoint, with what changed in the older one that is not going to be stored."""
        changed = {**older.new_versions, **self.new_versions}
        return _Put(self.config, self.checkpoint, self.metadata, changed)


@dataclass(frozen=True)
class _Writes:
    config: RunnableConfig
    writes: Sequence[tuple[str, Any]]
    task_id: str
    task_path: str


class CheckpointWrites:
    """The checkpoints of one run on their way to Postgres. `delay` is in seconds: how long a batch gathers."""

    def __init__(self, saver: PooledSaver, prove: Prove, *, delay: float) -> None:
        self._saver = saver
        self._prove = prove
        self._delay = delay
        self._puts: dict[str, _Put] = {}
        self._writes: list[_Writes] = []
        self._newest: dict[str, str] = {}
        self._lock = asyncio.Lock()
        self._worker: asyncio.Task[None] | None = None

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Take a checkpoint in; how it is addressed. It also stands for those before it that are not stored yet."""
        place = config["configurable"]
        namespace = place["checkpoint_ns"]
        self._wait_for(namespace, _Put(config, checkpoint, metadata, new_versions))
        self._newest[namespace] = checkpoint["id"]
        self._begin()
        address = {"thread_id": place["thread_id"], "checkpoint_ns": namespace}
        return {"configurable": {**address, "checkpoint_id": checkpoint["id"]}}

    def put_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str
    ) -> None:
        """Take in what a task wrote on top of a checkpoint."""
        self._writes.append(_Writes(config, writes, task_id, task_path))
        self._begin()

    async def settle(self) -> None:
        """Return when all is stored. Raises psycopg.Error when that can't be, and what `prove` raises."""
        async with self._lock:
            while self._puts or self._writes:
                await self._store()

    def abandon(self) -> None:
        """Store nothing more."""
        self._puts.clear()
        self._writes.clear()
        if self._worker is not None:
            self._worker.cancel()

    def _begin(self) -> None:
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._store_soon(), name="checkpoint-writes")

    async def _store_soon(self) -> None:
        """Store what gathers. What can't be stored now is stored by `settle`, or raises there."""
        await asyncio.sleep(self._delay)
        try:
            await self.settle()
        except Exception as error:  # noqa: BLE001 — kept, and raised again by the next `settle`
            log.warning("checkpoint.not_stored_yet", error=type(error).__name__)

    async def _store(self) -> None:
        puts, writes = self._puts, [item for item in self._writes if self._is_current(item)]
        self._puts, self._writes = {}, []
        try:
            await self._transaction(puts.values(), writes)
        except BaseException:
            self._take_back(puts, writes)
            raise

    async def _transaction(self, puts: Iterable[_Put], writes: Iterable[_Writes]) -> None:
        """One batch, all or nothing, on one connection."""
        async with self._saver.connection() as connection, connection.transaction():
            await self._prove(connection)
            saver = AsyncPostgresSaver(connection, serde=self._saver.serde)
            for put in puts:
                await saver.aput(put.config, put.checkpoint, put.metadata, put.new_versions)
            for item in writes:
                await saver.aput_writes(item.config, item.writes, item.task_id, item.task_path)

    def _take_back(self, puts: Mapping[str, _Put], writes: Sequence[_Writes]) -> None:
        """What could not be stored waits again, under what has come since."""
        newer, self._puts = self._puts, dict(puts)
        for namespace, put in newer.items():
            self._wait_for(namespace, put)
        self._writes = [*writes, *self._writes]

    def _wait_for(self, namespace: str, put: _Put) -> None:
        older = self._puts.get(namespace)
        self._puts[namespace] = put if older is None else put.after(older)

    def _is_current(self, item: _Writes) -> bool:
        """Whether nothing newer stands for what a task wrote."""
        place = item.config["configurable"]
        newest = self._newest.get(place["checkpoint_ns"])
        return newest is None or newest == place["checkpoint_id"]
