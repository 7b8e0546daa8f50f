"""Requests whose Host is a website's go to the website; all others pass on. Every request is noted in the call log."""

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.routing import Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.sandbox.calls import Call, CallLog
from tests.sandbox.sites.hostile import robots
from tests.sandbox.sites.hostile import routes as hostile_routes
from tests.sandbox.sites.registry import HOSTILE, Sites

NOT_FOUND = "<!DOCTYPE html><html><head><title>404</title></head><body><h1>404</h1><p>There is no such page here.</p></body></html>"


class ByHost:
    """Middleware before all path prefixes."""

    def __init__(self, app: ASGIApp, sites: Sites, calls: CallLog) -> None:
        self._app = app
        self._sites = sites
        self._calls = calls
        self._hostile = Router(routes=hostile_routes(), redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a website, or pass on."""
        host = host_of(Headers(scope=scope)) if scope["type"] == "http" else ""
        if not self._sites.knows(host):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        call = self._calls.record("sites", "robots" if path == "/robots.txt" else "page", f"{host}{path}")
        await self._answer(host, path)(scope, receive, _noting(call, send))

    def _answer(self, host: str, path: str) -> ASGIApp:
        """Who answers for this host and path."""
        if host not in HOSTILE or self._sites.document(host, path) is not None:
            return self._document(host, path)
        return robots(host) if path == "/robots.txt" else self._hostile

    def _document(self, host: str, path: str) -> Response:
        document = self._sites.document(host, path)
        if document is None:
            return HTMLResponse(NOT_FOUND, 404)
        return Response(document.body, media_type=document.media_type)


def host_of(headers: Headers) -> str:
    """The Host header without port, www. and final dot, in lower case."""
    return headers.get("host", "").rsplit(":", 1)[0].lower().rstrip(".").removeprefix("www.")


def _noting(call: Call, send: Send) -> Send:
    """`send` that notes the status."""

    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            call.status = message["status"]
        await send(message)

    return noting
