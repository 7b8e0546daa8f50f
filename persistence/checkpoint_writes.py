"""What a run writes of its checkpoints: behind the run, in one statement a batch, and only the newest of a batch.

A run that dies goes on from its newest stored checkpoint, whichever that is, so a step may be stored a little after it was
done. What must not come before its checkpoint (a tool's write, the end of a run) waits for `settle`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata

from persistence.checkpoint_rows import Proof, Put, Writes, store
from persistence.checkpointer import PooledSaver
from persistence.driver.errors import unreachable

log = structlog.get_logger(__name__)

Prove = Callable[[], AbstractAsyncContextManager[Proof]]
"""Raises when the run may not write any more; else gives what each batch has to prove, and sees to it that it stays right."""


class CheckpointWrites:
    """The checkpoints of one run on their way to Postgres."""

    def __init__(
        self,
        saver: PooledSaver,
        prove: Prove,
        *,
        delay: float,
        before: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`delay`: seconds in which a batch gathers. `before` is awaited before each is stored."""
        self._saver = saver
        self._prove = prove
        self._delay = delay
        self._before = before
        self._puts: dict[str, Put] = {}
        self._writes: list[Writes] = []
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
        self._wait_for(namespace, Put(config, checkpoint, metadata, new_versions))
        self._newest[namespace] = checkpoint["id"]
        self._begin()
        address = {"thread_id": place["thread_id"], "checkpoint_ns": namespace}
        return {"configurable": {**address, "checkpoint_id": checkpoint["id"]}}

    def put_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str
    ) -> None:
        """Take in what a task wrote on top of a checkpoint."""
        self._writes.append(Writes(config, writes, task_id, task_path))
        self._begin()

    async def settle(self) -> None:
        """Return when all is stored. Raises SQLAlchemy's errors when that can't be, and what `prove` raises."""
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
        self._worker = None  # a task that is over takes as much memory as one that works

    async def _store(self) -> None:
        puts, writes = self._puts, [item for item in self._writes if self._is_current(item)]
        self._puts, self._writes = {}, []
        try:
            await self._insert(puts.values(), writes)
        except BaseException:
            self._take_back(puts, writes)
            raise

    async def _insert(self, puts: Iterable[Put], writes: Iterable[Writes]) -> None:
        """One batch, all or nothing."""
        if self._before is not None:
            await self._before()
        try:
            async with self._saver.stores.one() as connection, self._prove() as proof:
                await store(connection, self._saver.serde, proof, puts, writes)
        except OSError as error:
            raise unreachable(error) from error

    def _take_back(self, puts: Mapping[str, Put], writes: Sequence[Writes]) -> None:
        """What could not be stored waits again, under what has come since."""
        newer, self._puts = self._puts, dict(puts)
        for namespace, put in newer.items():
            self._wait_for(namespace, put)
        self._writes = [*writes, *self._writes]

    def _wait_for(self, namespace: str, put: Put) -> None:
        older = self._puts.get(namespace)
        self._puts[namespace] = put if older is None else put.after(older)

    def _is_current(self, item: Writes) -> bool:
        """Whether nothing newer stands for what a task wrote."""
        place = item.config["configurable"]
        newest = self._newest.get(place["checkpoint_ns"])
        return newest is None or newest == place["checkpoint_id"]
