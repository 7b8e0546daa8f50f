"""Hot reads: on connections that live, failing as everything does, beside a change of their table."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from persistence.session import Database
from persistence.settings import DatabaseSettings

PIDS = "SELECT pg_backend_pid(), pg_sleep(0.1)"


async def _pids(database: Database) -> set[int]:
    """The servers behind three connections used at once, in both ways."""

    async def in_transaction() -> int:
        async with database.unit_of_work() as uow:
            return int((await uow.session.execute(text(PIDS))).one()[0])

    async def by_read() -> int:
        return int((await database.reads.rows(PIDS))[0][0])

    return set(await asyncio.gather(in_transaction(), by_read(), by_read()))


async def test_closed_connections_are_replaced_unseen(database: Database, database_url: str) -> None:
    settings = DatabaseSettings.model_validate({"DATABASE_URL": database_url, "DATABASE_POOL_SIZE": 3})
    own = Database(settings)
    before = await _pids(own)
    assert await _pids(own) == before, "connections are kept"
    async with database.unit_of_work() as uow:
        for pid in before:
            await uow.session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    await asyncio.sleep(0.05)
    after = await _pids(own)
    assert len(after) == 3
    assert not after & before
    await own.close()


async def test_a_failing_read_is_a_database_error_as_everywhere(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        await database.reads.rows("SELECT 1 / $1::int", 0)
    assert getattr(failed.value.orig, "sqlstate", None) == "22012"
    assert (await database.reads.rows("SELECT 1"))[0][0] == 1


async def test_a_read_outlives_a_change_of_its_table(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("CREATE TABLE read_twice (a int)"))
        await uow.session.execute(text("INSERT INTO read_twice VALUES (1)"))
    settled = "SELECT * FROM read_twice"
    try:
        for _ in range(12):
            assert len((await database.reads.rows(settled))[0]) == 1
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("ALTER TABLE read_twice ADD COLUMN b int"))
        for _ in range(12):
            assert len((await database.reads.rows(settled))[0]) == 2
    finally:
        async with database.unit_of_work() as uow:
            await uow.session.execute(text("DROP TABLE read_twice"))
