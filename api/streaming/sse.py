"""A turn's entries as the bytes of a server-sent event stream, each event with the place to go on from."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import cast

import anyio
import orjson
from sse_starlette import EventSourceResponse
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

from agents.events import TextDelta
from agents.turns.entries import END, LogEntry, is_terminal
from api.middleware.request_record import BODY_SEND
from api.streaming.cursor import Cursor
from api.streaming.encoder import Chunk, Encoder

PING_SECONDS = 15
HEARTBEAT = b": still here\n\n"
SEND_SECONDS = 30.0
"""How long a client may refuse to take bytes before its connection is given up, at the next heartbeat. The turn goes on."""

Frame = tuple[Cursor | None, Chunk]


async def encode_stream(
    batches: AsyncGenerator[list[LogEntry], None], encoder: Encoder, cursor: Cursor | None = None
) -> AsyncGenerator[bytes, None]:
    """The stream as bytes, a piece a batch; pieces of text in one batch are joined.

    With a `cursor` only what follows it; one that the log does not know any more gets everything, after a reset.
    """
    held: list[Frame] = []
    async with aclosing(batches):
        async for batch in batches:
            if cursor is None and len(batch) == 1 and (ready := _more_text(encoder, batch[0])):
                yield ready
                continue
            frames = [frame for entry in batch for frame in _frames(encoder, entry)]
            if cursor is not None:
                held += frames
                if _is_still_to_come(cursor, batch[-1]):
                    continue
                frames, cursor = _after(cursor, held, batch[-1], encoder), None
            if frames:
                yield b"".join(_bytes(*frame) for frame in _joined(encoder, frames))


def _more_text(encoder: Encoder, entry: LogEntry) -> bytes | None:
    """An entry that only goes on with a text, as bytes: most are, and these cost least. None for all others."""
    event = entry.event
    data = encoder.more_text(event) if isinstance(event, TextDelta) and entry.epoch else None
    return None if data is None else b"id: %d.%d\ndata: %b\n\n" % (entry.epoch, entry.number, data)


def _is_still_to_come(cursor: Cursor, newest: LogEntry) -> bool:
    """Whether the client is ahead of the log: the process that runs the turn shows what it writes before it is logged."""
    return cursor.epoch == newest.epoch and cursor.number > newest.number and not is_terminal(newest.event)


def _after(cursor: Cursor, frames: list[Frame], newest: LogEntry, encoder: Encoder) -> list[Frame]:
    """Of all there is so far, what the client has not got yet. What comes from the record comes whole."""
    if cursor.epoch == newest.epoch and cursor.number <= newest.number < END:
        return [(place, chunk) for place, chunk in frames if place is not None and place.follows(cursor)]
    return [*((None, chunk) for chunk in encoder.reset()), *frames]


def _frames(encoder: Encoder, entry: LogEntry) -> list[Frame]:
    """An entry's chunks. Only the last one's place says that the whole entry was read."""
    chunks = encoder.encode(entry.event)
    if entry.epoch == 0:
        return [(None, chunk) for chunk in chunks]
    last = len(chunks)
    return [
        (Cursor(entry.epoch, entry.number, 0 if part == last else part), chunk)
        for part, chunk in enumerate(chunks, 1)
    ]


def _joined(encoder: Encoder, frames: list[Frame]) -> list[Frame]:
    """Neighbours that say the same as one, joined; the joined one stands where the last of them stood."""
    joined: list[Frame] = []
    for place, chunk in frames:
        merged = encoder.merge(joined[-1][1], chunk) if joined else None
        if merged is None:
            joined.append((place, chunk))
        else:
            joined[-1] = (place, merged)
    return joined


def _bytes(place: Cursor | None, chunk: Chunk) -> bytes:
    data = chunk.encode() if isinstance(chunk, str) else orjson.dumps(chunk)
    head = b"" if place is None else f"id: {place}\n".encode()
    return head + b"data: " + data + b"\n\n"


class ReadyBytesResponse(EventSourceResponse):
    """sse-starlette's answer for content that is bytes already.

    The parent opens a cancel scope around each send. Here a client that takes nothing is noticed at the next heartbeat,
    which costs nothing for each event. After the head, what the layers of the app add is complete: the body goes past them.
    """

    _sending_since: float | None = None
    _body_send: Send | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as the parent does."""
        self._body_send = scope.get(BODY_SEND)
        await super().__call__(scope, receive, send)

    async def _stream_response(self, send: Send) -> None:
        """The head, the content, the end. The content is closed however it ends."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        send = self._body_send or send
        content = cast("AsyncGenerator[bytes, None]", self.body_iterator)
        try:
            async for piece in content:
                self._sending_since = time.monotonic()
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                self._sending_since = None
        finally:
            with anyio.move_on_after(self._cleanup_timeout, shield=True):
                await content.aclose()
        async with self._send_lock:
            self.active = False
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _ping(self, send: Send) -> None:
        """Heartbeats, until one finds that a send has taken longer than `send_timeout`: raises SendTimeoutError."""
        assert self.send_timeout is not None
        heartbeat = {"type": "http.response.body", "body": HEARTBEAT, "more_body": True}
        while self.active:
            await anyio.sleep(self.ping_interval)
            since = self._sending_since
            if since is None:
                async with self._send_lock:
                    if self.active:
                        await self._send_with_timeout(send, heartbeat)
            elif time.monotonic() - since >= self.send_timeout:
                raise SendTimeoutError


class _Told:
    """What the parent sets when the server is told to stop: a call, for an event would need a task that waits for it."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.set = call


def event_stream(
    content: AsyncIterator[bytes],
    *,
    headers: Mapping[str, str],
    on_shutdown: Callable[[], None],
    grace: float,
) -> ReadyBytesResponse:
    """The answer that sends `content`.

    When the server is told to stop, `on_shutdown` is called and the stream goes on for up to `grace` seconds, so that
    turns can end.
    """
    return ReadyBytesResponse(
        content,
        headers=headers,
        sep="\n",
        ping=PING_SECONDS,
        send_timeout=SEND_SECONDS,
        shutdown_event=cast("anyio.Event", _Told(on_shutdown)),
        shutdown_grace_period=grace,
        cleanup_timeout=5,
    )
