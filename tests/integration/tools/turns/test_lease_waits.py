"""Nobody holds a lease's lock while waiting for a connection: whoever has one would wait for both."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import pytest

from persistence.session import Database
from persistence.settings import DatabaseSettings
from persistence.types import SessionID
from tools.turns import lease as leases
from tools.turns.lease import Lease, LeaseLost

Ask = Callable[[Database, Lease], Awaitable[None]]


async def hold(database: Database, lease: Lease) -> None:
    async with database.unit_of_work() as uow:
        await leases.hold(uow, lease)


@pytest.fixture(params=[False, True], ids=["direct", "pooler"])
async def narrow(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A database with one connection, as it is used directly and through a pooler in transaction mode."""
    settings = {
        "DATABASE_URL": database_url,
        "DATABASE_POOL_SIZE": 1,
        "DATABASE_DIRECT_CONNECTIONS": 1,
        "DATABASE_TRANSACTION_POOLER": request.param,
    }
    narrow = Database(DatabaseSettings.model_validate(settings))
    yield narrow
    await narrow.close()


@pytest.mark.parametrize("ask", [hold, leases.raise_fence])
async def test_the_lock_is_free_while_a_connection_is_waited_for(narrow: Database, ask: Ask) -> None:
    lease = Lease(SessionID(1), uuid4(), 1, seconds=15, asked=time.monotonic())
    async with narrow.unit_of_work() as busy:
        await busy.session.connection()
        asking = asyncio.ensure_future(ask(narrow, lease))
        await asyncio.sleep(0.05)
        assert not asking.done()
        assert not lease.changing.locked()
    with pytest.raises(LeaseLost):
        await asking


async def test_a_renewal_leaves_the_lock_to_others_while_it_waits(narrow: Database) -> None:
    lease = Lease(SessionID(1), uuid4(), 1, seconds=15, asked=time.monotonic())
    async with narrow.direct.transaction():
        asking = asyncio.ensure_future(leases.renew(narrow.direct, lease))
        await asyncio.sleep(0.05)
        assert not asking.done()
        assert not lease.changing.locked()
    with pytest.raises(LeaseLost):
        await asking


async def test_a_renewal_that_came_while_the_fence_rose_asks_again(narrow: Database) -> None:
    lease = Lease(SessionID(1), uuid4(), 1, seconds=15, asked=time.monotonic())
    async with lease.changing:
        asking = asyncio.ensure_future(leases.renew(narrow.direct, lease))
        await asyncio.sleep(0.1)
        lease.fence = 2
    with pytest.raises(LeaseLost):  # asked with the new one, which nobody holds either
        await asking
    assert not lease.holds_at(time.monotonic())
