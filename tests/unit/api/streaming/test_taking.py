"""A piece sent where it came up, while the stream waits for its next: in order, once, and at nobody's expense."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from api.streaming.response import EventStreamResponse, SendTimeoutError

SCOPE = {"type": "http", "method": "GET"}


class Client:
    """Takes what it is sent; nothing while it is `slow`."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.takes = asyncio.Event()
        self.takes.set()

    @property
    def slow(self) -> bool:
        return not self.takes.is_set()

    async def send(self, message: Any) -> None:
        await self.takes.wait()
        if body := message.get("body"):
            self.got.append(body)

    async def receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError


class Told:
    """Content that comes when the test says so."""

    def __init__(self) -> None:
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def content(self) -> AsyncGenerator[bytes, None]:
        while (piece := await self._pieces.get()) is not None:
            yield piece

    async def tell(self, piece: bytes | None) -> None:
        self._pieces.put_nowait(piece)
        await asyncio.sleep(0.01)


async def answering(client: Client, **options: float) -> tuple[Told, EventStreamResponse, asyncio.Task[None]]:
    """A stream whose content waits for its first piece."""
    told = Told()
    response = EventStreamResponse(told.content(), **options)
    task = asyncio.create_task(response(SCOPE, client.receive, client.send))
    await asyncio.sleep(0.01)
    return told, response, task


async def test_what_is_taken_stands_between_what_comes_out_of_the_content() -> None:
    client = Client()
    told, response, task = await answering(client)
    await told.tell(b"1")
    assert response.take(b"2")
    assert client.got == [b"1", b"2"]
    await told.tell(b"3")
    await told.tell(None)
    await task
    assert client.got == [b"1", b"2", b"3"]


async def test_a_slow_client_gets_what_was_taken_before_anything_else_and_once() -> None:
    client = Client()
    told, response, task = await answering(client)
    client.takes.clear()
    assert response.take(b"1")
    assert not response.take(b"2")
    await told.tell(b"2")
    assert client.got == []
    client.takes.set()
    await told.tell(None)
    await task
    assert client.got == [b"1", b"2"]


async def test_a_slow_client_that_takes_again_is_sent_more_at_once() -> None:
    client = Client()
    told, response, task = await answering(client)
    client.takes.clear()
    response.take(b"1")
    client.takes.set()
    await told.tell(b"2")
    assert response.take(b"3")
    assert client.got == [b"1", b"2", b"3"]
    await told.tell(None)
    await task


async def test_a_client_that_takes_nothing_is_given_up_whoever_sent_to_it() -> None:
    client = Client()
    _, response, task = await answering(client, ping=0.02, send_timeout=0.05)
    client.takes.clear()
    assert response.take(b"1")
    with pytest.raises(SendTimeoutError):
        await asyncio.wait_for(task, 5)


async def test_what_sending_raises_is_raised_by_the_answer_and_not_by_whom_the_piece_is_from() -> None:
    class Breaking(Client):
        async def send(self, message: Any) -> None:
            if message.get("body") == b"1":
                raise ValueError("broken")

    _, response, task = await answering(Breaking())
    assert response.take(b"1")
    with pytest.raises(ValueError, match="broken"):
        await asyncio.wait_for(task, 5)


async def test_nothing_is_taken_before_the_head_is_sent_or_behind_the_end() -> None:
    client = Client()
    client.takes.clear()
    told, response, task = await answering(client)
    assert not response.take(b"1")
    client.takes.set()
    await told.tell(None)
    await task
    assert not response.take(b"2")
    assert client.got == []


async def test_an_answer_that_is_cut_off_lets_go_of_what_it_could_not_send() -> None:
    client = Client()
    _, response, task = await answering(client)
    client.takes.clear()
    response.take(b"1")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    client.takes.set()
    await asyncio.sleep(0.01)
    assert client.got == []


async def test_a_client_that_takes_again_gets_what_it_could_not_take_though_nothing_more_comes() -> None:
    client = Client()
    _, response, task = await answering(client, ping=0.02, send_timeout=0.05)
    client.takes.clear()
    assert response.take(b"1")
    client.takes.set()
    await asyncio.sleep(0.2)
    assert not task.done()
    assert client.got[0] == b"1"
    task.cancel()
    await asyncio.wait({task})


async def test_what_could_not_be_sent_at_once_is_sent_before_the_end() -> None:
    client = Client()
    told, response, task = await answering(client)
    client.takes.clear()
    assert response.take(b"1")
    await told.tell(None)
    assert not task.done()
    client.takes.set()
    await asyncio.wait_for(task, 5)
    assert client.got == [b"1"]
