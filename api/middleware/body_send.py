"""The way of an answer's body past the app's layers."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Receive, Scope, Send

BODY_SEND = "quiver.body_send"
"""Where the scope holds the `send` behind all of the app's layers. They add to the head of an answer: a stream that has sent
its own may hand its pieces to this one."""


class BodySend:
    """Around all layers, Starlette's own too. Not a coroutine itself, which would be kept as long as each stream."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Note where the body may go, and pass the request on."""
        scope[BODY_SEND] = send
        return self._app(scope, receive, send)
