"""How a stream that is heard ends before its time: lost, garbled, too slow, cancelled, or by what the listener raises."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from contextvars import ContextVar

import aiohttp
import pytest

from prompts.prompt import RenderedPrompt
from tests.contract.models.hand_made import (
    HEAD,
    LAST,
    REQUEST,
    TEXT,
    End,
    Playing,
    chunk,
    listening,
    provider_at,
)
from tests.contract.models.test_stream import TALK, was_closed_by_client
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.failure import ModelFailure
from tools.providers.models.openai.reads import HearEvents, Tap, event_batches
from tools.providers.models.provider import Hear
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter

GARBAGE = chunk(b'data: {"id": "1", "choices": [{"delta": {"content": "half a \n\n')
ERROR = chunk(b'data: {"error":{"message":"no","type":"server_error","code":"server_error"}}\n\n')
who: ContextVar[str] = ContextVar("who", default="nobody")


async def ended(
    url: str, hear: Callable[[list[str]], Hear | None], **limits: float
) -> tuple[ModelFailure, list[str]]:
    """How a stream fails, and all that was said before."""
    said: list[str] = []
    async with provider_at(url, **limits) as provider:
        with pytest.raises(ModelFailure) as failed:
            async for part in provider.stream(REQUEST, hear(said)):
                said.append(str(part))  # noqa: PERF401 — what came before the failure counts
    return failed.value, said


def hearing(said: list[str]) -> Hear:
    """Takes everything."""

    def hear(piece: str) -> bool:
        said.append(piece)
        return True

    return hear


@pytest.mark.parametrize(
    ("more", "end", "code", "reason"),
    [
        (b"", "hangs up", "model_unavailable", "connection"),
        (b"", "resets", "model_unavailable", "connection"),
        (GARBAGE, "falls silent", "model_garbled", "unreadable"),
        (ERROR, "falls silent", "model_unavailable", "error_event"),
        (b"no size of a chunk\r\n", "falls silent", "model_unavailable", "connection"),
        (b"", "falls silent", "model_unavailable", "gap_timeout"),
    ],
)
async def test_a_stream_that_breaks_is_the_same_failure_whether_it_is_heard_or_not(
    more: bytes, end: End, code: str, reason: str
) -> None:
    playing = Playing(HEAD, chunk(TEXT), chunk(TEXT), more, end=end)
    async with listening(playing.answer) as url:
        plain, plainly_said = await ended(url, lambda _said: None, MODEL_GAP_TIMEOUT=0.3)
        heard, said = await ended(url, hearing, MODEL_GAP_TIMEOUT=0.3)
    assert (heard.error_code, heard.reason, heard.again_after) == (
        plain.error_code,
        plain.reason,
        plain.again_after,
    )
    assert (heard.error_code, heard.reason) == (code, reason)
    assert said == plainly_said == ["hi", "hi"]


async def test_a_stream_that_is_heard_in_time_is_not_given_up_before_it_falls_silent() -> None:
    playing = Playing(HEAD, *([chunk(TEXT)] * 6), end="falls silent", pause=0.12)
    async with listening(playing.answer) as url:
        failure, said = await ended(url, hearing, MODEL_GAP_TIMEOUT=0.5, MODEL_FIRST_TOKEN_TIMEOUT=0.6)
    assert (failure.reason, said) == ("gap_timeout", ["hi"] * 6)


async def test_a_reader_that_is_cancelled_while_all_is_heard_ends_the_providers_stream(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.1)
    said: list[str] = []
    first = asyncio.Event()

    def hear(piece: str) -> bool:
        first.set()
        return hearing(said)(piece)

    async def reader() -> None:
        async for _ in router.stream(prompt, TALK, meter=UsageMeter(), hear=hear):
            pass

    task = asyncio.create_task(reader())
    await asyncio.wait_for(first.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await was_closed_by_client(sandbox)
    assert said


@asynccontextmanager
async def answering(*writes: bytes) -> AsyncIterator[aiohttp.ClientResponse]:
    """An answer whose head was read. What opened its connection is known as `opener`."""
    async with listening(Playing(*writes, end="falls silent").answer) as url:
        who.set("opener")
        async with aiohttp.ClientSession() as session:
            asking = asyncio.create_task(session.post(url, data=b"{}").__aenter__())
            async with await asking as answer:
                yield answer


async def read(answer: aiohttp.ClientResponse, hear: HearEvents) -> list[list[bytes]]:
    async with aclosing(event_batches(answer, hear)) as batches:
        return [batch async for batch in batches]


async def test_aiohttps_own_protocol_is_back_when_the_reader_goes() -> None:
    async with answering(HEAD, chunk(TEXT)) as answer:
        connection = answer.connection
        assert connection is not None
        transport, own = connection.transport, connection.protocol
        assert transport is not None
        heard = asyncio.Event()
        task = asyncio.create_task(read(answer, lambda _events: heard.set() or True))
        await asyncio.wait_for(heard.wait(), 5)
        assert isinstance(transport.get_protocol(), Tap)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert transport.get_protocol() is own


async def test_who_listens_does_so_in_the_context_of_the_reader() -> None:
    heard_by: list[str] = []

    async def read_as(name: str, answer: aiohttp.ClientResponse) -> None:
        who.set(name)
        await read(answer, lambda _events: not heard_by.append(who.get()))

    async with answering(HEAD, chunk(TEXT), chunk(LAST) + chunk(b"")) as answer:
        await asyncio.create_task(read_as("reader", answer))
    assert heard_by == ["reader"] * 2


async def test_what_a_listener_raises_is_raised_to_the_reader() -> None:
    def hear(_events: list[bytes]) -> bool:
        raise ZeroDivisionError

    async with answering(HEAD, chunk(TEXT)) as answer:
        with pytest.raises(ZeroDivisionError):
            await asyncio.wait_for(read(answer, hear), 5)


async def test_a_read_that_is_known_is_taken_without_being_cut_but_never_inside_of_an_event() -> None:
    told: list[bytes] = []
    cut: list[list[bytes]] = []

    def known(read: bytes) -> bool | None:
        told.append(read)
        return b"YO" not in read if read.endswith(b"\n\n") and read.count(b"data:") == 1 else None

    other = TEXT.replace(b"hi", b"YO")
    writes = [TEXT, TEXT[:40], TEXT[40:], other, TEXT, TEXT + TEXT]
    async with (
        answering(HEAD, *map(chunk, writes), chunk(LAST) + chunk(b"")) as answer,
        aclosing(event_batches(answer, lambda events: not cut.append(events), known)) as batches,
    ):
        came_out = [batch async for batch in batches]
    assert [read for read in told if read] == [TEXT, TEXT[:40], other, TEXT, TEXT + TEXT, LAST]
    assert cut == [[TEXT[:-2]], [TEXT[:-2]] * 2, LAST.split(b"\n\n")[:-1]]
    assert came_out == [[other[:-2]]]
