"""What a run writes of its checkpoints: behind the run, in one statement a batch, and only the newest of a batch.

A run that dies goes on from its newest stored checkpoint, whichever that is, so a step may be stored a little after it was
done, and still later when little was done since the last that is stored. What must not come before its checkpoint (a tool's
write, the end of a run) waits for `settle`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata
from sqlalchemy.exc import SQLAlchemyError

from persistence.checkpoint_rows import ROOT, Proof, Put, Writes, store
from persistence.checkpointer import PooledSaver
from persistence.driver.errors import unreachable

log = structlog.get_logger(__name__)

RETRY_SECONDS = 1.0
"""After a batch could not be stored because Postgres was away."""

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
        quick_delay: float | None = None,
        before: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`delay`: seconds in which a batch gathers; `quick_delay`: the same when it comes less than `delay` behind what is stored.

        `before` is awaited before each is stored.
        """
        self._saver = saver
        self._prove = prove
        self._delay = delay
        self._quick_delay = delay if quick_delay is None else quick_delay
        self._before = before
        self._puts: dict[str, Put] = {}
        self._writes: list[Writes] = []
        self._newest: dict[str, str] = {}
        self._lock = asyncio.Lock()
        self._worker: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._taken_at = self._since = self._loop.time()
        """When something was taken in last, and until when what was done is stored."""
        self._pruned = self._abandoned = False

    @property
    def pruned(self) -> bool:
        """Whether the thread was left with the newest checkpoint alone."""
        return self._pruned

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

    async def settle(self, *, last: bool = False) -> None:
        """Return when all is stored. Raises SQLAlchemy's errors when that can't be, and what `prove` raises.

        `last`: a checkpoint that is stored now is the thread's last for a while, so it takes the place of all before it.
        """
        async with self._lock:
            while self._puts or self._writes:
                await self._store(last=last)
        self._wait_no_longer()

    def abandon(self) -> None:
        """Store nothing more."""
        self._abandoned = True
        self._puts.clear()
        self._writes.clear()
        self._wait_no_longer()
        if self._worker is not None:
            self._worker.cancel()

    def _begin(self) -> None:
        """See to it that what was taken in is stored in time."""
        now = self._taken_at = self._loop.time()
        took_long = now - self._since >= self._delay
        self._store_by(now + (self._delay if took_long else self._quick_delay))

    def _store_by(self, due: float) -> None:
        if not self._abandoned and (self._timer is None or due < self._timer.when()):
            self._wait_no_longer()
            self._timer = self._loop.call_at(due, self._begin_to_store)

    def _wait_no_longer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _begin_to_store(self) -> None:
        self._timer = None
        if self._worker is None or self._worker.done():
            self._worker = self._loop.create_task(self._store_soon(), name="checkpoint-writes")

    async def _store_soon(self) -> None:
        """Store what gathered. What can't be stored now is tried again, or stored by `settle`, or raises there."""
        try:
            await self.settle()
        except (SQLAlchemyError, OSError) as error:
            log.warning("checkpoint.not_stored_yet", error=type(error).__name__)
            self._store_by(self._loop.time() + RETRY_SECONDS)
        except Exception as error:  # noqa: BLE001 — kept, and raised again by the next `settle`
            log.warning("checkpoint.not_stored_yet", error=type(error).__name__)
        self._worker = None  # a task that is over takes as much memory as one that works

    async def _store(self, *, last: bool) -> None:
        puts, writes = self._puts, [item for item in self._writes if self._is_current(item)]
        self._puts, self._writes, taken_at = {}, [], self._taken_at
        only = puts.get(ROOT) if last else None
        try:
            await self._insert(puts.values(), writes, only)
        except BaseException:
            self._take_back(puts, writes)
            raise
        self._since, self._pruned = taken_at, only is not None

    async def _insert(self, puts: Iterable[Put], writes: Iterable[Writes], only: Put | None) -> None:
        """One batch, all or nothing; with `only`, the thread is left with this checkpoint alone."""
        if self._before is not None:
            await self._before()
        try:
            async with self._saver.stores.one() as connection, self._prove() as proof:
                await store(connection, self._saver.serde, proof, puts, writes, only=only)
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
