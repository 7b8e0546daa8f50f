"""Text is heard on the event loop of production as well, whose connections are its own."""

import asyncio
import ssl
from pathlib import Path

import pytest
import uvloop

from tests.contract.models.hand_made import HEAD, LAST, REQUEST, TEXT, Playing, chunk, listening, provider_at
from tests.contract.models.test_hear import Ear, read
from tests.integration.tools.website.test_tls import certificate
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Finish


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def tls(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ssl.SSLContext | None:
    """What a server speaks TLS with, whose certificate the product trusts; None: it doesn't."""
    if not request.param:
        return None
    chain, secret = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    return context


def test_a_connection_is_used_again_when_everything_was_heard(tls: ssl.SSLContext | None) -> None:
    playing, ear = Playing(HEAD, chunk(TEXT), chunk(LAST), chunk(b"")), Ear()

    async def scene() -> None:
        async with (
            listening(playing.answer, tls=tls) as url,
            provider_at(url.replace("127.0.0.1", "localhost")) as provider,
        ):
            for _ in range(3):
                assert await read(provider, ear) == [Finish("stop", None)]

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(scene())
    assert (playing.connections, ear.taken) == (1, ["hi"] * 3)


def test_a_lost_connection_is_noticed_while_everything_is_heard(tls: ssl.SSLContext | None) -> None:
    playing, ear = Playing(HEAD, chunk(TEXT), end="hangs up"), Ear()

    async def scene() -> None:
        async with (
            listening(playing.answer, tls=tls) as url,
            provider_at(url.replace("127.0.0.1", "localhost")) as provider,
        ):
            await read(provider, ear)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, pytest.raises(ModelFailure) as failed:
        runner.run(scene())
    assert (failed.value.reason, ear.taken) == ("connection", ["hi"])


def test_a_reader_that_is_cancelled_closes_the_connection(tls: ssl.SSLContext | None) -> None:
    gone: list[bool] = []

    async def scene() -> None:
        heard, closed = asyncio.Event(), asyncio.Event()
        playing = Playing(HEAD, chunk(TEXT), end="falls silent")

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await playing.answer(reader, writer)
            closed.set()

        def hear(_piece: str) -> bool:
            heard.set()
            return True

        async with (
            listening(answer, tls=tls) as url,
            provider_at(url.replace("127.0.0.1", "localhost")) as provider,
            asyncio.timeout(5),
        ):
            task = asyncio.ensure_future(anext(provider.stream(REQUEST, hear)))
            await heard.wait()
            task.cancel()
            await asyncio.wait([task])
            await closed.wait()
            gone.append(task.cancelled())

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(scene())
    assert gone == [True]
