"""The writer of a turn's log: readers in its process don't wait for Redis, and all of it gets there."""

import asyncio
import time
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from agents.events import TextDelta, TurnStarted
from agents.turns.entries import visible_text
from agents.turns.writer import TurnWriter
from persistence.turn_log import TurnLog
from persistence.types import SessionID
from tools.turns.lease import Lease, LeaseLost

GATHER = 1.0


async def no_new_fence() -> None:
    raise AssertionError("the log is not lost")


async def begun(log: TurnLog, *, seconds: float = 60) -> tuple[TurnWriter, str]:
    """A writer at work, and its turn; the lease lasts so many seconds."""
    turn_id = uuid4()
    lease = Lease(SessionID(1), turn_id, 1, seconds=seconds, asked=time.monotonic())
    writer = TurnWriter(log, str(turn_id), lease, no_new_fence, coalesce=0.0)
    await writer.begin(TurnStarted(1, str(turn_id), "m-1"))
    return writer, str(turn_id)


async def test_readers_here_see_what_redis_has_not_got_yet(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    writer, turn_id = await begun(log)
    shown = ""
    for word in ("one ", "two ", "three "):
        await writer.emit(TextDelta("t", word))
    async for batch in writer.follow():
        shown += visible_text(entry.event for entry in batch)
        if "three" in shown:
            break
    assert not any(b"three" in record.data for record in await log.read(turn_id))
    await writer.close()
    records = await log.read(turn_id)
    assert [record.number for record in records] == list(range(1, len(writer.entries) + 1))
    assert b"three" in records[-1].data


async def test_what_is_counted_is_in_redis_once_it_is_settled_however_long_it_gathers(
    redis_client: Redis,
) -> None:
    log = TurnLog(redis_client, 60, 10, gather=30.0)
    writer, turn_id = await begun(log)
    for word in ("one ", "two ", "three "):
        await writer.emit(TextDelta("t", word))
        await asyncio.sleep(0.01)
        counted = writer.count()
        async with asyncio.timeout(5):
            await writer.settle()
        assert len(await log.read(turn_id)) == counted
    async with asyncio.timeout(5):
        await writer.close()
    assert [record.number for record in await log.read(turn_id)] == list(range(1, len(writer.entries) + 1))


async def test_a_lease_that_ends_while_text_gathers_keeps_it_out_of_the_log(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=0.6)
    writer, turn_id = await begun(log, seconds=0.4)
    await writer.emit(TextDelta("t", "one "))
    await asyncio.sleep(0.05)
    await writer.emit(TextDelta("t", "two "))
    await asyncio.sleep(0.9)
    assert not any(b"two" in record.data for record in await log.read(turn_id))
    with pytest.raises(LeaseLost):
        await writer.emit(TextDelta("t", "three "))
