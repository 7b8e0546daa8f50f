"""The connections to a provider: lost in every way they can be, used again, closed at once when nobody listens any more."""

import asyncio
from contextlib import aclosing

import pytest

from tests import embedded
from tests.contract.models.hand_made import (
    HEAD,
    LAST,
    REQUEST,
    TEXT,
    Answer,
    asked,
    chunk,
    listening,
    provider_at,
)
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Finish


async def failure_at(url: str, **changes: object) -> tuple[ModelFailure, str]:
    """How a stream fails, and what came of it before."""
    said = ""
    async with provider_at(url, **changes) as provider:
        with pytest.raises(ModelFailure) as failed:
            async for part in provider.stream(REQUEST):
                said += part if isinstance(part, str) else ""
    return failed.value, said


async def hangs_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Not even reads."""


async def hangs_up_after_the_request(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await asked(reader)


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asked(reader)
    writer.write(HEAD + chunk(TEXT))
    await writer.drain()
    await asyncio.sleep(0.05)


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await breaks_off(reader, writer)
    writer.transport.abort()


@pytest.mark.parametrize(
    ("answer", "said"),
    [(hangs_up, ""), (hangs_up_after_the_request, ""), (breaks_off, "hi"), (resets, "hi")],
)
async def test_a_lost_connection_is_told_from_a_long_wait(answer: Answer, said: str) -> None:
    async with listening(answer) as url:
        failure, text = await failure_at(url)
    assert (failure.error_code, failure.reason, failure.again_after) == ("model_unavailable", "connection", 0)
    assert text == said


async def test_nobody_there_is_no_long_wait_either() -> None:
    failure, _ = await failure_at(f"http://127.0.0.1:{embedded.free_port()}/v1")
    assert (failure.reason, failure.again_after) == ("connection", 0)


async def test_what_is_not_tls_is_a_lost_connection() -> None:
    async def speaks_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with listening(speaks_plainly) as url:
        failure, _ = await failure_at(url.replace("http:", "https:"))
    assert (failure.error_code, failure.reason) == ("model_unavailable", "connection")


async def test_an_answer_that_is_no_http_is_garbled() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(b"what?\r\n\r\n")
        await writer.drain()

    async with listening(babble) as url:
        failure, _ = await failure_at(url)
    assert (failure.error_code, failure.again_after) == ("model_garbled", 0)


async def test_a_silent_server_is_waited_for_as_long_as_the_settings_say() -> None:
    async def nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()
        await reader.read()

    async with listening(nothing) as url:
        failure, _ = await failure_at(url, MODEL_FIRST_TOKEN_TIMEOUT=0.2)
        assert (failure.reason, failure.again_after) == ("first_token_timeout", None)
        async with provider_at(url, MODEL_TOTAL_TIMEOUT=0.2) as provider:
            with pytest.raises(ModelFailure) as failed:
                await provider.complete(REQUEST)
    assert failed.value.reason == "timeout"


async def test_a_connection_is_used_again_after_a_whole_answer() -> None:
    connections = 0

    async def talk_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await asked(reader)
            writer.write(HEAD + chunk(TEXT) + chunk(LAST) + chunk(b""))
            await writer.drain()

    async with listening(talk_on) as url, provider_at(url) as provider:
        for _ in range(3):
            assert [part async for part in provider.stream(REQUEST)] == ["hi", Finish("stop", None)]
    assert connections == 1


async def test_a_connection_closes_when_the_reader_goes() -> None:
    gone = asyncio.Event()

    async def talk_until_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(HEAD + chunk(TEXT))
        await reader.read()
        gone.set()

    async with listening(talk_until_gone) as url, provider_at(url) as provider:
        async with aclosing(provider.stream(REQUEST)) as parts:
            assert await anext(parts) == "hi"
        async with asyncio.timeout(1):
            await gone.wait()
