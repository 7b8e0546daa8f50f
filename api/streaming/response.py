"""An event stream as an ASGI answer: ready bytes, heartbeats in silence, an end for clients that leave or take nothing.

It runs in the request's own task. Beside it only one waits for the client to leave; heartbeats are a timer's, and that the
server is told to stop is watched for all streams together. Each task more would be kilobytes a stream, for as long as it waits.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.middleware.request_record import BODY_SEND
from api.streaming.exit_watch import exit_watch

PING_SECONDS = 15.0
HEARTBEAT = b": still here\n\n"
SEND_SECONDS = 30.0
"""How long a client may refuse to take bytes before its connection is given up, at the next heartbeat. The turn goes on."""
CLEANUP_SECONDS = 5.0
"""What the content gets to close itself."""


class SendTimeoutError(TimeoutError):
    """The client took nothing for too long."""


class EventStreamResponse(Response):
    """Sends content as it comes. After the head, what the layers of the app add is complete: the body goes past them."""

    media_type = "text/event-stream"

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
        self.status_code = 200
        self.background = None
        self.init_headers(
            {
                "cache-control": "no-store",
                **(headers or {}),
                "connection": "keep-alive",
                "x-accel-buffering": "no",
            }
        )
        self._content = content
        self._on_shutdown = on_shutdown
        self._grace = grace
        self._ping = ping
        self._send_timeout = send_timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. Raises SendTimeoutError, and what the content raises."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        stream = _Stream(self._content, scope.get(BODY_SEND) or send, self._ping, self._send_timeout)
        exits = exit_watch()
        exits.add(stream, lambda: self._told_to_stop(stream))
        watch = asyncio.create_task(stream.watch(receive), name="stream-watch")
        try:
            await stream.run()
        finally:
            watch.cancel()
            exits.discard(stream)

    def _told_to_stop(self, stream: "_Stream") -> None:
        self._on_shutdown()
        stream.cut_after(self._grace)


class _Stream:
    """One answer under way, in the task that runs it."""

    def __init__(
        self, content: AsyncGenerator[bytes, None], send: Send, ping: float, send_timeout: float
    ) -> None:
        self._content = content
        self._send = send
        self._ping = ping
        self._send_timeout = send_timeout
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task(self._loop)
        self._open = True
        self._sending_since: float | None = None
        self._cut = False
        self._failure: SendTimeoutError | None = None
        self._timer: asyncio.TimerHandle = self._loop.call_later(ping, self._ring)
        self._end: asyncio.TimerHandle | None = None
        self._beating: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Send it all, or until it is cut: by the client that left, by one that takes nothing, at the server's end."""
        assert self._task is not None
        cancelled_before = self._task.cancelling()
        try:
            try:
                await self._send_all()
            finally:
                self._close()
                with anyio.move_on_after(CLEANUP_SECONDS, shield=True):
                    await self._content.aclose()
        except asyncio.CancelledError:
            if not self._cut or self._task.uncancel() > cancelled_before:
                raise
            if self._failure is not None:
                raise self._failure from None

    async def watch(self, receive: Receive) -> None:
        """Cut the stream when the client leaves."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.cut()

    def cut(self, failure: SendTimeoutError | None = None) -> None:
        """End it now. `failure` is raised by `run`."""
        if self._open and not self._cut:
            assert self._task is not None
            self._cut, self._failure = True, failure
            self._task.cancel()

    def cut_after(self, seconds: float) -> None:
        """End it if it has not ended by then."""
        if self._open:
            self._end = self._loop.call_later(seconds, self.cut)

    async def _send_all(self) -> None:
        send = self._send
        async for piece in self._content:
            self._sending_since = time.monotonic()
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            self._sending_since = None
        self._close()
        if self._beating is not None:
            await asyncio.wait({self._beating})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _close(self) -> None:
        """No more heartbeats and no cut from here on."""
        self._open = False
        self._timer.cancel()
        if self._end is not None:
            self._end.cancel()
        if self._beating is not None:
            self._beating.cancel()

    def _ring(self) -> None:
        """Time for a heartbeat; or the client has taken nothing for too long."""
        since = self._sending_since
        if since is None and self._beating is None:
            self._beating = self._loop.create_task(self._beat(), name="stream-heartbeat")
        elif since is not None and time.monotonic() - since >= self._send_timeout:
            self.cut(SendTimeoutError())
            return
        self._timer = self._loop.call_later(self._ping, self._ring)

    async def _beat(self) -> None:
        try:
            async with asyncio.timeout(self._send_timeout):
                await self._send({"type": "http.response.body", "body": HEARTBEAT, "more_body": True})
        except TimeoutError:
            self.cut(SendTimeoutError())
        finally:
            self._beating = None
