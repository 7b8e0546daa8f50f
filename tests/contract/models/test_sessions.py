"""Connections to a provider are one set for all that it is asked: used again, led elsewhere, closed with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.contract.models.hand_made import REQUEST, WHOLE, Recording, answer_with, listening, provider_at
from tools.providers.models.failure import ModelFailure
from tools.providers.models.openai import chat
from tools.providers.models.openai.chat import OpenAIProvider
from tools.providers.models.provider import Finish


class Saying(Recording):
    """Says the same to every request."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer

    def said(self, head: list[str], body: bytes) -> bytes:
        """The answer to one request."""
        return self._answer


@asynccontextmanager
async def at(playing: Recording) -> AsyncIterator[OpenAIProvider]:
    async with listening(playing.answer) as url, provider_at(url) as provider:
        yield provider


async def streamed(provider: OpenAIProvider) -> list[str | Finish]:
    return [part async for part in provider.stream(REQUEST)]


async def test_all_that_a_provider_is_asked_goes_over_one_connection() -> None:
    playing = Recording()
    async with at(playing) as provider:
        for _ in range(2):
            assert (await provider.complete(REQUEST)).text == "hi"
            assert await streamed(provider) == ["hi", Finish("stop", None)]
            assert await provider.list_models() == frozenset()
    assert (playing.connections, len(playing.requests)) == (1, 6)


@pytest.mark.parametrize(("seconds", "connections"), [(chat.KEEP_ALIVE_SECONDS, 1), (0.1, 2)])
async def test_an_idle_connection_is_kept_for_the_next_message(
    monkeypatch: pytest.MonkeyPatch, seconds: float, connections: int
) -> None:
    monkeypatch.setattr(chat, "KEEP_ALIVE_SECONDS", seconds)
    playing = Recording()
    async with at(playing) as provider:
        for _ in range(2):
            await provider.complete(REQUEST)
            await asyncio.sleep(0.5)
    assert playing.connections == connections


async def test_a_status_of_failure_costs_no_connection() -> None:
    playing = Saying(answer_with(b'{"error":{}}', 500))
    async with at(playing) as provider:
        for ask in (provider.complete(REQUEST), streamed(provider), provider.complete(REQUEST)):
            with pytest.raises(ModelFailure):
                await ask
    assert playing.connections == 1


async def test_closing_a_provider_closes_its_connections_and_nothing_opens_new_ones() -> None:
    playing = Recording()
    async with at(playing) as provider:
        await provider.complete(REQUEST)
        assert not playing.gone.is_set()
        await provider.close()
        await asyncio.wait_for(playing.gone.wait(), 2)
        with pytest.raises(ModelFailure):
            await provider.complete(REQUEST)
    assert playing.connections == 1


async def test_a_provider_that_was_closed_unused_opens_no_connection() -> None:
    playing = Recording()
    async with at(playing) as provider:
        await provider.close()
        for ask in (provider.complete(REQUEST), streamed(provider)):
            with pytest.raises(ModelFailure):
                await ask
    assert playing.connections == 0


class Moved(Recording):
    """Is elsewhere."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self._status = status

    def said(self, head: list[str], body: bytes) -> bytes:
        """The answer to one request."""
        if " /v1/chat/completions " in head[0]:
            return answer_with(b"", self._status, Location="/v2/here")
        return answer_with(WHOLE)


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (307, "POST"), (308, "POST")])
async def test_a_redirect_is_followed_for_a_whole_answer(status: int, method: str) -> None:
    playing = Moved(status)
    async with at(playing) as provider:
        assert (await provider.complete(REQUEST)).text == "hi"
    head, body = playing.requests[-1]
    assert head[0] == f"{method} /v2/here HTTP/1.1"
    assert bool(body) is (method == "POST")


@pytest.mark.parametrize("status", [302, 307])
async def test_a_redirect_of_a_stream_is_a_lost_connection(status: int) -> None:
    async with at(Moved(status)) as provider:
        with pytest.raises(ModelFailure) as failed:
            await streamed(provider)
    assert (failed.value.error_code, failed.value.reason, failed.value.again_after) == (
        "model_unavailable",
        "connection",
        0,
    )


async def test_a_redirect_whose_body_never_ends_keeps_no_connection() -> None:
    playing = Saying(b"HTTP/1.1 307 Moved\r\nLocation: /v2/here\r\nContent-Length: 9\r\n\r\nhalf")
    async with at(playing) as provider:
        with pytest.raises(ModelFailure) as failed:
            await streamed(provider)
        await asyncio.wait_for(playing.gone.wait(), 2)
        del failed
