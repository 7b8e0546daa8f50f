"""The log: read here and elsewhere without gap or repeat, lost and begun anew, gone and replaced by the record."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from agents.events import TextDelta, TurnEvent, TurnFinished, TurnStarted
from agents.runner import TurnHandle
from agents.turns.entries import END, INSIDE, LogEntry, join_text
from persistence import redis_client as redis_connection
from persistence.session import Database
from persistence.settings import DatabaseSettings, RedisSettings
from tests import embedded
from tests.fixtures.turns import Turns, open_turns
from tools.errors import ProviderUnavailable
from tools.sessions.lookup import SessionReference


@pytest.fixture
async def elsewhere(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> AsyncIterator[Turns]:
    """Another process's runner on the same database and Redis."""
    async with open_turns(database, database_settings, redis_client) as turns:
        yield turns


async def entries(turns: Turns, turn: TurnHandle) -> list[LogEntry]:
    return [entry async for batch in turns.runner.follow(turn.turn_id) for entry in batch]


def told(found: list[LogEntry]) -> list[TurnEvent]:
    return join_text(entry.event for entry in found)


def places(found: list[LogEntry]) -> list[tuple[int, int]]:
    return [(entry.epoch, entry.number) for entry in found]


async def test_readers_here_and_elsewhere_get_the_same_entries(turns: Turns, elsewhere: Turns) -> None:
    turn = await turns.say("held", "chat")
    readers = [asyncio.create_task(entries(where, turn)) for where in (turns, elsewhere, turns, elsewhere)]
    await asyncio.sleep(0.3)
    late = asyncio.create_task(entries(elsewhere, turn))
    turns.upstream.release.set()
    found = await asyncio.gather(*readers, late)
    assert all(one == found[0] for one in found)
    assert places(found[0]) == [(1, number) for number in range(1, len(found[0]) + 1)]


async def test_a_reader_that_comes_and_goes_changes_nothing(turns: Turns) -> None:
    turn = await turns.say("held", "chat")
    for _ in range(20):
        reader = asyncio.create_task(entries(turns, turn))
        await asyncio.sleep(0.005)
        reader.cancel()
    turns.upstream.release.set()
    assert (await entries(turns, turn))[-1].event == TurnFinished("stop")


async def test_text_that_comes_quickly_is_written_together(turns: Turns) -> None:
    turn = await turns.say(" ".join(f"word{number}" for number in range(500)), "chat")
    found = await entries(turns, turn)
    deltas = [entry for entry in found if isinstance(entry.event, TextDelta)]
    assert len(deltas) < 100
    assert "".join(e.event.text for e in deltas if isinstance(e.event, TextDelta)).count("word") == 500


async def test_without_redis_no_turn_begins_and_nothing_is_stored(
    database: Database, database_settings: DatabaseSettings
) -> None:
    url = f"redis://127.0.0.1:{embedded.free_port()}/0"
    away = redis_connection.connect(RedisSettings.model_validate({"REDIS_URL": url}))
    async with open_turns(database, database_settings, away) as turns:
        with pytest.raises(ProviderUnavailable) as refused:
            await turns.say("hello", "chat")
        assert refused.value.error_code == "stream_unavailable"
        async with database.unit_of_work() as uow:
            for table in ("DiscoverySessions", "AgentRuns"):
                count = await uow.session.connection()
                rows = await count.exec_driver_sql(
                    f'SELECT count(*) FROM "{table}" WHERE "ProjectID" = {turns.workspace_id}'
                )
                assert rows.scalar_one() == 0
    await away.aclose()


async def test_a_log_that_redis_forgot_begins_anew_under_a_new_epoch(
    turns: Turns, elsewhere: Turns, redis_client: Redis
) -> None:
    turn = await turns.say("held", "chat")
    here, there = asyncio.create_task(entries(turns, turn)), asyncio.create_task(entries(elsewhere, turn))
    await asyncio.sleep(0.3)
    await redis_client.delete(f"turn-log:{turn.turn_id}")
    turns.upstream.release.set()
    seen_here, seen_there = await asyncio.gather(here, there)
    assert told(seen_here) == told(seen_there)
    again = await entries(elsewhere, turn)
    assert told(again) == told(seen_here)
    assert places(again) == [(2, number) for number in range(1, len(again) + 1)]


async def test_the_turn_goes_on_when_redis_dies(
    database: Database, database_settings: DatabaseSettings, tmp_path: Path
) -> None:
    with embedded.valkey(tmp_path) as url:
        client = redis_connection.connect(RedisSettings.model_validate({"REDIS_URL": url}))
        async with open_turns(database, database_settings, client) as turns:
            turn = await turns.say("held", "chat")
            reader = asyncio.create_task(entries(turns, turn))
            await asyncio.sleep(0.2)
            await client.shutdown(nosave=True)
            turns.upstream.release.set()
            found = await reader
            assert found[-1].event == TurnFinished("stop")
            assert told(found) == told(await entries(turns, turn))
        await client.aclose()


async def test_a_turn_whose_log_is_gone_is_told_from_its_record(turns: Turns, redis_client: Redis) -> None:
    turn = await turns.say("hello there", "chat")
    live = await entries(turns, turn)
    await turns.runner.close()
    await redis_client.delete(f"turn-log:{turn.turn_id}")
    recorded = await entries(turns, turn)
    assert told(recorded) == told(live)
    assert set(places(recorded)[:-1]) == {(1, INSIDE)}
    assert places(recorded)[-1] == (1, END)


async def test_a_log_stays_for_a_while_after_the_turn(turns: Turns, redis_client: Redis) -> None:
    turn = await turns.say("held", "chat")
    while_running = await redis_client.ttl(f"turn-log:{turn.turn_id}")
    turns.upstream.release.set()
    await entries(turns, turn)
    await turns.runner.close()
    afterwards = await redis_client.ttl(f"turn-log:{turn.turn_id}")
    assert while_running > turns.runner.settings.time_limit
    assert 0 < afterwards <= turns.runner.settings.log_ttl


async def test_who_has_read_all_has_nothing_to_come_back_to(turns: Turns) -> None:
    turn = await turns.say("hello", "chat")
    found = await entries(turns, turn)
    find, reference = turns.runner.find, SessionReference(client_chat_id="chat")
    for after, expected in (
        (None, None),
        ((1, len(found)), None),
        ((1, 2), turn),
        ((7, 1), None),
    ):
        assert await find(turns.caller, turns.workspace_id, reference, after=after) == expected


async def test_the_running_turn_is_what_one_comes_back_to(turns: Turns) -> None:
    turn = await turns.say("held", "chat")
    reference = SessionReference(client_chat_id="chat")
    assert await turns.runner.find(turns.caller, turns.workspace_id, reference) == turn
    turns.upstream.release.set()
    first = (await entries(turns, turn))[0].event
    assert isinstance(first, TurnStarted)
    assert first.turn_id == str(turn.turn_id)
