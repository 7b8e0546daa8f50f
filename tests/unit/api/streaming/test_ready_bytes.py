"""The answer that sends ready bytes: heartbeats in silence, an end for clients that take nothing, and a cleaned-up source."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from sse_starlette.sse import SendTimeoutError

from api.middleware.request_record import BODY_SEND
from api.streaming.sse import HEARTBEAT, ReadyBytesResponse

SCOPE = {"type": "http", "method": "GET"}


class Source:
    """Content that says when it was closed."""

    def __init__(self, *pieces: bytes, silence: float = 0.0) -> None:
        self.pieces = pieces
        self.silence = silence
        self.closed = False

    async def content(self) -> AsyncGenerator[bytes, None]:
        try:
            for piece in self.pieces:
                yield piece
                await asyncio.sleep(self.silence)
        finally:
            self.closed = True


async def silent_client() -> dict[str, Any]:
    """A client that neither sends nor goes away."""
    await asyncio.Event().wait()
    raise AssertionError


async def answer(source: Source, send: Any) -> None:
    response = ReadyBytesResponse(source.content(), ping=0.02, send_timeout=0.05)
    await response(SCOPE, silent_client, send)


async def test_what_comes_is_sent_as_it_is() -> None:
    sent: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))

    await answer(Source(b"data: 1\n\n", b"data: 2\n\n"), send)
    assert b"".join(sent) == b"data: 1\n\ndata: 2\n\n"


async def test_the_body_goes_past_the_layers_that_have_seen_the_head() -> None:
    through: list[str] = []
    past: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        through.append(message["type"])

    async def body_send(message: dict[str, Any]) -> None:
        past.append(message["body"])

    response = ReadyBytesResponse(Source(b"data: 1\n\n").content(), ping=1, send_timeout=1)
    await response({**SCOPE, BODY_SEND: body_send}, silent_client, send)
    assert (through, past) == (["http.response.start"], [b"data: 1\n\n", b""])


async def test_silence_is_filled_with_heartbeats() -> None:
    sent: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message.get("body", b""))

    await answer(Source(b"data: 1\n\n", silence=0.1), send)
    assert HEARTBEAT in sent


@pytest.mark.parametrize("stuck_at", [b"data: 1\n\n", HEARTBEAT])
async def test_a_client_that_takes_nothing_is_given_up_and_the_source_closed(stuck_at: bytes) -> None:
    source = Source(b"data: 1\n\n", silence=30)

    async def send(message: dict[str, Any]) -> None:
        if message.get("body") == stuck_at:
            await asyncio.Event().wait()

    with pytest.raises(SendTimeoutError):
        await asyncio.wait_for(answer(source, send), 5)
    assert source.closed
