"""A streamed answer as an ASGI response that can also be cut, garbled or left without its end."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from tests.sandbox.calls import Call
from tests.sandbox.openai.answer import Answer, Envelope, event

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"openai-processing-ms", b"12"),
]
BROKEN = b'data: {"id": "chatcmpl-broken", "choices": [{"delta": {"content": "half a \n\n'


@dataclass
class Pace:
    """How the stream runs: seconds before the first piece and between pieces, and what goes wrong after how many."""

    before: float = 0.0
    between: float = 0.0
    cut_after: int | None = None
    break_after: int | None = None
    finish: bool = True


class AnswerStream:
    """Sends an answer piece by piece; ends without closing properly when told to cut, which drops the connection."""

    def __init__(self, answer: Answer, envelope: Envelope, call: Call, pace: Pace, *, usage: bool) -> None:
        self.answer, self.envelope, self.call, self.pace, self.usage = answer, envelope, call, pace, usage

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application of this response."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        watcher = asyncio.create_task(_gone(receive))
        try:
            async for data in self._data():
                if watcher.done():
                    self.call.closed_by_client = True
                    return
                await send({"type": "http.response.body", "body": data, "more_body": True})
            if self.pace.cut_after is None:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.call.ended_at = time.time()
            watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watcher

    async def _data(self) -> AsyncIterator[bytes]:
        """The events of the stream at their pace."""
        await asyncio.sleep(self.pace.before)
        self.call.first_token_at = time.time()
        for number, piece in enumerate(self.envelope.pieces(self.answer)):
            if number == self.pace.cut_after:
                return
            if number == self.pace.break_after:
                yield BROKEN
            yield event(piece)
            if number:
                await asyncio.sleep(self.pace.between)
        if not self.pace.finish:
            return
        yield event(self.envelope.chunk({}, self.answer.finish_reason))
        if self.usage:
            yield event(self.envelope.last())
        yield b"data: [DONE]\n\n"


async def _gone(receive: Receive) -> dict[str, Any]:
    """Returns when the client has gone."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return dict(message)
