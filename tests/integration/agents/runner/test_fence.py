"""The fence rises while the turn it belongs to goes on: nobody of that turn takes its own new fence for another's."""

import asyncio
import time

from persistence.session import Database
from tests.fixtures.turns import Turns
from tools.turns import lease as leases
from tools.turns.lease import Lease


async def test_who_asks_while_the_fence_rises_still_holds_the_lease(turns: Turns, database: Database) -> None:
    turn = await turns.say("held", "chat")
    session = await turns.session(turn.session_id)
    lease = Lease(session.id, turn.turn_id, session.fence, seconds=15, asked=time.monotonic())

    async def hold() -> None:
        async with database.unit_of_work() as uow:
            await leases.hold(uow, lease)

    async def renew() -> None:
        async with database.unit_of_work() as uow:
            await leases.renew(uow, lease)

    for _ in range(20):
        await asyncio.gather(hold(), leases.raise_fence(database, lease), hold(), renew(), hold())
    assert lease.fence == session.fence + 20
    turns.upstream.release.set()
