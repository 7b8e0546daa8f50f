"""Checkpoints written behind a run: what is stored at the end is what the stock saver would have left."""

import asyncio
import operator
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypedDict
from uuid import uuid4

import psycopg
import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, CheckpointTuple
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from persistence.checkpoint_writes import CheckpointWrites
from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.settings import DatabaseSettings

FAR = 60.0
"""Seconds: the batch is stored by `settle` alone."""


class Talk(TypedDict):
    """The state of a small graph: one channel that grows, one that is replaced once."""

    words: Annotated[list[str], operator.add]
    mood: dict[str, str]


class Behind(BaseCheckpointSaver[Any]):
    """A saver that reads as usual and writes behind."""

    def __init__(self, saver: PooledSaver, writes: CheckpointWrites) -> None:
        super().__init__(serde=saver.serde)
        self._saver = saver
        self._writes = writes

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        await self._writes.settle()
        return await self._saver.aget_tuple(config)

    async def aput(self, *arguments: Any) -> RunnableConfig:
        return self._writes.put(*arguments)

    async def aput_writes(self, config: Any, writes: Any, task_id: str, task_path: str = "") -> None:
        self._writes.put_writes(config, writes, task_id, task_path)

    def get_next_version(self, current: Any, channel: None) -> Any:
        return self._saver.get_next_version(current, channel)


async def may_write(_connection: AsyncConnection[DictRow]) -> None:
    """The run may write."""


class LostError(Exception):
    """The run may not write any more."""


async def may_not_write(_connection: AsyncConnection[DictRow]) -> None:
    raise LostError


@pytest.fixture
async def saver(database_settings: DatabaseSettings) -> AsyncIterator[PooledSaver]:
    async with open_checkpointer(database_settings) as opened:
        yield opened


def graph(checkpointer: BaseCheckpointSaver[Any]) -> Any:
    """Three words, a question between the second and the third."""

    def first(state: Talk) -> dict[str, Any]:
        return {"words": ["one"], "mood": {"is": "good"}}

    def second(state: Talk) -> dict[str, Any]:
        return {"words": ["two"]}

    def third(state: Talk) -> dict[str, Any]:
        return {"words": [interrupt("and?")]}

    builder = StateGraph(Talk)
    for node in (first, second, third):
        builder.add_node(node)
    builder.add_edge(START, "first")
    builder.add_edge("first", "second")
    builder.add_edge("second", "third")
    builder.add_edge("third", END)
    return builder.compile(checkpointer=checkpointer)


def thread() -> Any:
    return {"configurable": {"thread_id": str(uuid4())}}


async def stored(saver: PooledSaver, config: Any) -> int:
    return len([item async for item in saver.alist(config)])


async def test_a_run_leaves_the_state_and_the_question_of_the_stock_saver(saver: PooledSaver) -> None:
    behind, plain = thread(), thread()
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": ["zero"]}, behind, durability="sync")
    await graph(saver).ainvoke({"words": ["zero"]}, plain, durability="sync")
    assert await stored(saver, behind) == 0
    await writes.settle()
    ours, stock = await graph(saver).aget_state(behind), await graph(saver).aget_state(plain)
    assert ours.values == stock.values == {"words": ["zero", "one", "two"], "mood": {"is": "good"}}
    assert ours.next == stock.next == ("third",)
    assert [item.value for item in ours.interrupts] == ["and?"]
    assert await stored(saver, behind) == 1
    assert await stored(saver, plain) > 1


async def test_another_process_goes_on_from_what_was_settled(saver: PooledSaver) -> None:
    config = thread()
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await writes.settle()
    more = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, more)).ainvoke(Command(resume="three"), config, durability="sync")
    await more.settle()
    state = await graph(saver).aget_state(config)
    assert state.values["words"] == ["one", "two", "three"]
    assert state.next == ()


async def test_a_batch_is_stored_by_itself_after_the_delay(saver: PooledSaver) -> None:
    config, begun = thread(), asyncio.Event()

    async def note(_connection: AsyncConnection[DictRow]) -> None:
        begun.set()

    writes = CheckpointWrites(saver, note, delay=0.01)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    async with asyncio.timeout(5):
        await begun.wait()
    await writes.settle()
    assert (await graph(saver).aget_state(config)).next == ("third",)


async def test_who_may_not_write_stores_nothing(saver: PooledSaver) -> None:
    config = thread()
    writes = CheckpointWrites(saver, may_not_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    with pytest.raises(LostError):
        await writes.settle()
    writes.abandon()
    await writes.settle()
    assert await stored(saver, config) == 0


async def test_what_could_not_be_stored_is_stored_later_in_one_piece(saver: PooledSaver) -> None:
    config = thread()
    failures = iter([True, True, False])

    async def sometimes(connection: AsyncConnection[DictRow]) -> None:
        if next(failures):
            await connection.execute("SELECT 1 / 0")

    writes = CheckpointWrites(saver, sometimes, delay=FAR)
    compiled = graph(Behind(saver, writes))
    await compiled.ainvoke({"words": []}, config, durability="sync")
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            await writes.settle()
    assert await stored(saver, config) == 0
    await writes.settle()
    state = await graph(saver).aget_state(config)
    assert state.values == {"words": ["one", "two"], "mood": {"is": "good"}}
    assert [item.value for item in state.interrupts] == ["and?"]
