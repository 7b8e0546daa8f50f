"""Connections of the driver's own: few, kept, replaced when they die, failing as everything does."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from persistence.driver.connections import DirectConnections
from persistence.session import Database, async_url
from persistence.settings import DatabaseSettings
from tests.durability.gate import gate_before
from tests.embedded import free_port

PID = "SELECT pg_backend_pid(), pg_sleep(0.1)"


@pytest.fixture
async def own(database_url: str) -> AsyncIterator[Database]:
    """A database with two such connections, for which one waits half a second."""
    settings = {
        "DATABASE_URL": database_url,
        "DATABASE_DIRECT_CONNECTIONS": 2,
        "DATABASE_POOL_TIMEOUT": 0.5,
    }
    own = Database(DatabaseSettings.model_validate(settings))
    yield own
    await own.close()


async def _pids(own: Database, at_once: int) -> set[int]:
    found = await asyncio.gather(*(own.direct.rows(PID) for _ in range(at_once)))
    return {int(rows[0][0]) for rows in found}


async def test_no_more_than_so_many_are_opened_and_they_are_kept(own: Database) -> None:
    first = await _pids(own, 5)
    assert len(first) == 2
    assert await _pids(own, 5) == first


async def test_who_does_not_get_one_in_time_is_told(own: Database) -> None:
    slow = [asyncio.create_task(own.direct.rows("SELECT pg_sleep(1.5)")) for _ in range(2)]
    await asyncio.sleep(0.1)
    with pytest.raises(TimeoutError):
        await own.direct.rows("SELECT 1")
    await asyncio.gather(*slow)
    assert (await own.direct.rows("SELECT 1"))[0][0] == 1


@pytest.mark.parametrize("fails", [True, False])
async def test_one_that_is_not_ready_when_its_caller_fails_or_leaves_is_closed(
    database_settings: DatabaseSettings, *, fails: bool
) -> None:
    opened: list[Any] = []

    async def configure(connection: Any) -> None:
        opened.append(connection)
        await connection.execute("SELECT 1 / 0" if fails else "SELECT pg_sleep(5)")

    own = DirectConnections(async_url(database_settings.url), {}, most=1, patience=1, configure=configure)
    with pytest.raises(DBAPIError if fails else TimeoutError):
        async with asyncio.timeout(5 if fails else 0.3):
            await own.rows("SELECT 1")
    assert [connection.is_closed() for connection in opened] == [True]
    await own.close()


async def test_closed_ones_are_replaced_unseen(own: Database, database: Database) -> None:
    before = await _pids(own, 2)
    async with database.unit_of_work() as uow:
        for pid in before:
            await uow.session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    await asyncio.sleep(0.05)
    assert not await _pids(own, 2) & before


async def test_a_cancelled_statement_leaves_no_connection_in_mid_answer(own: Database) -> None:
    waiting = asyncio.create_task(own.direct.rows("SELECT pg_sleep(5)"))
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert {int((await own.direct.rows("SELECT 7"))[0][0]) for _ in range(4)} == {7}


async def test_a_failure_is_a_database_error_and_the_connection_goes_on(own: Database) -> None:
    (before,) = await _pids(own, 1)
    with pytest.raises(DBAPIError) as failed:
        await own.direct.rows("SELECT 1 / $1::int", 0)
    assert getattr(failed.value.orig, "sqlstate", None) == "22012"
    assert await _pids(own, 1) == {before}


async def test_a_statement_outlives_a_change_of_its_table(own: Database, database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("CREATE TABLE read_direct (a int)"))
        await uow.session.execute(text("INSERT INTO read_direct VALUES (1)"))
    try:
        assert len((await own.direct.rows("SELECT * FROM read_direct"))[0]) == 1
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("ALTER TABLE read_direct ADD COLUMN b int"))
        assert len((await own.direct.rows("SELECT * FROM read_direct"))[0]) == 2
    finally:
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("DROP TABLE read_direct"))


async def test_a_transaction_is_committed_or_undone_as_a_whole(own: Database, database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("CREATE TABLE direct_whole (a int)"))
    try:
        async with own.direct.transaction() as transaction:
            await transaction.rows("INSERT INTO direct_whole VALUES ($1)", 1)
        with pytest.raises(DBAPIError):
            async with own.direct.transaction() as transaction:
                await transaction.rows("INSERT INTO direct_whole VALUES ($1)", 2)
                await transaction.rows("SELECT 1 / $1::int", 0)
        with pytest.raises(TimeoutError):
            async with own.direct.transaction() as transaction, asyncio.timeout(0.2):
                await transaction.rows("INSERT INTO direct_whole VALUES ($1)", 3)
                await transaction.rows("SELECT pg_sleep(5)")
        assert [row[0] for row in await own.direct.rows("SELECT a FROM direct_whole")] == [1]
    finally:
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("DROP TABLE direct_whole"))


async def test_transactions_leave_a_connection_to_what_stands_alone(own: Database) -> None:
    async with own.direct.transaction():
        with pytest.raises(TimeoutError):
            async with own.direct.transaction():
                pass
        assert (await own.direct.rows("SELECT 5"))[0][0] == 5


async def test_so_do_statements_that_may_wait(own: Database) -> None:
    waiting = [asyncio.create_task(own.direct.rows_in_turn("SELECT pg_sleep(0.4)")) for _ in range(2)]
    await asyncio.sleep(0.1)
    assert (await own.direct.rows("SELECT 5"))[0][0] == 5
    assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)


@pytest.mark.parametrize("persistent", [True, False])
async def test_a_server_that_stays_away_is_said_as_it_is(
    database_settings: DatabaseSettings, *, persistent: bool
) -> None:
    nowhere = async_url(database_settings.url).set(host="127.0.0.1", port=free_port())

    async def configure(_: Any) -> None:
        raise AssertionError("nobody answers there")

    own = DirectConnections(nowhere, {}, most=1, patience=0.6, configure=configure, persistent=persistent)
    began = time.monotonic()
    with pytest.raises(OSError, match="onnect") as raised:
        await own.rows("SELECT 1")
    assert (time.monotonic() - began >= 0.25) is persistent
    assert raised.value.__cause__ is not raised.value
    await own.close()


async def test_a_server_that_says_nothing_does_not_keep_them_open(
    database_settings: DatabaseSettings,
) -> None:
    url = async_url(database_settings.url)
    async with gate_before(url.port or 5432) as gate:
        there = url.set(host="127.0.0.1", port=gate.port)
        opened: list[Any] = []

        async def configure(connection: Any) -> None:
            opened.append(connection)

        own = DirectConnections(there, {}, most=3, patience=1, configure=configure)
        await asyncio.gather(*(own.rows("SELECT pg_sleep(0.1)") for _ in range(3)))
        gate.silence()
        await own.close()
        assert [connection.is_closed() for connection in opened] == [True] * 3


async def test_what_goes_out_with_the_begin_holds_until_the_end_of_the_transaction(own: Database) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711"
    async with own.direct.transaction("SELECT pg_advisory_xact_lock(4711)"):
        assert (await own.direct.rows(held))[0][0] == 1
    assert (await own.direct.rows(held))[0][0] == 0
    with pytest.raises(DBAPIError):
        async with own.direct.transaction("SELECT 1 / 0"):
            pass
    async with own.direct.transaction() as transaction:
        assert (await transaction.rows("SELECT 6"))[0][0] == 6


async def test_a_transaction_may_not_last_for_ever(own: Database) -> None:
    async with own.direct.transaction() as transaction:
        assert (await transaction.rows("SHOW transaction_timeout"))[0][0] == "25s"
