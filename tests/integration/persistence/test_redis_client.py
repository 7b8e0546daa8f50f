"""The Redis client: bytes out, and no command that hangs."""

import asyncio
import time

import httpx
import pytest
import uvloop
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from persistence.redis_client import connect
from persistence.settings import RedisSettings
from tests.durability.gate import gate_before
from tests.embedded import free_port


def client_of(url: str, timeout: float) -> Redis:
    """A client with a time limit in seconds."""
    return connect(RedisSettings.model_validate({"REDIS_URL": url, "REDIS_TIMEOUT": timeout}))


async def test_it_answers_in_bytes(redis_client: Redis) -> None:
    await redis_client.set("test:client", "grüße", ex=10)
    assert await redis_client.get("test:client") == "grüße".encode()


async def test_a_refused_connection_is_an_error_within_the_limit() -> None:
    client = client_of(f"redis://127.0.0.1:{free_port()}/0", 0.5)
    started = time.monotonic()
    with pytest.raises(RedisConnectionError):
        await client.get("key")
    assert time.monotonic() - started < 1.5
    await client.aclose()


async def test_a_server_that_never_answers_is_an_error_after_one_retry() -> None:
    connections = 0

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.read()
        writer.close()

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    client = client_of(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", 0.3)
    started = time.monotonic()
    with pytest.raises((RedisTimeoutError, RedisConnectionError)):
        await client.get("key")
    assert time.monotonic() - started < 2.0
    assert connections <= 4
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_two_hundred_commands_at_once_are_answered(redis_client: Redis) -> None:
    answers = await asyncio.gather(*(redis_client.echo(str(number)) for number in range(200)))
    assert answers == [str(number).encode() for number in range(200)]


def test_a_connection_that_was_reset_is_replaced_and_missed_only_while_there_is_no_other(
    redis_url: str,
) -> None:
    uvloop.run(
        _resets(httpx.URL(redis_url))
    )  # the event loop of the API; asyncio's own takes writes to the dead


async def _resets(url: httpx.URL) -> None:
    assert url.port is not None
    async with gate_before(url.port) as gate:
        client = client_of(str(url.copy_with(port=gate.port)), 0.5)
        for _ in range(2):
            assert await client.echo("here") == b"here"
            await gate.shut()
            await asyncio.sleep(0.05)
            await gate.open()
        assert await client.echo("here again") == b"here again"
        await gate.shut()
        await asyncio.sleep(0.05)
        with pytest.raises(RedisConnectionError):
            await client.echo("gone")
        await client.aclose()
