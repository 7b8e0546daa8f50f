"""How a provider is reached: over TLS with the machine's trust, by as many connections and for as long as the settings say."""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.contract.models.hand_made import REQUEST, Recording, asked, listening, provider_at, well_answered
from tests.integration.tools.website.test_tls import certificate
from tools.providers.models.failure import ModelFailure
from tools.providers.models.openai.chat import OpenAIProvider

Ask = Callable[[OpenAIProvider], Awaitable[str]]


async def whole(provider: OpenAIProvider) -> str:
    return (await provider.complete(REQUEST)).text


async def streamed(provider: OpenAIProvider) -> str:
    return "".join([part async for part in provider.stream(REQUEST) if isinstance(part, str)])


both = pytest.mark.parametrize("ask", [whole, streamed])


@both
async def test_only_a_certificate_that_the_machine_trusts_is_talked_to(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chain, secret = certificate(tmp_path, "localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(chain, secret)
    served = Recording()
    async with listening(served.answer, tls=tls) as url:
        named = url.replace("127.0.0.1", "localhost")
        async with provider_at(named) as provider:
            with pytest.raises(ModelFailure) as failed:
                await ask(provider)
        assert failed.value.reason == "connection"
        assert not served.requests
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        async with provider_at(named) as provider:
            assert await ask(provider) == "hi"


@contextmanager
def crowded() -> Iterator[int]:
    """A port where connections are not refused, and never come about: too many wait already."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        while True:
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0.2)
            try:
                waiting.connect(server.getsockname())
            except TimeoutError:
                break
        yield server.getsockname()[1]


@both
async def test_a_server_that_does_not_let_anybody_in_is_given_up_in_time(ask: Ask) -> None:
    with crowded() as port:
        async with provider_at(
            f"http://127.0.0.1:{port}/v1", MODEL_CONNECT_TIMEOUT=0.3, MODEL_TOTAL_TIMEOUT=5
        ) as provider:
            began = time.monotonic()
            with pytest.raises(ModelFailure) as failed:
                await ask(provider)
    assert (failed.value.error_code, failed.value.reason) == ("model_unavailable", "timeout")
    assert time.monotonic() - began < 2


@both
async def test_nobody_there_is_a_lost_connection(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    async with provider_at(f"http://127.0.0.1:{port}/v1") as provider:
        with pytest.raises(ModelFailure) as failed:
            await ask(provider)
    assert (failed.value.reason, failed.value.again_after) == ("connection", 0)


async def test_no_more_connections_are_open_at_once_than_the_settings_say() -> None:
    open_now = most = 0

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        while True:
            _, body = await asked(reader)
            open_now += 1
            most = max(most, open_now)
            await asyncio.sleep(0.05)
            open_now -= 1
            writer.write(well_answered(body))

    async with listening(slowly) as url, provider_at(url, MODEL_CONCURRENCY=1) as provider:
        assert await asyncio.gather(*(whole(provider) for _ in range(12))) == ["hi"] * 12
    assert most == 5  # four more, for what is asked beside
