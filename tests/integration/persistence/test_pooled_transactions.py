"""Connections that lead through a pooler in transaction mode: every statement in a transaction, every transaction with its limits.

Here without a pooler; with one: tests/durability/pooler.
"""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from persistence.session import Database
from persistence.settings import DatabaseSettings

SETTINGS = {"DATABASE_TRANSACTION_POOLER": True, "DATABASE_STATEMENT_TIMEOUT": 7, "DATABASE_IDLE_TIMEOUT": 3}
LIMITS = (
    "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
    " current_setting('idle_in_transaction_session_timeout'), current_setting('transaction_timeout')"
)
SHOWN = ("7s", "7s", "3s", "10s")


@pytest.fixture
async def pooled(database_url: str) -> AsyncIterator[Database]:
    """The run's database, as through a pooler."""
    pooled = Database(DatabaseSettings.model_validate({"DATABASE_URL": database_url, **SETTINGS}))
    yield pooled
    await pooled.close()


async def test_each_way_to_ask_has_the_limits_of_a_transaction_and_leaves_none(pooled: Database) -> None:
    async with pooled.unit_of_work() as uow:
        assert tuple((await uow.session.execute(text(LIMITS))).one()) == SHOWN
    async with pooled.unit_of_work() as uow:
        await uow.autocommit()
        assert tuple((await uow.session.execute(text(LIMITS))).one()) == SHOWN
    async with pooled.direct.transaction() as transaction:
        assert tuple((await transaction.rows(LIMITS))[0]) == SHOWN
    async with pooled.direct.transaction("SET LOCAL lock_timeout = 77") as transaction:
        assert [row[0] for row in await transaction.rows("SELECT current_setting('lock_timeout')")] == [
            "77ms"
        ]
        assert (await transaction.rows(LIMITS))[0][0] == SHOWN[0]
    for reader in (pooled.direct, pooled.reads):
        assert [tuple(row) for row in await reader.rows(LIMITS)] == [SHOWN]
        assert tuple((await reader.rows("SELECT $1::int", 5))[0]) == (5,)
    async with pooled.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        assert (await raw.execute("SHOW statement_timeout"), raw.is_in_transaction()) == ("SHOW", False)


async def test_nothing_of_a_statement_is_left_at_the_server(pooled: Database) -> None:
    async with pooled.unit_of_work() as uow:
        for value in range(3):
            found = await uow.session.execute(text("SELECT CAST(:value AS int)"), {"value": value})
            assert found.scalar_one() == value
        left = "SELECT count(*) FROM pg_prepared_statements"
        assert (await uow.session.execute(text(left))).scalar_one() == 0


async def test_what_raises_is_rolled_back_and_the_connection_goes_on(pooled: Database) -> None:
    with pytest.raises(Exception, match="division by zero"):
        await pooled.direct.rows("SELECT 1 / $1::int", 0)
    assert tuple((await pooled.direct.rows("SELECT 1"))[0]) == (1,)


def test_without_a_way_past_the_pooler_there_is_none() -> None:
    settings = DatabaseSettings.model_validate({"DATABASE_URL": "postgresql://pooler/x", **SETTINGS})
    with pytest.raises(ValueError, match="DATABASE_SCHEMA_URL"):
        _ = settings.direct_url
    assert settings.model_copy(update={"schema_url": "postgresql://own/x"}).direct_url == "postgresql://own/x"
    assert settings.model_copy(update={"transaction_pooler": False}).direct_url == settings.url
