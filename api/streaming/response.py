"""An event stream as sse-starlette's answer for content that is bytes already: heartbeats, an end for clients that take nothing."""

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import cast

import anyio
from sse_starlette import EventSourceResponse
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

from api.middleware.request_record import BODY_SEND

__all__ = ["HEARTBEAT", "EventStreamResponse", "SendTimeoutError"]

PING_SECONDS = 15.0
HEARTBEAT = b": still here\n\n"
SEND_SECONDS = 30.0
"""How long a client may refuse to take bytes before its connection is given up, at the next heartbeat. The turn goes on."""
CLEANUP_SECONDS = 5.0
"""What the content gets to close itself."""


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
        super().__init__(
            content,
            headers=headers or {},
            sep="\n",
            send_timeout=send_timeout,
            shutdown_event=cast("anyio.Event", _Told(on_shutdown)),
            shutdown_grace_period=grace,
            cleanup_timeout=CLEANUP_SECONDS,
        )
        # The parent's own setting takes whole seconds only.
        self._ping_seconds = ping
        self._sending_since: float | None = None
        self._body_send: Send | None = None

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
            with anyio.move_on_after(CLEANUP_SECONDS, shield=True):
                await content.aclose()
        async with self._send_lock:
            self.active = False
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _ping(self, send: Send) -> None:
        """Heartbeats, until one finds that a send has taken longer than `send_timeout`: raises SendTimeoutError."""
        assert self.send_timeout is not None
        heartbeat = {"type": "http.response.body", "body": HEARTBEAT, "more_body": True}
        while self.active:
            await anyio.sleep(self._ping_seconds)
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
