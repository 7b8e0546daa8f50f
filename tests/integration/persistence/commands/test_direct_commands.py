"""Commands over kept connections: everybody gets the answer to their own, or the errors of the client within its limits."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
import uvloop
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from persistence.commands.direct_commands import KEPT, DirectCommands
from persistence.redis_client import connect
from persistence.settings import RedisSettings
from tests.durability.gate import Gate, gate_before
from tests.embedded import free_port

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LIMIT = 0.3


@asynccontextmanager
async def client_of(url: str, limit: float = LIMIT) -> AsyncIterator[Redis]:
    """A client with a time limit in seconds."""
    client = connect(RedisSettings.model_validate({"REDIS_URL": url, "REDIS_TIMEOUT": limit}))
    try:
        yield client
    finally:
        await client.aclose()


@asynccontextmanager
async def client_of_gate(redis_url: str, database: int = 0) -> AsyncIterator[tuple[Redis, Gate]]:
    """A client of the run's Redis behind a gate."""
    url = httpx.URL(redis_url)
    assert url.port is not None
    async with (
        gate_before(url.port) as gate,
        client_of(str(url.copy_with(port=gate.port, path=f"/{database}"))) as client,
    ):
        yield client, gate


@asynccontextmanager
async def client_of_server(serve: Serve) -> AsyncIterator[Redis]:
    """A client of a server that is no Redis."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        async with client_of(f"redis://127.0.0.1:{port}/0?protocol=2") as client:
            yield client
    finally:
        server.close()


def in_use(client: Redis) -> int:
    """How many connections of the client's pool are not free for others."""
    return len(list(client.connection_pool._get_in_use_connections()))


async def test_text_bytes_and_numbers_go_out_and_bytes_come_back(redis_client: Redis) -> None:
    direct = DirectCommands(redis_client)
    answers = await direct.execute("EVAL", "return {KEYS[1], ARGV[1], ARGV[2]}", 1, b"\x00\r\n", "grüße", 7)
    assert answers == [b"\x00\r\n", "grüße".encode(), b"7"]


async def test_what_is_large_arrives_whole(redis_client: Redis) -> None:
    large = bytes(range(256)) * 20_000
    assert await DirectCommands(redis_client).execute("ECHO", large) == large


async def test_a_refusal_is_raised_and_the_connection_stays(redis_client: Redis) -> None:
    direct = DirectCommands(redis_client)
    number = await direct.execute("CLIENT", "ID")
    with pytest.raises(NoScriptError):
        await direct.execute("EVALSHA", "0" * 40, 0)
    with pytest.raises(ResponseError, match="unknown command"):
        await direct.execute("NONSENSE")
    assert await direct.execute("CLIENT", "ID") == number


async def test_of_commands_that_go_out_together_a_refusal_is_one_answer(redis_client: Redis) -> None:
    commands = [("ECHO", "a"), ("NONSENSE",), ("ECHO", "b")]
    before, refusal, behind = await DirectCommands(redis_client).execute_all(commands)
    assert (before, behind) == (b"a", b"b")
    assert isinstance(refusal, ResponseError)


async def test_many_at_once_each_get_their_own_and_the_rush_goes_back_to_the_pool(redis_url: str) -> None:
    async with client_of(redis_url, 5.0) as client:
        direct = DirectCommands(client)
        asked = (direct.execute("ECHO", str(number)) for number in range(KEPT * 4))
        assert await asyncio.gather(*asked) == [str(number).encode() for number in range(KEPT * 4)]
        assert in_use(client) == KEPT
        assert all(free.socket_timeout == 5.0 for free in client.connection_pool._get_free_connections())


async def test_one_after_the_other_takes_one_connection_which_ends_with_the_client(redis_url: str) -> None:
    async with client_of(redis_url) as client:
        direct = DirectCommands(client)
        numbers = {await direct.execute("CLIENT", "ID") for _ in range(5)}
        assert len(numbers) == in_use(client) == 1
    async with client_of(redis_url) as other:
        assert b"id=%d " % numbers.pop() not in await DirectCommands(other).execute("CLIENT", "LIST")


async def test_who_is_cancelled_leaves_no_answer_to_the_next(redis_client: Redis) -> None:
    direct = DirectCommands(redis_client)
    for turns in range(12):
        leaving = asyncio.create_task(direct.execute("ECHO", "for nobody"))
        for _ in range(turns):
            await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait({leaving})
        assert await direct.execute("ECHO", str(turns)) == str(turns).encode()


async def test_an_answer_that_comes_too_late_is_heard_by_nobody() -> None:
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer at once, but the first connection's ECHO only behind the limit."""
        nonlocal connections
        connections += 1
        first = connections == 1
        while given := await reader.read(4096):
            if b"ECHO" in given and first:
                await asyncio.sleep(LIMIT * 1.5)
            word = given.split(b"\r\n")[-2]
            writer.write(b"$%d\r\n%s\r\n" % (len(word), word) if b"ECHO" in given else _welcome(given))
            await writer.drain()
        writer.close()

    async with client_of_server(serve) as client:
        direct = DirectCommands(client)
        assert await direct.execute("ECHO", "one") == b"one"
        await asyncio.sleep(LIMIT)
        assert await direct.execute("ECHO", "two") == b"two"
    assert connections == 2


def _welcome(given: bytes) -> bytes:
    """OK to each command of a client's greeting."""
    return b"+OK\r\n" * sum(line.startswith(b"*") for line in given.split(b"\r\n"))


async def test_a_server_that_never_answers_is_an_error_after_one_more_try() -> None:
    tries = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        while given := await reader.read(4096):
            if b"ECHO" in given:
                tries += 1
                continue
            writer.write(_welcome(given))
            await writer.drain()
        writer.close()

    async with client_of_server(serve) as client:
        began = time.monotonic()
        with pytest.raises(RedisTimeoutError):
            await DirectCommands(client).execute("ECHO", "one")
        assert time.monotonic() - began < LIMIT * 3
    assert tries == 2


async def test_a_refused_connection_is_an_error_within_the_limit() -> None:
    began = time.monotonic()
    async with client_of(f"redis://127.0.0.1:{free_port()}/0") as client:
        with pytest.raises(RedisConnectionError):
            await DirectCommands(client).execute("PING")
    assert time.monotonic() - began < LIMIT * 3


async def test_a_connection_that_the_server_closed_is_opened_again_in_its_database(redis_url: str) -> None:
    async with client_of(redis_url) as other, client_of_gate(redis_url, database=3) as (client, _):
        direct = DirectCommands(client)
        for _ in range(2):
            number = await direct.execute("CLIENT", "ID")
            await other.client_kill_filter(_id=str(number))
            await asyncio.sleep(0.05)
            assert b" db=3 " in await direct.execute("CLIENT", "INFO")
        assert in_use(client) == 1


async def test_what_nobody_asked_for_is_not_taken_for_an_answer(redis_url: str) -> None:
    async with client_of(redis_url) as client:
        direct = DirectCommands(client)
        await direct.execute("PING")
        (kept,) = client.connection_pool._get_in_use_connections()
        await kept.send_command("ECHO", "for nobody")
        await asyncio.sleep(0.05)
        assert await direct.execute("ECHO", "mine") == b"mine"


async def test_a_connection_that_the_pool_wants_renewed_is_renewed(redis_url: str) -> None:
    async with client_of(redis_url) as client:
        direct = DirectCommands(client)
        number = await direct.execute("CLIENT", "ID")
        await client.connection_pool.update_active_connections_for_reconnect()  # type: ignore[no-untyped-call]
        renewed = await direct.execute("CLIENT", "ID")
        assert renewed != number
        assert await direct.execute("CLIENT", "ID") == renewed


def test_a_reset_is_missed_only_while_there_is_no_other_server(redis_url: str) -> None:
    uvloop.run(_resets(redis_url))  # the event loop of the API; asyncio's own takes writes to the dead


async def _resets(redis_url: str) -> None:
    async with client_of_gate(redis_url) as (client, gate):
        direct = DirectCommands(client)
        for _ in range(2):
            assert await direct.execute("ECHO", "here") == b"here"
            await gate.shut()
            await asyncio.sleep(0.05)
            await gate.open()
        assert await direct.execute("ECHO", "here again") == b"here again"
        await gate.shut()
        await asyncio.sleep(0.05)
        with pytest.raises(RedisConnectionError):
            await direct.execute("ECHO", "gone")
        await gate.open()
        assert await direct.execute("ECHO", "back") == b"back"
        assert in_use(client) == 1
