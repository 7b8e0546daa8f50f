"""Checkpoints of one turn: read as usual, written behind the graph, each with the turn's mark, and only while the lease holds."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Protocol, cast

import psycopg
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.serde.types import INTERRUPT
from langgraph.types import Interrupt

from agents.turns.state_shape import FIRST, StateShape, UnreadableState
from persistence.checkpoint_rows import ROOT
from persistence.checkpoint_writes import CheckpointWrites, Prove
from persistence.checkpointer import PooledSaver

TURN = "turn"
ENTRIES = "entries"
VERSION = "state_version"
"""Keys in a checkpoint's metadata: whose it is, how many entries of the turn's log came before it, and the shape of its state."""

GATHER_SECONDS = 0.25
"""How long checkpoints gather. A turn that dies in it does the step again that had just ended, beside the one it was at."""
QUICK_GATHER_SECONDS = 2.0
"""How long they gather when they come sooner behind the turn's start, or what is stored. What comes before the first word, and
what follows the last, so needs no transaction of its own; a turn that dies in its first two seconds begins again."""


@dataclass(frozen=True)
class Mark:
    """Where a checkpoint stands in its turn: behind the first `entries` entries of the log."""

    entries: int


class Log(Protocol):
    """The turn's log, as far as checkpoints depend on it."""

    def count(self) -> int:
        """Number what was emitted so far; how much that is."""

    async def settle(self) -> None:
        """Return when that is written, or can't be now."""


class LeasedCheckpointer(BaseCheckpointSaver[Any]):
    """The saver of one turn. `settle` has to be awaited before anything that must not come before its checkpoint."""

    def __init__(
        self,
        saver: PooledSaver,
        prove: Prove,
        turn_id: str,
        log: Log,
        *,
        shape: StateShape,
        empty: bool = False,
    ) -> None:
        """`prove` raises LeaseLost. What a checkpoint's mark counts is logged before the checkpoint is stored: whoever goes
        on from it would else find less, and begin again.

        `shape` is that of the graph's state. `empty`: nobody has written to the thread yet, so there is nothing to ask for before this turn has.
        """
        self.serde = saver.serde  # all that the parent does, but for a look whether it is one
        self._saver = saver
        self.stores = saver.stores
        """The saver's connections that store, for what else is done to its tables."""
        self._writes = CheckpointWrites(
            saver, prove, delay=GATHER_SECONDS, quick_delay=QUICK_GATHER_SECONDS, before=log.settle
        )
        self._empty = empty
        self._turn_id = turn_id
        self._log = log
        self.shape = shape
        self.entered: dict[str, Any] | None = None
        """Channels of the checkpoint that took this turn's input in; None before it, and for a turn that goes on."""
        self.newest: dict[str, Any] | None = None
        """Channels of the newest checkpoint that was taken in; None before the first."""
        self.asked: tuple[Interrupt, ...] = ()
        """What the nodes that run on it wait for."""
        self._upgraded: dict[str, Any] = {}
        """Channels that were read in an older shape, with the versions that they have here."""

    @property
    def config_specs(self) -> list[Any]:
        """Those of the saver."""
        return self._saver.config_specs

    async def mark(self, thread_id: str) -> Mark | None:
        """Where the thread's newest checkpoint stands in this turn; None when it is not of this turn."""
        found = await self.aget_tuple({"configurable": {"thread_id": thread_id, "checkpoint_ns": ""}})
        metadata: dict[str, Any] = dict(found.metadata) if found else {}
        return Mark(int(metadata[ENTRIES])) if metadata.get(TURN) == self._turn_id else None

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The checkpoint that is asked for, in the state's present shape. Raises as `settle` does, and UnreadableState."""
        if self._empty:
            return None
        await self.settle()
        try:
            found = await self._saver.aget_tuple(config)
        except (psycopg.Error, OSError, TimeoutError):
            raise
        except Exception as error:  # what can't be decoded raises whatever the decoder does
            raise UnreadableState("broken") from error
        return None if found is None else self._brought_up(found)

    def _brought_up(self, found: CheckpointTuple) -> CheckpointTuple:
        """A checkpoint in the state's present shape. Channels that change so get new versions, to be stored again."""
        checkpoint, metadata = found.checkpoint, cast("dict[str, Any]", found.metadata)
        values, versions = checkpoint["channel_values"], checkpoint["channel_versions"]
        self.shape.require_whole(versions, values)
        version = int(metadata.get(VERSION) or FIRST)
        upgraded = self.shape.read(version, dict(values))
        for name, value in upgraded.items():
            if name not in values or value is not values[name]:
                self._upgraded[name] = versions[name] = self.get_next_version(versions.get(name), None)
        checkpoint["channel_values"] = upgraded
        waiting = [
            (task, name, value)
            for task, channel, written in found.pending_writes or []
            for name, value in self.shape.read(version, {channel: written}).items()
        ]
        return found._replace(pending_writes=waiting)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 — the parent's name
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Checkpoints, newest first."""
        await self.settle()
        async for found in self._saver.alist(config, filter=filter, before=before, limit=limit):
            yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Take a checkpoint in, to be stored soon."""
        self._empty = False
        if config["configurable"]["checkpoint_ns"] == ROOT:  # not that of a graph inside a node
            self.newest, self.asked = checkpoint["channel_values"], ()
            if metadata.get("source") == "input":
                self.entered = self.newest
        marked: Any = {
            **metadata,
            TURN: self._turn_id,
            ENTRIES: self._log.count(),
            VERSION: self.shape.version,
        }
        return self._writes.put(
            config, checkpoint, marked, {**self._still_upgraded(checkpoint), **new_versions}
        )

    def _still_upgraded(self, checkpoint: Checkpoint) -> ChannelVersions:
        """What stands in this checkpoint as it was read and brought up: the stored value is of the older shape."""
        current = checkpoint["channel_versions"]
        return {name: version for name, version in self._upgraded.items() if current.get(name) == version}

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Take in what a node wrote, to be stored soon."""
        for channel, value in writes:
            if channel == INTERRUPT and config["configurable"]["checkpoint_ns"] == ROOT:
                self.asked = (*self.asked, *value)
        self._writes.put_writes(config, writes, task_id, task_path)

    aput_writes.__signature__ = signature(aput_writes)  # type: ignore[attr-defined]
    """LangGraph looks in each run whether it takes `task_path`: so it is found, not made anew from the code."""

    async def settle(self, *, last: bool = False) -> None:
        """Return when all is stored. Raises LeaseLost, and SQLAlchemy's errors while Postgres is away.

        `last`: nothing comes behind it in this turn, so what the thread held before may go with the same statement.
        """
        await self._writes.settle(last=last)

    @property
    def pruned(self) -> bool:
        """Whether the thread holds nothing any more that no turn goes on from."""
        return self._writes.pruned

    def abandon(self) -> None:
        """Store nothing more."""
        self._writes.abandon()

    def get_next_version(self, current: Any, channel: None) -> Any:
        """The saver's next version number."""
        return self._saver.get_next_version(current, channel)
