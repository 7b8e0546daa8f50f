"""A draft that is being written, as its reader hears it."""

import asyncio
from typing import Any

import pytest
from sse_starlette.sse import AppStatus

from api.streaming import drafts as streaming
from api.streaming.drafts import DraftStream, RunningDrafts
from api.streaming.response import EventStreamResponse
from tools.errors import ProviderUnavailable
from tools.messages.generation import GeneratedOutreach
from tools.outreach.drafter import Heard, Written


async def _forever(heard: Heard) -> GeneratedOutreach:
    await heard(Written("text", "Dear "))
    await asyncio.Event().wait()
    raise AssertionError("nobody ends this wait")


async def _silent(heard: Heard) -> GeneratedOutreach:
    await asyncio.Event().wait()
    raise AssertionError("nobody ends this wait")


async def _soon(heard: Heard) -> GeneratedOutreach:
    await heard(Written("text", "Dear "))
    await asyncio.sleep(1)
    return GeneratedOutreach(message=None, declined=None)


async def test_who_reads_when_the_process_ends_hears_that_it_does() -> None:
    drafts = RunningDrafts()
    stream = (await drafts.start(_forever)).content
    first = await anext(stream)
    await drafts.close()

    async with asyncio.timeout(2):
        rest = [chunk async for chunk in stream]
    assert b"Dear " in first
    assert b'"server_restarting"' in rest[-1]
    assert b'"retryable":true' in rest[-1]
    assert rest[-1].endswith(b"data: [DONE]\n\n")


async def test_who_waits_for_the_first_word_when_the_process_ends_is_refused() -> None:
    drafts = RunningDrafts()
    reader = asyncio.create_task(drafts.start(_silent))
    await asyncio.sleep(0.01)
    await drafts.close()

    async with asyncio.timeout(2):
        with pytest.raises(ProviderUnavailable, match="restarting"):
            await reader


async def test_who_asks_in_the_moment_in_which_the_process_ends_is_refused() -> None:
    drafts = RunningDrafts()
    reader = asyncio.create_task(drafts.start(_silent))
    await asyncio.sleep(0)
    await drafts.close()

    async with asyncio.timeout(2):
        with pytest.raises(ProviderUnavailable, match="restarting"):
            await reader


async def test_a_draft_that_outlasts_the_servers_patience_ends_in_a_word_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streaming, "GRACE_SECONDS", 0.1)
    drafts = RunningDrafts()
    answering, body = _answer(await drafts.start(_forever))
    await asyncio.sleep(0.01)
    monkeypatch.setattr(AppStatus, "should_exit", True)

    async with asyncio.timeout(3):
        await answering
    assert b'"server_restarting"' in body[-2]
    assert (body[-2].endswith(b"data: [DONE]\n\n"), body[-1]) == (True, b"")
    await drafts.close()


async def test_a_draft_that_ends_while_the_server_stops_is_heard_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drafts = RunningDrafts()
    answering, body = _answer(await drafts.start(_soon))
    monkeypatch.setattr(AppStatus, "should_exit", True)

    async with asyncio.timeout(3):
        await answering
    assert b'"type":"done"' in body[-2]


def _answer(stream: DraftStream) -> tuple[asyncio.Task[None], list[bytes]]:
    """The stream as its route answers with it, to a client that takes all, and what that got so far."""
    body: list[bytes] = []

    async def silent() -> Any:
        await asyncio.Event().wait()

    async def take(message: Any) -> None:
        if message["type"] == "http.response.body":
            body.append(message["body"])

    grace = streaming.GRACE_SECONDS + 2
    response = EventStreamResponse(stream.content, on_shutdown=stream.end_soon, grace=grace)
    scope = {"type": "http", "method": "POST"}
    return asyncio.create_task(response(scope, silent, take)), body
