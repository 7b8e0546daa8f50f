"""The writer of a turn's log: readers in its process don't wait for Redis, and all of it gets there."""

import time
from uuid import uuid4

from redis.asyncio import Redis

from agents.events import TextDelta, TurnStarted
from agents.turns.entries import visible_text
from agents.turns.writer import TurnWriter
from persistence.turn_log import TurnLog
from persistence.types import SessionID
from tools.turns.lease import Lease

GATHER = 1.0


async def no_new_fence() -> None:
    raise AssertionError("the log is not lost")


async def test_readers_here_see_what_redis_has_not_got_yet(redis_client: Redis) -> None:
    log, turn_id = TurnLog(redis_client, 60, 10, gather=GATHER), uuid4()
    lease = Lease(SessionID(1), turn_id, 1, seconds=60, asked=time.monotonic())
    writer = TurnWriter(log, str(turn_id), lease, no_new_fence, coalesce=0.0)
    await writer.begin(TurnStarted(1, str(turn_id), "m-1"))
    writer.start()
    shown = ""
    for word in ("one ", "two ", "three "):
        await writer.emit(TextDelta("t", word))
    async for batch in writer.follow():
        shown += visible_text(entry.event for entry in batch)
        if "three" in shown:
            break
    assert not any(b"three" in record.data for record in await log.read(str(turn_id)))
    await writer.close()
    records = await log.read(str(turn_id))
    assert [record.number for record in records] == list(range(1, len(writer.entries) + 1))
    assert b"three" in records[-1].data
