"""The last place a failure can reach: unknown ones become a neutral 500 here, inside CORS and request ids."""

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import any_error

log = structlog.get_logger(__name__)


class ErrorBoundary:
    """Answers whatever was raised. After the head has left nothing can be said any more: the connection is cut."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer what it raises."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if started:
                log.exception("response.cut")
                raise
            await any_error(error)(scope, receive, send)
