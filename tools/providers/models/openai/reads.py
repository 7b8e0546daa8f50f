"""The events of a streamed answer, heard of where the network is read: no task wakes up for one that is taken there."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context

import aiohttp

from tools.providers.models.openai.events import EventCutter

HearEvents = Callable[[list[bytes]], bool]
"""Is told of events the moment they are read; must return at once. False: it did not take them."""


class Tap(asyncio.Protocol):
    """Stands between a connection and aiohttp, and tells of it whenever aiohttp has got something."""

    def __init__(self, inner: asyncio.Protocol, tell: Callable[[], None]) -> None:
        self._inner = inner
        self._tell = tell
        self._received = inner.data_received

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._received(data)
        self._tell()

    def eof_received(self) -> bool | None:
        """See asyncio.Protocol."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        self._inner.connection_lost(exc)
        self._tell()

    def pause_writing(self) -> None:
        """See asyncio.Protocol."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """See asyncio.Protocol."""
        self._inner.resume_writing()


async def event_batches(
    answer: aiohttp.ClientResponse, hear: HearEvents
) -> AsyncGenerator[list[bytes], None]:
    """The events that each read of the network completes.

    Whoever waits for the next is told by `hear` first, and what that took does not come out here. Raises aiohttp.ClientError,
    and what `hear` raises.
    """
    content, cut, context = answer.content, EventCutter().cut, copy_context()
    loop = asyncio.get_running_loop()
    waiting: asyncio.Future[list[bytes]] | None = None

    def tell() -> None:
        """Something came, or nothing will: whoever waits is told of it, and woken for what was not taken."""
        if waiting is None or waiting.done():
            return
        try:
            events = cut(content.read_nowait())
            # In the context of whoever waits: the connection has that of who opened it.
            taken = not events or context.run(hear, events)
            if not taken or content.is_eof():
                waiting.set_result([] if taken else events)
        except Exception as error:  # noqa: BLE001 — raised where it is waited for
            waiting.set_exception(error)

    with _tapped(answer, tell):
        while True:
            events = cut(content.read_nowait())
            if not events:
                if content.is_eof():
                    return
                waiting = loop.create_future()
                events = await waiting
            if events:
                yield events


@contextmanager
def _tapped(answer: aiohttp.ClientResponse, tell: Callable[[], None]) -> Iterator[None]:
    """Within the block `tell` is called after each read. An answer that is whole already has no connection any more."""
    connection = answer.connection
    transport, inner = (connection.transport, connection.protocol) if connection else (None, None)
    if transport is None or inner is None:
        yield
        return
    tap = Tap(inner, tell)
    transport.set_protocol(tap)
    try:
        yield
    finally:
        if (
            transport.get_protocol() is tap
        ):  # else the connection serves another answer already, which has its own
            transport.set_protocol(inner)
