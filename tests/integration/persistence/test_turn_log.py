"""The log of a turn in Redis: repeated writes are recognised, old writers refused, an emptied Redis noticed."""

import asyncio
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from persistence import redis_client as redis_connection
from persistence.settings import RedisSettings
from persistence.turn_log import TurnLog, TurnLogLost, TurnLogTaken, TurnLogUnavailable
from tests import embedded


@pytest.fixture
def turn_log(redis_client: Redis) -> TurnLog:
    """The logs of the run's Valkey."""
    return TurnLog(redis_client, 60, 10)


@pytest.fixture
def turn_id() -> str:
    """A new turn."""
    return str(uuid4())


async def stored(turn_log: TurnLog, turn_id: str) -> list[tuple[int, int, bytes]]:
    return [(record.epoch, record.number, record.data) for record in await turn_log.read(turn_id)]


async def test_entries_come_back_in_order_and_from_any_place(turn_log: TurnLog, turn_id: str) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    await turn_log.append(turn_id, 3, 2, lambda: [b"b", b"c"])
    assert await stored(turn_log, turn_id) == [(3, 1, b"a"), (3, 2, b"b"), (3, 3, b"c")]
    assert [record.data for record in await turn_log.read(turn_id, (3, 2))] == [b"c"]
    assert await turn_log.read(turn_id, (3, 3), block_ms=20) == []


async def test_a_repeated_write_changes_nothing(turn_log: TurnLog, turn_id: str) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a", b"b"])
    await turn_log.append(turn_id, 3, 1, lambda: [b"a", b"b"])
    await turn_log.append(turn_id, 3, 2, lambda: [b"b", b"c"])
    assert [data for _, _, data in await stored(turn_log, turn_id)] == [b"a", b"b", b"c"]


async def test_a_writer_with_an_older_epoch_is_refused(turn_log: TurnLog, turn_id: str) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    await turn_log.append(turn_id, 4, 1, lambda: [b"again"])
    with pytest.raises(TurnLogTaken):
        await turn_log.append(turn_id, 3, 2, lambda: [b"zombie"])
    assert [data for _, _, data in await stored(turn_log, turn_id)] == [b"a", b"again"]


async def test_a_log_that_is_gone_is_noticed(turn_log: TurnLog, turn_id: str) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    await turn_log.delete(turn_id)
    with pytest.raises(TurnLogLost):
        await turn_log.append(turn_id, 3, 2, lambda: [b"b"])
    assert await stored(turn_log, turn_id) == []


async def test_a_log_that_forgot_what_came_last_is_noticed_before_it_has_a_gap(
    turn_log: TurnLog, redis_client: Redis, turn_id: str
) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a", b"b"])
    await turn_log.append(turn_id, 3, 3, lambda: [b"c"])
    await redis_client.xdel(f"turn-log:{turn_id}", "3-3")
    with pytest.raises(TurnLogLost):
        await turn_log.append(turn_id, 3, 4, lambda: [b"d"])
    assert [data for _, _, data in await stored(turn_log, turn_id)] == [b"a", b"b"]


async def test_a_writer_of_a_new_epoch_begins_at_one(turn_log: TurnLog, turn_id: str) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    with pytest.raises(TurnLogLost):
        await turn_log.append(turn_id, 4, 2, lambda: [b"b"])
    await turn_log.append(turn_id, 4, 1, lambda: [b"a", b"b"])
    assert (await stored(turn_log, turn_id))[1:] == [(4, 1, b"a"), (4, 2, b"b")]


async def test_a_log_lives_longer_than_its_turn_and_goes_a_while_after_its_last_events(
    turn_log: TurnLog, redis_client: Redis, turn_id: str
) -> None:
    async def left() -> int:
        return int(await redis_client.ttl(f"turn-log:{turn_id}"))

    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    await turn_log.append(turn_id, 3, 2, lambda: [b"b"])
    assert 10 < await left() <= 60
    with pytest.raises(TurnLogTaken):
        await turn_log.append(turn_id, 2, 2, lambda: [b"zombie"], ended=True)
    assert await left() > 10
    await turn_log.append(turn_id, 3, 3, lambda: [b"c"], ended=True)
    assert 0 < await left() <= 10
    await turn_log.append(turn_id, 4, 1, lambda: [b"a", b"b", b"c"])
    assert await left() > 10
    await turn_log.append(turn_id, 5, 1, lambda: [b"a", b"b", b"c"], ended=True)
    assert 0 < await left() <= 10


async def test_without_redis_every_call_says_so_soon(turn_id: str) -> None:
    url = f"redis://127.0.0.1:{embedded.free_port()}/0"
    away = redis_connection.connect(RedisSettings.model_validate({"REDIS_URL": url}))
    turn_log = TurnLog(away, 60, 10)
    for call in (
        turn_log.ping(),
        turn_log.append(turn_id, 1, 1, lambda: [b"a"]),
        turn_log.read(turn_id),
        turn_log.end(turn_id),
    ):
        with pytest.raises(TurnLogUnavailable):
            await call
    await away.aclose()


async def test_a_write_that_is_repeated_with_more_behind_it_adds_only_that(
    turn_log: TurnLog, turn_id: str
) -> None:
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    await turn_log.append(turn_id, 3, 2, lambda: [b"b"])
    await turn_log.append(turn_id, 3, 2, lambda: [b"b", b"c", b"d"])
    assert await stored(turn_log, turn_id) == [(3, 1, b"a"), (3, 2, b"b"), (3, 3, b"c"), (3, 4, b"d")]
    assert [record.number for record in await turn_log.read(turn_id, (3, 3))] == [4]


async def append_together(turn_log: TurnLog, *appends: tuple[str, int, int]) -> list[type | None]:
    """One event to each log, at this epoch and place, in one write: what was raised to whom."""
    told = await asyncio.gather(
        *(turn_log.append(turn_id, epoch, number, lambda: [b"b"]) for turn_id, epoch, number in appends),
        return_exceptions=True,
    )
    return [type(end) if end else None for end in told]


async def begun(turn_log: TurnLog, count: int) -> list[str]:
    """Logs with one event."""
    turn_ids = [str(uuid4()) for _ in range(count)]
    for turn_id in turn_ids:
        await turn_log.append(turn_id, 3, 1, lambda: [b"a"])
    return turn_ids


async def test_a_log_that_redis_refuses_harms_no_other_that_is_written_with_it(
    turn_log: TurnLog, redis_client: Redis
) -> None:
    before, refused, behind = await begun(turn_log, 3)
    await redis_client.set(f"turn-log:{refused}", "not a stream")
    told = await append_together(turn_log, (before, 3, 2), (refused, 3, 2), (behind, 3, 2))
    assert told == [None, TurnLogUnavailable, None]
    for turn_id in (before, behind):
        assert await stored(turn_log, turn_id) == [(3, 1, b"a"), (3, 2, b"b")]


async def test_of_logs_that_are_written_together_each_has_its_own_answer(turn_log: TurnLog) -> None:
    lost, taken, good = await begun(turn_log, 3)
    told = await append_together(turn_log, (lost, 3, 5), (taken, 2, 2), (good, 3, 2))
    assert told == [TurnLogLost, TurnLogTaken, None]
    assert await stored(turn_log, good) == [(3, 1, b"a"), (3, 2, b"b")]


async def test_a_redis_that_forgot_the_script_is_given_it_again(
    turn_log: TurnLog, redis_client: Redis
) -> None:
    turn_ids = await begun(turn_log, 3)
    await redis_client.script_flush()
    assert await append_together(turn_log, *((turn_id, 3, 2) for turn_id in turn_ids)) == [None] * 3
    for turn_id in turn_ids:
        assert await stored(turn_log, turn_id) == [(3, 1, b"a"), (3, 2, b"b")]


async def test_a_redis_that_has_only_begun_is_given_the_script_by_the_first_write(
    turn_log: TurnLog, redis_client: Redis, turn_id: str
) -> None:
    await redis_client.script_flush()
    await turn_log.append(turn_id, 3, 1, lambda: [b"a"], at_once=True)
    assert await stored(turn_log, turn_id) == [(3, 1, b"a")]
