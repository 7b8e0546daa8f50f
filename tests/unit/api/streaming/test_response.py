"""The answer that sends ready bytes: heartbeats in silence, an end for clients that take nothing, and a cleaned-up source."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

import pytest
from sse_starlette import EventSourceResponse
from sse_starlette.sse import AppStatus

from api.middleware.body_send import BODY_SEND
from api.streaming.response import HEARTBEAT, EventStreamResponse, LastPiece, SendTimeoutError

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
    response = EventStreamResponse(source.content(), ping=0.02, send_timeout=0.05)
    await response(SCOPE, silent_client, send)


async def test_it_is_set_up_as_the_librarys_answer_and_shares_nothing_with_another() -> None:
    content = Source(b"data: 1\n\n").content()
    for headers in ({}, {"x-one": "1", "Cache-Control": "private"}):
        ours = EventStreamResponse(content, headers=headers, grace=2, send_timeout=3)
        stock = EventSourceResponse(
            content, headers=headers, sep="\n", send_timeout=3, shutdown_grace_period=2
        )
        expected = {name: value for name, value in vars(stock).items() if name != "_send_lock"}
        assert expected.items() <= vars(ours).items()
        ours.raw_headers.clear()
        assert EventStreamResponse(content, headers=headers).raw_headers == stock.raw_headers


async def test_what_comes_is_sent_as_it_is() -> None:
    sent: list[bytes] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    await answer(Source(b"data: 1\n\n", b"data: 2\n\n"), send)
    assert b"".join(sent) == b"data: 1\n\ndata: 2\n\n"


async def test_a_last_piece_and_the_end_go_out_as_one_and_the_source_is_closed() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    source = Source(b"data: 1\n\n", LastPiece(b"data: 2\n\n"), b"data: never\n\n")
    await answer(source, send)
    assert [(message.get("body"), message.get("more_body")) for message in sent[1:]] == [
        (b"data: 1\n\n", True),
        (b"data: 2\n\n", False),
    ]
    assert source.closed


async def test_content_that_said_its_last_closes_itself_before_its_client_counts_as_gone() -> None:
    ended, closed = asyncio.Event(), asyncio.Event()

    async def content() -> AsyncGenerator[bytes, None]:
        try:
            yield LastPiece(b"data: 1\n\n")
        finally:
            await asyncio.sleep(0.02)
            closed.set()

    async def send(message: Any) -> None:
        if message.get("more_body") is False:
            ended.set()

    async def receive() -> dict[str, Any]:
        await ended.wait()
        return {"type": "http.disconnect"}

    await EventStreamResponse(content())(SCOPE, receive, send)
    assert closed.is_set()


async def test_the_body_goes_past_the_layers_that_have_seen_the_head() -> None:
    through: list[str] = []
    past: list[bytes] = []

    async def send(message: Any) -> None:
        through.append(message["type"])

    async def body_send(message: Any) -> None:
        past.append(message["body"])

    response = EventStreamResponse(Source(b"data: 1\n\n").content(), ping=1, send_timeout=1)
    await response({**SCOPE, BODY_SEND: body_send}, silent_client, send)
    assert (through, past) == (["http.response.start"], [b"data: 1\n\n", b""])


async def test_the_request_is_let_go_of_once_its_head_was_answered() -> None:
    """Servers hold the same list, for as long as the stream lasts."""
    asked = [(b"authorization", b"Bearer " + b"x" * 2000)]
    at_the_head: list[int] = []
    later: list[int] = []

    async def send(message: Any) -> None:
        seen = at_the_head if message["type"] == "http.response.start" else later
        seen.append(len(asked))

    response = EventStreamResponse(Source(b"data: 1\n\n").content(), ping=1, send_timeout=1)
    await response({**SCOPE, "headers": asked}, silent_client, send)
    assert (at_the_head, later) == ([1], [0, 0])


async def test_silence_is_filled_with_heartbeats() -> None:
    sent: list[bytes] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    await answer(Source(b"data: 1\n\n", silence=0.1), send)
    assert HEARTBEAT in sent


@pytest.mark.parametrize("stuck_at", [b"data: 1\n\n", HEARTBEAT])
async def test_a_client_that_takes_nothing_is_given_up_and_the_source_closed(stuck_at: bytes) -> None:
    source = Source(b"data: 1\n\n", silence=30)

    async def send(message: Any) -> None:
        if message.get("body") == stuck_at:
            await asyncio.Event().wait()

    with pytest.raises(SendTimeoutError):
        await asyncio.wait_for(answer(source, send), 5)
    assert source.closed


class Leaving:
    """A client that goes away when it is told to."""

    def __init__(self) -> None:
        self.leaves = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.leaves.wait()
        return {"type": "http.disconnect"}


async def nowhere(_message: Any) -> None:
    """A client that takes everything."""


async def test_a_client_that_leaves_ends_the_stream_and_closes_the_source() -> None:
    source, client = Source(b"data: 1\n\n", silence=30), Leaving()
    answering = asyncio.create_task(EventStreamResponse(source.content())(SCOPE, client.receive, nowhere))
    await asyncio.sleep(0.01)
    client.leaves.set()
    await asyncio.wait_for(answering, 1)
    assert source.closed


@pytest.mark.parametrize("failure", [TimeoutError("of the content"), ValueError("of the content")])
async def test_what_the_content_raises_is_raised(failure: Exception) -> None:
    async def content() -> AsyncGenerator[bytes, None]:
        yield b"data: 1\n\n"
        raise failure

    with pytest.raises(type(failure), match="of the content"):
        await EventStreamResponse(content())(SCOPE, silent_client, nowhere)


async def test_who_is_cancelled_from_outside_is_cancelled() -> None:
    source = Source(b"data: 1\n\n", silence=30)
    answering = asyncio.create_task(EventStreamResponse(source.content())(SCOPE, silent_client, nowhere))
    await asyncio.sleep(0.01)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert source.closed


async def test_one_stream_that_can_not_be_told_of_the_end_keeps_no_other_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []

    def tell(number: int) -> None:
        if number == 1:
            raise ValueError("not to be told")
        told.append(number)

    streams = [
        EventStreamResponse(Source(b"data: 1\n\n", silence=30).content(), on_shutdown=partial(tell, number))
        for number in range(3)
    ]
    answering = [asyncio.create_task(stream(SCOPE, silent_client, nowhere)) for stream in streams]
    await asyncio.sleep(0.01)
    monkeypatch.setattr(AppStatus, "should_exit", True)
    await asyncio.wait(answering, timeout=0.9)
    assert sorted(told) == [0, 2]
    for task in answering:
        task.cancel()
    await asyncio.wait(answering)


@pytest.mark.parametrize(("grace", "ends"), [(0.05, True), (30.0, False)])
async def test_when_the_server_is_told_to_stop_the_stream_is_told_and_cut_in_time(
    monkeypatch: pytest.MonkeyPatch, grace: float, *, ends: bool
) -> None:
    told: list[bool] = []
    source = Source(b"data: 1\n\n", silence=30)
    response = EventStreamResponse(source.content(), on_shutdown=lambda: told.append(True), grace=grace)
    answering = asyncio.create_task(response(SCOPE, silent_client, nowhere))
    await asyncio.sleep(0.01)
    monkeypatch.setattr(AppStatus, "should_exit", True)
    await asyncio.wait({answering}, timeout=0.9)
    assert told == [True]
    assert (answering.done(), source.closed) == (ends, ends)
    answering.cancel()
    await asyncio.wait({answering})


async def test_a_stream_that_waits_has_two_tasks_and_leaves_none() -> None:
    """The request's own, and who hears whether the client leaves; two more watch for the end of the process, for all streams."""
    before = len(asyncio.all_tasks())
    responses = [EventStreamResponse(Source(b"data: 1\n\n", silence=30).content()) for _ in range(10)]
    answering = [asyncio.create_task(response(SCOPE, silent_client, nowhere)) for response in responses]
    await asyncio.sleep(0.02)
    assert len(asyncio.all_tasks()) - before <= 2 * 10 + 2
    for task in answering:
        task.cancel()
    await asyncio.wait(answering)
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) <= before + 2


async def test_a_heartbeat_that_was_sent_leaves_no_task_behind() -> None:
    beaten = asyncio.Event()

    async def send(message: Any) -> None:
        if message.get("body") == HEARTBEAT:
            beaten.set()

    answering = asyncio.create_task(answer(Source(b"data: 1\n\n", silence=30), send))
    await beaten.wait()
    await asyncio.sleep(0)
    gc.collect()
    tasks = [held for held in gc.get_objects() if isinstance(held, asyncio.Task) and held.done()]
    assert not [task for task in tasks if "_beat" in repr(task)]
    answering.cancel()
    await asyncio.wait({answering})
