"""An event stream as sse-starlette's answer for content that is bytes already: heartbeats, an end for clients that take nothing.

The library gives each answer four tasks in a group. Here the content is sent by the request's own task, a second one hears
whether the client leaves, heartbeats come by a timer, and one watch for all streams hears of the server's end: 20 KiB less
for a stream that waits (`tests/bench/RESULTS.md`).
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from functools import cache
from typing import Any, cast

import anyio
from sse_starlette import EventSourceResponse
from sse_starlette.sse import SendTimeoutError
from starlette.types import Message, Receive, Scope, Send

from api.middleware.body_send import BODY_SEND
from api.streaming.begun import Begun
from api.streaming.shutdown import shutdown_watch

__all__ = ["HEARTBEAT", "EventStreamResponse", "LastPiece", "SendTimeoutError"]

PING_SECONDS = 15.0
HEARTBEAT = b": still here\n\n"
SEND_SECONDS = 30.0
"""How long a client may refuse to take bytes before its connection is given up, at the next heartbeat. The turn goes on."""
CLEANUP_SECONDS = 5.0
"""What the content gets to close itself."""

OF_EACH = frozenset({"body_iterator", "_send_lock"})
"""What the parent sets for one answer alone."""


class LastPiece(bytes):
    """A piece of content that nothing follows: it and the end of the answer go out as one."""


@cache
def _of_all(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, Any]]:
    """What the parent sets for any content under these headers. To set it anew for each takes it four times as long."""

    async def nothing() -> AsyncGenerator[bytes, None]:
        yield b""

    parent = EventSourceResponse(nothing(), headers=dict(headers), sep="\n")
    return [(name, value) for name, value in vars(parent).items() if name not in OF_EACH]


class EventStreamResponse(EventSourceResponse):
    """Sends content as it comes.

    The parent opens a cancel scope around each send. Here a client that takes nothing is noticed at the next heartbeat,
    which costs nothing for each event. After the head, what the layers of the app add is complete: the body goes past them.
    """

    def __init__(
        self,
        content: AsyncGenerator[bytes, None],
        *,
        headers: Mapping[str, str] | None = None,
        on_shutdown: Callable[[], None] = lambda: None,
        grace: float = 0.0,
        ping: float = PING_SECONDS,
        send_timeout: float = SEND_SECONDS,
    ) -> None:
        """When the server is told to stop, `on_shutdown` is called and the stream goes on for up to `grace` seconds.

        `ping` and `send_timeout` are seconds.
        """
        for name, value in _of_all(tuple(headers.items()) if headers else ()):
            setattr(self, name, value)
        self.body_iterator = content
        self.raw_headers = [*self.raw_headers]
        self.send_timeout = send_timeout
        self._shutdown_grace_period = grace
        # The parent's, of anyio, makes room for who waits before anybody does.
        self._send_lock = asyncio.Lock()  # type: ignore[assignment]
        self._on_shutdown = on_shutdown
        # The parent's own setting takes whole seconds only.
        self._ping_seconds = ping
        self._sending_since: float | None = None
        self._body_send: Send | None = None
        self._request_headers: Any = None
        self._beating: asyncio.Task[None] | None = None
        self._next_beat: asyncio.TimerHandle | None = None
        self._grace_over: asyncio.TimerHandle | None = None
        self._end: asyncio.Timeout | None = None
        self._failure: Exception | None = None
        self._sending: Callable[[Message], Coroutine[Any, Any, None]] | None = None
        self._begun: asyncio.Task[None] | None = None

    def take(self, piece: bytes) -> bool:
        """Send a piece of the content now, out of turn. Only for who knows that the content waits for its next piece.

        False: not now. A client that is slow holds nobody up: what could not be sent at once is sent as soon as it takes more.
        """
        if self._sending is None or self._begun is not None:
            return False
        sending = self._sending({"type": "http.response.body", "body": piece, "more_body": True})
        try:
            waits_for = sending.send(None)
        except StopIteration:  # sent
            return True
        except Exception as error:  # noqa: BLE001 — raised by the answer, which it ends
            self._fail(error)
            return True
        self._sending_since = time.monotonic()
        rest = self._end_sending(Begun(sending, waits_for))
        self._begun = asyncio.get_running_loop().create_task(rest)
        return True

    async def _end_sending(self, begun: Begun) -> None:
        try:
            await begun
        except Exception as error:  # noqa: BLE001 — raised by the answer, which it ends
            self._fail(error)
        finally:
            self._begun = self._sending_since = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as the parent does. Raises SendTimeoutError, and what the content raises."""
        if scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        self._body_send = scope.get(BODY_SEND)
        self._request_headers = scope.get("headers")
        # Without a deadline until somebody sets one: it interrupts the sending, and tells itself from others who do.
        end = self._end = asyncio.timeout(None)
        try:
            async with end:
                await self._answer(receive, send)
        except TimeoutError:
            if not end.expired():
                raise
        if self._failure is not None:
            raise self._failure

    async def _answer(self, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        hearing = loop.create_task(self._hear_end(receive))
        self._beat_later(loop, send)
        watch = shutdown_watch()
        told = watch.begin(self._begin_end)
        try:
            await self._stream_response(send)
        finally:
            watch.end(told)
            self.active, self._end, self._sending = False, None, None
            for waiting in (hearing, self._begun, self._beating, self._next_beat, self._grace_over):
                if waiting is not None:
                    waiting.cancel()

    async def _hear_end(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.active = False
        self._cut_off()

    def _begin_end(self) -> None:
        """The server is told to stop."""
        self._on_shutdown()
        loop = asyncio.get_running_loop()
        self._grace_over = loop.call_later(self._shutdown_grace_period, self._cut_off)

    def _cut_off(self) -> None:
        """End the stream where it is."""
        end, self._end = self._end, None
        if end is not None:
            end.reschedule(asyncio.get_running_loop().time())

    async def _stream_response(self, send: Send) -> None:
        """The head, the content, the end. The content is closed however it ends."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        # Nobody asks for what stood in the heads any more, and the model thinks for long. Not only this scope holds the list.
        self.raw_headers = []
        if isinstance(self._request_headers, list):
            self._request_headers.clear()
        send = self._body_send or send
        self._sending = cast("Callable[[Message], Coroutine[Any, Any, None]]", send)
        content = cast("AsyncGenerator[bytes, None]", self.body_iterator)
        last = b""
        try:
            async for piece in content:
                await self._sent()
                if isinstance(piece, LastPiece):
                    last = piece
                    break
                self._sending_since = time.monotonic()
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                self._sending_since = None
        finally:
            with anyio.move_on_after(CLEANUP_SECONDS, shield=True):
                await content.aclose()
        # Behind the content's end: once the answer is complete, its client counts as gone, which cuts off what is still at work.
        await self._sent()
        async with self._send_lock:
            self.active = False
            self._sending_since = time.monotonic()
            await send({"type": "http.response.body", "body": last, "more_body": False})

    async def _sent(self) -> None:
        """What was taken and could not be sent at once is on its way."""
        if self._begun is not None:
            await asyncio.wait({self._begun})

    def _beat_later(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        """A heartbeat after a while, and so on. A timer: a task that sleeps takes ten times its memory."""
        self._next_beat = loop.call_later(self._ping_seconds, self._begin_beat, loop, send)

    def _begin_beat(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        if self._beating is None or self._beating.done():
            self._beating = loop.create_task(self._beat(send))
        self._beat_later(loop, send)

    async def _beat(self, send: Send) -> None:
        """One heartbeat. The stream is cut off when that, or what is being sent, is not taken in time."""
        try:
            if self._sending_since is not None:
                self._require_taken(self._sending_since)
                return
            async with self._send_lock:
                if self.active:
                    beat = {"type": "http.response.body", "body": HEARTBEAT, "more_body": True}
                    await self._send_with_timeout(send, beat)
        except Exception as error:  # noqa: BLE001 — raised by the answer, which it ends
            self._fail(error)
        finally:
            self._beating = None  # a task that is over takes as much memory as one that works

    def _fail(self, error: Exception) -> None:
        self._failure = error
        self._cut_off()

    def _require_taken(self, since: float) -> None:
        assert self.send_timeout is not None
        if time.monotonic() - since >= self.send_timeout:
            raise SendTimeoutError
