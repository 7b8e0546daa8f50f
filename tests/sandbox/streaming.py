"""A streamed answer as an ASGI response that can also be cut, held up, garbled or left without its end: any provider's."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.sandbox.calls import Call, CallLog

Fault = Literal["cut", "stall", "garbage", "error", "end"]


@dataclass
class Pace:
    """How the stream runs: seconds before the first piece and between pieces, and what goes wrong after how many."""

    before: float = 0.0
    between: float = 0.0
    fault: Fault | None = None
    after: int | None = None
    """Pieces before the fault; None: all of them."""
    stall: float = 3600.0
    """Seconds that a stall lasts at most."""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends a stall."""


@dataclass
class Wire:
    """The stream as one provider writes it: its pieces, what comes after them, and what its faults look like."""

    headers: list[tuple[bytes, bytes]]
    pieces: Iterator[bytes]
    ending: list[bytes]
    broken: bytes
    error: bytes


class AnswerStream(Response):
    """Sends an answer piece by piece; ends without closing properly when told to cut, which drops the connection."""

    def __init__(self, wire: Wire, call: Call, calls: CallLog, pace: Pace) -> None:
        super().__init__()
        self.wire, self.call, self.calls, self.pace = wire, call, calls, pace

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Write until the end or until the client has gone."""
        with self.calls.answering(self.call):
            await send({"type": "http.response.start", "status": 200, "headers": self.wire.headers})
            writing = asyncio.create_task(self._write(send))
            watching = asyncio.create_task(gone(receive))
            try:
                await asyncio.wait({writing, watching}, return_when=asyncio.FIRST_COMPLETED)
                if writing.done():
                    writing.result()
                else:
                    self.call.closed_by_client = True
            finally:
                writing.cancel()
                watching.cancel()
                await asyncio.gather(writing, watching, return_exceptions=True)

    async def _write(self, send: Send) -> None:
        await asyncio.sleep(self.pace.before)
        number = 0
        for number, piece in enumerate(self.wire.pieces):
            if number == self.pace.after and await self._goes_wrong(send):
                return
            if not number:
                self.call.first_token_at = time.time()
            await _data(send, piece)
            if number:
                await asyncio.sleep(self.pace.between)
        missed = self.pace.after is None or self.pace.after > number
        if missed and await self._goes_wrong(send):
            return
        for data in self.wire.ending:
            await _data(send, data)
        await _close(send)

    async def _goes_wrong(self, send: Send) -> bool:
        """Do what the pace's fault says; whether the stream is over with it."""
        fault = self.pace.fault
        if fault == "stall":
            with suppress(TimeoutError):
                async with asyncio.timeout(self.pace.stall):
                    await self.pace.released.wait()
        elif fault == "garbage":
            await _data(send, self.wire.broken)
        elif fault == "error":
            await _data(send, self.wire.error)
        if fault in {"error", "end"}:
            await _close(send)
        return fault in {"error", "end", "cut"}


class DroppedAnswer(Response):
    """Begins an answer in one piece and drops the connection."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """The ASGI application of this response."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _data(send, b'{"')


async def silence(receive: Receive, seconds: float) -> bool:
    """Say nothing for so long; whether the client has gone meanwhile."""
    watching = asyncio.create_task(gone(receive))
    done, _ = await asyncio.wait({watching}, timeout=seconds)
    watching.cancel()
    return bool(done)


async def gone(receive: Receive) -> dict[str, Any]:
    """Returns when the client has gone."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return dict(message)


async def _data(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def _close(send: Send) -> None:
    await send({"type": "http.response.body", "body": b"", "more_body": False})
