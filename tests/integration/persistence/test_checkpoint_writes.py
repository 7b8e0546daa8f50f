"""Checkpoints written behind a run: what is stored at the end is what the stock saver would have left."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, LiteralString
from uuid import uuid4

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.serde.types import INTERRUPT
from langgraph.types import Command
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from agents.turns.failures import STORAGE, failure_of
from persistence.checkpoint_rows import Proof, Put, Writes, store
from persistence.checkpoint_writes import CheckpointWrites
from persistence.checkpointer import PooledSaver, open_checkpointer
from persistence.settings import DatabaseSettings
from tests.durability.gate import Gate, gate_before
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

    @asynccontextmanager
    async def note() -> AsyncIterator[Proof]:
        begun.set()
        yield Proof("SELECT 1", (), refuse)

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

    @asynccontextmanager
    async def sometimes() -> AsyncIterator[Proof]:
        yield Proof("SELECT 1 / 0" if next(failures) else "SELECT 1", (), refuse)

    writes = CheckpointWrites(saver, sometimes, delay=FAR)
    compiled = graph(Behind(saver, writes))
    await compiled.ainvoke({"words": []}, config, durability="sync")
    for _ in range(2):
        with pytest.raises(DBAPIError, match="division by zero"):
            await writes.settle()
    assert await stored(saver, config) == 0
    await writes.settle()
    state = await graph(saver).aget_state(config)
    assert state.values == {"words": ["one", "two"], "mood": {"is": "good"}}
    assert [item.value for item in state.interrupts] == ["and?"]


async def test_a_connection_that_the_server_ended_is_replaced(saver: PooledSaver) -> None:
    config = thread()
    ((process,),) = await saver.stores.rows("SELECT pg_backend_pid()")
    async with saver.connection() as connection:
        await connection.execute("SELECT pg_terminate_backend(%s)", [process])
    writes = CheckpointWrites(saver, may_write, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    with suppress(DBAPIError, OSError):  # unless the end was noticed before
        await writes.settle()
    await writes.settle()
    assert (await graph(saver).aget_state(config)).next == ("third",)


@asynccontextmanager
async def behind_a_gate(
    settings: DatabaseSettings, *, patience: float
) -> AsyncIterator[tuple[Gate, PooledSaver]]:
    """A saver whose server can be taken away, and who waits so long for it."""
    url = make_url(settings.url)
    async with gate_before(url.port or 5432) as gate:
        there = url.set(host="127.0.0.1", port=gate.port).render_as_string(hide_password=False)
        values = {"DATABASE_URL": there, "DATABASE_POOL_TIMEOUT": patience}
        async with open_checkpointer(DatabaseSettings.model_validate(values)) as saver:
            yield gate, saver


async def test_a_server_that_is_away_for_a_moment_is_waited_for(database_settings: DatabaseSettings) -> None:
    config = thread()
    async with behind_a_gate(database_settings, patience=20) as (gate, saver):
        writes = CheckpointWrites(saver, may_write, delay=FAR)
        await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
        await gate.shut()
        settling = asyncio.create_task(writes.settle())
        await asyncio.sleep(1)
        assert not settling.done()
        await gate.open()
        await settling
        assert await stored(saver, config) == 1


async def test_a_server_that_stays_away_is_an_error_of_the_database(
    database_settings: DatabaseSettings,
) -> None:
    config = thread()
    async with behind_a_gate(database_settings, patience=0.5) as (gate, saver):
        writes = CheckpointWrites(saver, may_write, delay=FAR)
        await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
        await gate.shut()
        with pytest.raises(DBAPIError) as raised:
            await writes.settle()
        assert raised.value.connection_invalidated
        assert failure_of(raised.value, "a turn") == STORAGE
        writes.abandon()


async def test_who_waits_for_the_proof_has_a_connection_already(saver: PooledSaver) -> None:
    """What the proof locks is not held by anybody who still waits for a connection."""
    places = [saver.stores.one() for _ in range(4)]
    asked = asyncio.Event()

    @asynccontextmanager
    async def ask() -> AsyncIterator[Proof]:
        asked.set()
        yield Proof("SELECT 1", (), refuse)

    writes = CheckpointWrites(saver, ask, delay=FAR)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, thread(), durability="sync")
    async with places[0], places[1], places[2], places[3]:
        settling = asyncio.create_task(writes.settle())
        await asyncio.sleep(0.2)
        assert not asked.is_set()
    await settling
    assert asked.is_set()


async def test_more_runs_than_connections_are_stored_side_by_side(saver: PooledSaver) -> None:
    configs = [thread() for _ in range(20)]
    runs = [CheckpointWrites(saver, may_write, delay=FAR) for _ in configs]
    for config, writes in zip(configs, runs, strict=True):
        await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    await asyncio.gather(*(writes.settle() for writes in runs))
    assert [await stored(saver, config) for config in configs] == [1] * 20


class InOneStatement(PooledSaver):
    """The stock saver, but what it stores is stored by ours."""

    async def aput(self, config: Any, checkpoint: Any, metadata: Any, new_versions: Any) -> RunnableConfig:
        await self._store([Put(config, checkpoint, metadata, new_versions)], [])
        address = {**config["configurable"], "checkpoint_id": checkpoint["id"]}
        return {"configurable": address}

    async def aput_writes(self, config: Any, writes: Any, task_id: str, task_path: str = "") -> None:
        await self._store([], [Writes(config, writes, task_id, task_path)])

    async def _store(self, puts: list[Put], writes: list[Writes]) -> None:
        async with self.stores.one() as connection, may_write() as proof:
            await store(connection, self.serde, proof, puts, writes)


async def test_rows_are_those_of_the_stock_saver(saver: PooledSaver) -> None:
    ours, plain = thread(), thread()
    for checkpointer, config in ((InOneStatement(saver._pool, saver.stores), ours), (saver, plain)):
        await graph(checkpointer).ainvoke({"words": ["zero"]}, config, durability="sync")
        await graph(checkpointer).ainvoke(Command(resume="three"), config, durability="sync")
    for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
        stored_by_us = await rows_of(saver, table, ours)
        assert stored_by_us == await rows_of(saver, table, plain)
        assert stored_by_us


async def test_what_interrupts_is_replaced_and_what_a_task_wrote_is_not(saver: PooledSaver) -> None:
    """In one batch as well as in two."""
    config: Any = {"configurable": {**thread()["configurable"], "checkpoint_ns": "", "checkpoint_id": "1"}}
    first = [Writes(config, [("words", "old")], "task", ""), Writes(config, [(INTERRUPT, "old")], "task", "")]
    second = [
        Writes(config, [("words", "new")], "task", ""),
        Writes(config, [(INTERRUPT, "new")], "task", ""),
    ]
    for batches in ([[*first, *second]], [first, second]):
        config["configurable"]["thread_id"] = str(uuid4())
        for batch in batches:
            async with saver.stores.one() as connection, may_write() as proof:
                await store(connection, saver.serde, proof, [], batch)
        rows = await rows_of(saver, "checkpoint_writes", config)
        said = {row["channel"]: saver.serde.loads_typed((row["type"], row["blob"])) for row in rows}
        assert said == {"words": "old", INTERRUPT: "new"}


async def rows_of(saver: PooledSaver, table: LiteralString, config: Any) -> list[dict[str, Any]]:
    """All rows of a thread, in an order that two threads share, without what is new in each."""
    async with saver.connection() as connection:
        found = await connection.execute(
            f"SELECT * FROM {table} WHERE thread_id = %s ORDER BY 3, 4, 5",
            [config["configurable"]["thread_id"]],
        )
        rows = await found.fetchall()
    return [_comparable(row) for row in rows]


NEW_EACH_TIME = {"thread_id", "checkpoint_id", "parent_checkpoint_id", "task_id", "version", "id", "ts"}


def _comparable(value: Any) -> Any:
    """A row without ids and times; version numbers without their random part."""
    if isinstance(value, dict):
        return {key: _comparable(item) for key, item in value.items() if key not in NEW_EACH_TIME}
    if isinstance(value, bytes):
        return re.sub(rb"[0-9a-f]{32}", b"id", value)
    return value.split(".")[0] if isinstance(value, str) and "." in value else value


async def test_what_has_to_be_there_first_is_there_before_a_batch_is_stored(saver: PooledSaver) -> None:
    config, found = thread(), []

    async def look() -> None:
        found.append(await stored(saver, config))

    writes = CheckpointWrites(saver, may_write, delay=FAR, before=look)
    await graph(Behind(saver, writes)).ainvoke({"words": []}, config, durability="sync")
    assert found == []
    await writes.settle()
    assert found == [0]
    assert await stored(saver, config) == 1
