"""The events of a streamed answer, heard of where the network is read: no task wakes up for one that is taken there."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextvars import copy_context
from typing import cast

import aiohttp

from tools.providers.models.openai.events import EventCutter

HearEvents = Callable[[list[bytes]], bool]
"""Is told of events the moment they are read; must return at once. False: it did not take them."""
HearRead = Callable[[bytes], bool | None]
"""The same for a read that begins with an event and is not cut yet. None: it can't be told what it is before it is cut."""


def always_cut(_read: bytes) -> None:
    """No read is known before it is cut."""


MUCH = 4096
"""Bytes. aiohttp holds nothing back for fewer: its limits are 256 KiB of a body, or 16,384 chunks of it."""


class Tap(asyncio.Protocol):
    """Stands between a connection and aiohttp, and tells of it whenever aiohttp has got something."""

    def __init__(self, answer: aiohttp.ClientResponse, tell: Callable[[], None]) -> None:
        """An answer that is whole already has no connection any more: then nothing is told."""
        self._tell = tell
        connection = answer.connection
        self._transport = connection.transport if connection is not None else None
        if connection is not None and self._transport is not None:
            self._inner = cast("asyncio.Protocol", connection.protocol)
            self._received = self._inner.data_received
            self._transport.set_protocol(self)

    def remove(self) -> None:
        """Tell nothing any more. The connection may serve another answer by now, with a tap of its own."""
        if self._transport is not None and self._transport.get_protocol() is self:
            self._transport.set_protocol(self._inner)

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


class _Body:
    """The events in what has been read of an answer's body."""

    __slots__ = ("_connection", "_content", "_context", "_cutter", "_hear", "_hear_read", "waiting")

    def __init__(self, answer: aiohttp.ClientResponse, hear: HearEvents, hear_read: HearRead) -> None:
        self.waiting: asyncio.Future[list[bytes]] | None = None
        """Of whoever waits for the next events; it gets none when the body has ended."""
        self._content = answer.content
        self._connection = answer.connection.protocol if answer.connection is not None else None
        self._cutter = EventCutter()
        self._hear = hear
        self._hear_read = hear_read
        self._context = copy_context()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come. Some of it may be unread."""
        return self._content.is_eof()

    @property
    def is_read(self) -> bool:
        """Whether nothing more will come, and nothing is unread."""
        return self._content.at_eof()

    def read(self) -> list[bytes]:
        """The events that are complete now, possibly none. Raises aiohttp.ClientError."""
        return self._cut(self._all())

    def _all(self) -> bytes:
        """What has come. When that is much, reading it lets more in that aiohttp held back, and nobody tells of that."""
        read = self._content.read_nowait()
        if len(read) >= MUCH:
            while more := self._content.read_nowait():
                read += more
        return read

    def tell(self) -> None:
        """Something came, or nothing will: whoever waits is told of it, and woken for what was not taken."""
        waiting = self.waiting
        if waiting is None or waiting.done():
            return
        try:
            # In the context of whoever waits: the connection has that of who opened it.
            left = self._context.run(self._heard, self._all())
            if left or self._content.is_eof():
                waiting.set_result(left)
        except Exception as error:  # noqa: BLE001 — raised where it is waited for
            waiting.set_exception(error)

    def _heard(self, read: bytes) -> list[bytes]:
        """The events that were not taken, of all that this read completes."""
        if self._cutter.is_between_events:
            taken = self._hear_read(read)
            if taken is not None:
                return [] if taken else self._cut(read)
        events = self._cut(read)
        return [] if not events or self._hear(events) else events

    def _cut(self, read: bytes) -> list[bytes]:
        events = self._cutter.cut(read)
        # A connection that aiohttp gave up by itself (a broken chunk) tells only its next reader, and not the body.
        lost = self._connection is not None and not self._connection.connected
        if not events and lost and not self.has_ended:
            raise aiohttp.ServerDisconnectedError
        return events


async def event_batches(
    answer: aiohttp.ClientResponse, hear: HearEvents, hear_read: HearRead = always_cut
) -> AsyncGenerator[list[bytes], None]:
    """The events that each read of the network completes.

    Whoever waits for the next is told by `hear_read`, or by `hear` first, and what that took does not come out here.
    Raises aiohttp.ClientError, and what they raise.
    """
    loop, body = asyncio.get_running_loop(), _Body(answer, hear, hear_read)
    tap = Tap(answer, body.tell)
    try:
        while not body.is_read:
            events = body.read()
            if not events and not body.has_ended:
                body.waiting = loop.create_future()
                events = await body.waiting
            if events:
                yield events
    finally:
        tap.remove()
