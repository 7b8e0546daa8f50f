"""When checkpoints are stored that nothing settles, and what a run's last one takes the place of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from langgraph.types import Command

from persistence import checkpoint_writes
from persistence.checkpoint_rows import Proof
from persistence.checkpoint_writes import CheckpointWrites
from persistence.checkpointer import PooledSaver
from persistence.threads import prune_thread
from tests.fixtures.checkpoint_runs import (
    FAR,
    Behind,
    LostError,
    graph,
    may_not_write,
    may_write,
    refuse,
    stored,
    thread,
)

LONG = 0.8
"""Seconds that a run of no work does not take, however busy the machine is."""


async def test_what_was_done_quickly_is_stored_later_and_what_took_long_soon(saver: PooledSaver) -> None:
    quick, slow = thread(), thread()
    writes = CheckpointWrites(saver, may_write, delay=LONG, quick_delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, quick, durability="sync")
    await asyncio.sleep(1.5 * LONG)
    assert await stored(saver, quick) == 0
    await graph(Behind(saver, writes)).ainvoke({"words": []}, slow, durability="sync")
    assert await stored(saver, slow) == 0
    await until_stored(saver, slow)


async def test_what_was_done_quickly_does_not_wait_for_ever(saver: PooledSaver) -> None:
    config = thread()
    writes = CheckpointWrites(saver, may_write, delay=LONG, quick_delay=3 * LONG)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await asyncio.sleep(1.5 * LONG)
    assert await stored(saver, config) == 0
    await until_stored(saver, config)


async def until_stored(saver: PooledSaver, config: Any) -> None:
    async with asyncio.timeout(10):
        while not await stored(saver, config):  # noqa: ASYNC110 — the database has no event
            await asyncio.sleep(0.05)
    assert await stored(saver, config) == 1


async def test_a_last_checkpoint_leaves_its_thread_no_other_and_the_state_of_the_stock_saver(
    saver: PooledSaver,
) -> None:
    config, other = thread(), thread()
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    compiled = graph(Behind(saver, writes))
    for place in (other, config):
        await compiled.ainvoke({"words": []}, place, durability="sync")
        await writes.settle()
    assert not writes.pruned
    await compiled.ainvoke(Command(resume="three"), config, durability="sync")
    await writes.settle(last=True)
    assert writes.pruned
    assert await stored(saver, config) == await stored(saver, other) == 1
    state = await graph(saver).aget_state(config)
    assert state.values == {"words": ["one", "two", "three"], "mood": {"is": "good"}}
    assert [item.value for item in (await graph(saver).aget_state(other)).interrupts] == ["and?"]
    thread_id = config["configurable"]["thread_id"]
    kept = await count_of(saver, thread_id)
    await prune_thread(saver.stores, thread_id)
    assert await count_of(saver, thread_id) == kept, "as if it had been pruned afterwards"


async def count_of(saver: PooledSaver, thread_id: str) -> list[int]:
    tables = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
    found = [
        await saver.stores.rows(f"SELECT count(*) FROM {table} WHERE thread_id = $1", thread_id)
        for table in tables
    ]
    return [row[0][0] for row in found]


async def test_a_last_checkpoint_keeps_the_question_that_waits(saver: PooledSaver) -> None:
    config = thread()
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await writes.settle(last=True)
    assert [item.value for item in (await graph(saver).aget_state(config)).interrupts] == ["and?"]


async def test_who_may_not_write_removes_nothing(saver: PooledSaver) -> None:
    config = thread()
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await writes.settle()
    refused = CheckpointWrites(saver, may_not_write, delay=FAR)
    await graph(Behind(saver, refused)).ainvoke(Command(resume="three"), config, durability="sync")
    with pytest.raises(LostError):
        await refused.settle(last=True)
    assert not refused.pruned
    assert (await graph(saver).aget_state(config)).next == ("third",)


async def test_what_could_not_be_stored_is_tried_again_without_anybody_asking(
    saver: PooledSaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint_writes, "RETRY_SECONDS", 0.1)
    away = iter([True, True])

    @asynccontextmanager
    async def sometimes() -> AsyncIterator[Proof]:
        if next(away, False):
            raise ConnectionRefusedError
        yield Proof("SELECT 1", (), refuse)

    config, writes = thread(), CheckpointWrites(saver, sometimes, delay=0.05)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await asyncio.sleep(1.0)
    assert await stored(saver, config) == 1


async def test_what_is_abandoned_is_not_taken_up_again(saver: PooledSaver) -> None:
    config, writes = thread(), CheckpointWrites(saver, may_write, delay=0.01)
    writes.abandon()
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await asyncio.sleep(0.2)
    assert await stored(saver, config) == 0
