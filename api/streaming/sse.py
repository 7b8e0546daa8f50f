"""A turn's entries as the bytes of a server-sent event stream, each event with the place to go on from."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import orjson

from agents.events import TextDelta
from agents.turns.entries import END, LogEntry, is_terminal
from api.streaming.cursor import Cursor
from api.streaming.encoder import Chunk, Encoder
from api.streaming.response import LastPiece

Place = tuple[int, int, int]
"""What a `Cursor` says, for what is only written."""
Frame = tuple[Place | None, Chunk]
Take = Callable[[bytes], bool]
"""Takes a piece of a stream at once; False: it can't now."""


class EventStream:
    """The bytes of one turn for one client, a piece a batch; pieces of text in one batch are joined.

    With a `cursor` only what follows it; one that the log does not know any more gets everything, after a reset.
    """

    def __init__(self, encoder: Encoder, cursor: Cursor | None = None) -> None:
        self.take: Take | None = None
        """Where text may go at once, when whoever sends the pieces waits for the next."""
        self._encoder = encoder
        self._cursor = cursor

    def hear(self, entry: LogEntry) -> bool:
        """Send more of the text that is open, if it can be sent now; see `Hear`."""
        take = self.take
        if take is None or self._cursor is not None:
            return False
        ready = _more_text(self._encoder, entry)
        return ready is not None and take(ready)

    async def pieces(self, batches: AsyncGenerator[list[LogEntry], None]) -> AsyncGenerator[bytes, None]:
        """All that was not taken at once."""
        held: list[Frame] = []
        async with aclosing(batches):
            async for batch in batches:
                if (
                    self._cursor is None
                    and len(batch) == 1
                    and (ready := _more_text(self._encoder, batch[0]))
                ):
                    yield ready
                    continue
                frames = [frame for entry in batch for frame in _frames(self._encoder, entry)]
                if self._cursor is not None:
                    held += frames
                    if _is_still_to_come(self._cursor, batch[-1]):
                        continue
                    frames, self._cursor = _after(self._cursor, held, batch[-1], self._encoder), None
                if frames:
                    piece = b"".join([_bytes(*frame) for frame in _joined(self._encoder, frames)])
                    yield LastPiece(piece) if is_terminal(batch[-1].event) else piece


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
        return [
            (place, chunk) for place, chunk in frames if place is not None and Cursor(*place).follows(cursor)
        ]
    return [*((None, chunk) for chunk in encoder.reset()), *frames]


def _frames(encoder: Encoder, entry: LogEntry) -> list[Frame]:
    """An entry's chunks. Only the last one's place says that the whole entry was read."""
    chunks = encoder.encode(entry.event)
    epoch, number, _ = entry
    if epoch == 0:
        return [(None, chunk) for chunk in chunks]
    last = len(chunks)
    return [((epoch, number, 0 if part == last else part), chunk) for part, chunk in enumerate(chunks, 1)]


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


def _bytes(place: Place | None, chunk: Chunk) -> bytes:
    data = chunk.encode() if isinstance(chunk, str) else orjson.dumps(chunk)
    if place is None:
        return b"data: %b\n\n" % data
    epoch, number, part = place
    if part:
        return b"id: %d.%d.%d\ndata: %b\n\n" % (epoch, number, part, data)
    return b"id: %d.%d\ndata: %b\n\n" % (epoch, number, data)
