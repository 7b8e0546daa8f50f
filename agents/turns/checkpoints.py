"""Checkpoints of one turn: the shared saver behind a check of the turn's lease, so that a process that lost it writes none."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)

Verify = Callable[[], Awaitable[None]]


class LeasedCheckpointer(BaseCheckpointSaver[Any]):
    """Reads freely; before each write asks `verify`, which raises LeaseLost."""

    def __init__(self, saver: BaseCheckpointSaver[Any], verify: Verify) -> None:
        super().__init__(serde=saver.serde)
        self._saver = saver
        self._verify = verify

    @property
    def config_specs(self) -> list[Any]:
        """Those of the saver."""
        return self._saver.config_specs

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The checkpoint that is asked for."""
        return await self._saver.aget_tuple(config)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 — the parent's name
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Checkpoints, newest first."""
        async for found in self._saver.alist(config, filter=filter, before=before, limit=limit):
            yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Store a checkpoint. Raises LeaseLost."""
        await self._verify()
        return await self._saver.aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Store what a node wrote. Raises LeaseLost."""
        await self._verify()
        await self._saver.aput_writes(config, writes, task_id, task_path)

    def get_next_version(self, current: Any, channel: None) -> Any:
        """The saver's next version number."""
        return self._saver.get_next_version(current, channel)
