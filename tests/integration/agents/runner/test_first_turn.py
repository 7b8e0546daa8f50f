"""A talk's first turn comes into being in one statement, as by the way of all others; whoever begins holds few connections."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import func, inspect, select

from persistence import redis_client as redis_connection
from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoverySession
from persistence.models.workspace import ProjectRole
from persistence.session import Database
from persistence.settings import DatabaseSettings, RedisSettings
from tests.fixtures.turns import Turns, open_turns
from tools.errors import Conflict, Forbidden, NotFound, ProviderUnavailable, QuotaExceeded
from tools.sessions.lookup import SessionReference
from tools.turns.requests import MessageRequest

EACH_ITS_OWN = {
    AgentRun: {"id", "thread_id", "session_id", "client_message_id", "message_id", "started_at"},
    DiscoverySession: {"id", "thread_id", "client_chat_id", "active_turn_id", "lease_until"},
}
WHEN = {"created_at", "updated_at"}


def columns(row: Any) -> dict[str, Any]:
    """What two rows that came about alike have in common."""
    kind = type(row)
    names = {attribute.key for attribute in inspect(kind).column_attrs} - EACH_ITS_OWN[kind] - WHEN
    return {name: getattr(row, name) for name in names}


async def test_it_is_what_any_other_turn_that_begins_a_talk_is(turns: Turns) -> None:
    usual = await turns.say("held", "usual")
    one = await turns.say("held", "one", first=True)
    assert columns(await turns.session(one.session_id)) == columns(await turns.session(usual.session_id))
    (run,), (other,) = await turns.runs(one.session_id), await turns.runs(usual.session_id)
    assert columns(run) == columns(other)
    session = await turns.session(one.session_id)
    assert (session.client_chat_id, session.active_turn_id, session.thread_id) == (
        "one",
        one.turn_id,
        run.thread_id,
    )
    turns.upstream.release.set()
    await turns.events(one)
    await turns.events(usual)


async def test_a_talk_without_a_name_begins_anew_each_time(turns: Turns) -> None:
    request = MessageRequest(SessionReference(), "hello", "m-1")
    begun = [await turns.runner.start(turns.caller, turns.workspace_id, request) for _ in range(2)]
    assert len({turn.session_id for turn in begun}) == 2
    for turn in begun:
        await turns.events(turn)
        (run,) = await turns.runs(turn.session_id)
        assert run.client_message_id == "m-1"


async def test_a_first_message_that_comes_again_joins_and_another_is_refused(turns: Turns) -> None:
    answers = await asyncio.gather(*(turns.say("held", "chat", "m-1", first=True) for _ in range(5)))
    assert len({answer.turn_id for answer in answers}) == 1
    with pytest.raises(Conflict) as refused:
        await turns.say("other", "chat", "m-2", first=True)
    assert refused.value.extra["turnId"] == str(answers[0].turn_id)
    turns.upstream.release.set()
    await turns.events(answers[0])


async def stored(turns: Turns) -> int:
    """How many talks the workspace has."""
    async with turns.database.unit_of_work() as uow:
        here = DiscoverySession.workspace_id == turns.workspace_id
        return int((await uow.session.execute(select(func.count()).where(here))).scalar_one())


async def test_what_is_too_much_or_not_allowed_stores_nothing(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> None:
    limits = {"TURN_RATE_PER_MINUTE": 2}
    async with open_turns(database, database_settings, redis_client, **limits) as turns:
        viewer = await turns.member(ProjectRole.VIEWER)
        request = MessageRequest(SessionReference(), "hello")
        with pytest.raises(Forbidden):
            await turns.runner.start(viewer, turns.workspace_id, request)
        for number in range(2):
            await turns.events(await turns.say("hello", f"chat-{number}", first=True))
        with pytest.raises(QuotaExceeded) as refused:
            await turns.say("hello", "chat-3", first=True)
        assert refused.value.error_code == "too_many_turns"
        assert await stored(turns) == 2


async def test_a_stranger_is_told_nothing(turns: Turns, elsewhere: Turns) -> None:
    with pytest.raises(NotFound):
        await turns.runner.start(
            elsewhere.caller, turns.workspace_id, MessageRequest(SessionReference(), "hi")
        )
    assert await stored(turns) == 0


@pytest.fixture
async def elsewhere(
    database: Database, database_settings: DatabaseSettings, redis_client: Redis
) -> AsyncIterator[Turns]:
    """Turns of another workspace."""
    async with open_turns(database, database_settings, redis_client) as turns:
        yield turns


@pytest.fixture
async def hanging() -> AsyncIterator[Redis]:
    """A Redis that takes commands and says nothing."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = {"REDIS_URL": f"redis://127.0.0.1:{port}/0", "REDIS_TIMEOUT": 0.3}
    client = redis_connection.connect(RedisSettings.model_validate(settings))
    yield client
    await client.aclose()
    for writer in held:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("first", [True, False])
async def test_a_person_who_begins_much_while_redis_hangs_holds_one_connection(
    database: Database, database_settings: DatabaseSettings, hanging: Redis, *, first: bool
) -> None:
    async with open_turns(database, database_settings, hanging) as turns:
        starts = [
            asyncio.ensure_future(turns.say("hello", f"chat-{number}", first=first)) for number in range(10)
        ]
        most = 0
        for _ in range(20):
            await asyncio.sleep(0.02)
            most = max(most, await busy(database))
        assert most <= 1
        for start in starts[3:]:
            start.cancel()
        answers = await asyncio.gather(*starts, return_exceptions=True)
        assert all(isinstance(answer, ProviderUnavailable) for answer in answers[:3])
        assert await stored(turns) == 0


async def busy(database: Database) -> int:
    """How many connections of this run are in a transaction, this question's own aside."""
    [[count]] = await database.reads.rows(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'quiver' AND xact_start IS NOT NULL"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    return int(count)
