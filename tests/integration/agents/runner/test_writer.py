"""The writer of a turn's log: readers in its process don't wait for Redis, and all of it gets there."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from agents.events import NodeEntered, TextDelta, TurnFinished, TurnStarted
from agents.turns.entries import LogEntry, visible_text
from agents.turns.writer import TurnWriter
from persistence.turn_log import TurnLog
from persistence.types import SessionID
from tools.turns.lease import Lease, LeaseLost

GATHER = 1.0


async def no_new_fence() -> None:
    raise AssertionError("the log is not lost")


async def anything_goes() -> None:
    """A fence that needs nothing done."""


async def begun(
    log: TurnLog,
    *,
    seconds: float = 60,
    coalesce: float = 0.0,
    new_fence: Callable[[], Awaitable[None]] = no_new_fence,
) -> tuple[TurnWriter, str]:
    """A writer at work, and its turn; the lease lasts so many seconds."""
    turn_id = uuid4()
    lease = Lease(SessionID(1), turn_id, 1, seconds=seconds, asked=time.monotonic())
    writer = TurnWriter(log, str(turn_id), lease, new_fence, coalesce=coalesce)
    await writer.begin(TurnStarted(1, str(turn_id), "m-1"))
    return writer, str(turn_id)


async def test_readers_here_see_what_redis_has_not_got_yet(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    writer, turn_id = await begun(log)
    shown = ""
    await writer.emit(TextDelta("t", "one "))
    await asyncio.sleep(0.1)  # it goes out at once: what comes behind it is gathered
    for word in ("two ", "three "):
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


async def written(turn_id: str, redis: Redis) -> list[int]:
    """How many events each write to the turn's log brought."""
    entries: Any = await redis.xrange(f"turn-log:{turn_id}")
    return [fields[b"e"].count(b"\n") + 1 for _, fields in entries]


async def test_a_write_that_waits_takes_all_with_it_that_comes_meanwhile(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=0.3)
    writer, turn_id = await begun(log)
    for word in ("one ", "two ", "three "):
        await writer.emit(TextDelta("t", word))
        await asyncio.sleep(0.02)  # "one" goes out at once; "two" waits, and "three" comes
    await asyncio.sleep(0.4)
    assert await written(turn_id, redis_client) == [1, 1, 2]
    await writer.emit(TextDelta("t", "four "))
    await asyncio.sleep(0.1)
    await writer.emit(NodeEntered("a", "A"))  # a name that is not shown yet
    await writer.emit(TextDelta("t", "five "))
    await writer.close()
    assert [entry.event for entry in writer.entries[-3:]] == [
        TextDelta("t", "four "),
        NodeEntered("a", "A"),
        TextDelta("t", "five "),
    ]
    assert len(await log.read(turn_id)) == len(writer.entries)


async def test_the_end_of_a_turn_is_one_write_with_what_waits(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=30.0)
    writer, turn_id = await begun(log)
    await writer.emit(TextDelta("t", "one "))
    await asyncio.sleep(0.05)
    await writer.emit(TextDelta("t", "two "))
    await asyncio.sleep(0.05)
    await writer.emit(NodeEntered("a", "A"))
    await writer.close()
    assert await written(turn_id, redis_client) == [1, 1, 2]


async def test_only_text_that_follows_text_is_gathered(redis_client: Redis) -> None:
    writer, _ = await begun(TurnLog(redis_client, 60, 10), coalesce=0.2)
    given = [NodeEntered("a", "A"), NodeEntered("b", "B"), TextDelta("t", "one "), TextDelta("t", "two ")]
    for event in given:
        await writer.emit(event)
    assert writer.take(TextDelta("t", "three "))
    assert [entry.event for entry in writer.entries[1:]] == given[:3]
    await asyncio.sleep(0.4)
    assert [entry.event for entry in writer.entries[4:]] == [TextDelta("t", "two three ")]
    await writer.close()


async def test_the_names_of_nodes_are_shown_with_what_comes_next(redis_client: Redis) -> None:
    writer, _ = await begun(TurnLog(redis_client, 60, 10))
    follower = Follower(writer)
    await asyncio.sleep(0)
    await writer.emit(NodeEntered("a", "A"))
    assert writer.count() == 2, "it is numbered, for the checkpoint of its step"
    await writer.emit(NodeEntered("b", "B"))
    await asyncio.sleep(0)
    assert len(follower.read) == 1
    await writer.emit(TextDelta("t", "one "))
    await asyncio.sleep(0.01)
    assert [entry.event for entry in follower.read[1:]] == [
        NodeEntered("a", "A"),
        NodeEntered("b", "B"),
        TextDelta("t", "one "),
    ]
    await writer.close()
    writer.abandon()
    await follower.task


async def test_a_name_that_nothing_follows_is_shown_and_logged_soon(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10)
    writer, turn_id = await begun(log)
    follower = Follower(writer)
    await writer.emit(NodeEntered("a", "A"))
    writer.count()
    await asyncio.sleep(0.1)
    assert [entry.event for entry in follower.read[1:]] == [NodeEntered("a", "A")]
    assert len(await log.read(turn_id)) == 2
    await writer.close()
    writer.abandon()
    await follower.task


async def test_a_name_that_waits_is_there_when_the_turn_ends_or_is_handed_over(redis_client: Redis) -> None:
    for end in ("close", "hand_over"):
        log = TurnLog(redis_client, 60, 10)
        writer, turn_id = await begun(log)
        await writer.emit(NodeEntered("a", "A"))
        await getattr(writer, end)()
        assert len(await log.read(turn_id)) == 2


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


async def test_a_write_that_was_waited_for_leaves_no_queue_behind_and_all_of_it_is_in_redis(
    redis_client: Redis,
) -> None:
    log = TurnLog(redis_client, 60, 10, gather=0.1)
    writer, turn_id = await begun(log)
    await writer.emit(NodeEntered("a", "A"))
    await asyncio.gather(*(writer.settle() for _ in range(3)))
    await asyncio.sleep(0)
    assert getattr(writer._writing, "_waiters", None) is None
    assert len(await log.read(turn_id)) == len(writer.entries)
    await writer.close()


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


class Follower:
    """Somebody who follows a writer and hears what is said, unless it is `deaf`."""

    def __init__(self, writer: TurnWriter, *, deaf: bool = False) -> None:
        self.deaf = deaf
        self.heard: list[LogEntry] = []
        self.read: list[LogEntry] = []
        self.all: list[LogEntry] = []
        self.task = asyncio.create_task(self._follow(writer))

    def hear(self, entry: LogEntry) -> bool:
        if self.deaf or not isinstance(entry.event, TextDelta):
            return False
        self.heard.append(entry)
        self.all.append(entry)
        return True

    async def _follow(self, writer: TurnWriter) -> None:
        async for batch in writer.follow(self.hear):
            self.read += batch
            self.all += batch


async def test_who_waits_hears_at_once_and_reads_the_rest(redis_client: Redis) -> None:
    writer, _ = await begun(TurnLog(redis_client, 60, 10, gather=GATHER))
    hearing, deaf = Follower(writer), Follower(writer, deaf=True)
    await asyncio.sleep(0.01)
    assert writer.take(TextDelta("t", "one "))
    assert [entry.event for entry in hearing.heard] == [TextDelta("t", "one ")]
    await asyncio.sleep(0.01)
    hearing.deaf = True
    await writer.emit(TextDelta("t", "two "))
    await asyncio.sleep(0.01)
    hearing.deaf = False
    assert writer.take(TextDelta("t", "three "))
    await writer.close()
    await writer.finish(TurnFinished("stop"))
    async with asyncio.timeout(5):
        await asyncio.gather(hearing.task, deaf.task)
    assert hearing.all == deaf.read == writer.entries
    assert len(hearing.heard) == 2
    assert isinstance(hearing.read[-1].event, TurnFinished)


async def test_who_has_not_read_what_came_before_is_not_offered_the_next(redis_client: Redis) -> None:
    writer, _ = await begun(TurnLog(redis_client, 60, 10, gather=GATHER))
    slow = Follower(writer, deaf=True)
    await asyncio.sleep(0.01)
    assert writer.take(TextDelta("t", "one "))
    slow.deaf = False
    assert writer.take(TextDelta("t", "two "))
    assert slow.heard == []
    await asyncio.sleep(0.01)
    assert writer.take(TextDelta("t", "three "))
    assert slow.all == writer.entries
    assert [entry.event for entry in slow.heard] == [TextDelta("t", "three ")]
    await writer.close()
    slow.task.cancel()


async def test_who_has_left_hears_nothing(redis_client: Redis) -> None:
    writer, _ = await begun(TurnLog(redis_client, 60, 10, gather=GATHER))
    left = Follower(writer)
    await asyncio.sleep(0.01)
    left.task.cancel()
    await asyncio.wait({left.task})
    await writer.emit(TextDelta("t", "one "))
    assert left.heard == []
    await writer.close()


async def test_what_can_not_be_written_now_is_not_taken(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    lost, _ = await begun(log, seconds=0.0)
    over, _ = await begun(log)
    await over.close()
    assert not lost.take(TextDelta("t", "one "))
    assert not over.take(TextDelta("t", "one "))
    assert len(lost.entries) == len(over.entries) == 1


async def test_with_its_last_events_a_log_begins_to_expire(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    writer, turn_id = await begun(log)
    await writer.emit(TextDelta("t", "one "))
    await writer.close()
    assert await redis_client.ttl(f"turn-log:{turn_id}") > 10
    await writer.finish(TurnFinished("stop"))
    assert 0 < await redis_client.ttl(f"turn-log:{turn_id}") <= 10
    assert b"one" in (await log.read(turn_id))[1].data


async def test_a_log_that_was_lost_before_the_end_is_whole_and_expires(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    writer, turn_id = await begun(log, new_fence=anything_goes)
    await writer.emit(TextDelta("t", "one "))
    await writer.close()
    await log.delete(turn_id)
    await writer.finish(TurnFinished("stop"))
    assert [record.number for record in await log.read(turn_id)] == [1, 2, 3]
    assert 0 < await redis_client.ttl(f"turn-log:{turn_id}") <= 10


async def test_a_log_that_can_not_be_ended_well_expires_all_the_same(redis_client: Redis) -> None:
    log = TurnLog(redis_client, 60, 10, gather=GATHER)
    writer, turn_id = await begun(log)
    await writer.close()
    await log.append(turn_id, 9, 1, lambda: [b"another's"])
    await writer.finish(TurnFinished("stop"))
    assert 0 < await redis_client.ttl(f"turn-log:{turn_id}") <= 10
