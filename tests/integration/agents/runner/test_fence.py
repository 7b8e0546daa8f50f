"""The fence rises while the turn it belongs to goes on: nobody of that turn takes its own new fence for another's."""

import asyncio
import time

import pytest

from persistence.session import Database
from persistence.settings import DatabaseSettings
from tests.fixtures.turns import Turns
from tools.turns import lease as leases
from tools.turns.lease import Lease


@pytest.mark.parametrize("pooler", [False, True], ids=["direct", "pooler"])
async def test_who_asks_while_the_fence_rises_still_holds_the_lease(
    turns: Turns, database_settings: DatabaseSettings, pooler: bool
) -> None:
    database = Database(database_settings.model_copy(update={"transaction_pooler": pooler}))
    turn = await turns.say("held", "chat")
    session = await turns.session(turn.session_id)
    lease = Lease(session.id, turn.turn_id, session.fence, seconds=15, asked=time.monotonic())

    async def hold() -> None:
        async with database.unit_of_work() as uow:
            await leases.hold(uow, lease)

    for _ in range(20):
        await asyncio.gather(
            hold(), leases.raise_fence(database, lease), hold(), leases.renew(database.direct, lease), hold()
        )
    assert lease.fence == session.fence + 20
    turns.upstream.release.set()
    await database.close()
