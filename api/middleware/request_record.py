"""What every request gets: an id, security headers, one log line and its place in the metrics."""

import re
import time
import uuid
from collections.abc import Iterable, MutableMapping
from functools import cache

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs.logging import RequestLog
from tools import tracing
from tools.tracing import Span

log = RequestLog(__name__)

REQUESTS = Counter("quiver_http_requests_total", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram("quiver_http_request_seconds", "Seconds to the end of the answer.", ("method", "route"))

GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
RawHeader = tuple[bytes, bytes]
METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
QUIET = frozenset({"/health", "/ready", "/metrics"})

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000; includeSubDomains"


class RequestRecord:
    """The outermost layer. It adds to the head of the answer and never touches its body."""

    def __init__(self, app: ASGIApp, *, hsts: bool) -> None:
        """`hsts`: tell browsers to come by https only."""
        self._app = app
        named = SECURITY_HEADERS | ({"Strict-Transport-Security": HSTS} if hsts else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in named.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        began, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._with_ours(message.get("headers", ()), request_id)
            await send(message)

        structlog.contextvars.clear_contextvars()
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            tracing.span("request", parent=_header(scope, b"traceparent") or None) as span,
        ):
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                _note(scope, request_id, status, time.perf_counter() - began, span)

    def _with_ours(self, headers: Iterable[RawHeader], request_id: str) -> list[RawHeader]:
        """The headers of an answer with those of every answer; what a route said itself stands."""
        theirs = [header for header in headers if header[0] != b"x-request-id"]
        said = {name for name, _ in theirs}
        ours = [header for header in self._headers if header[0] not in said]
        return [*theirs, (b"x-request-id", request_id.encode()), *ours]


def _request_id(scope: Scope) -> str:
    """The client's id when it is a sensible one, else a new one."""
    given = _header(scope, b"x-request-id")
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _header(scope: Scope, wanted: bytes) -> str:
    """What a header of the request says, or nothing."""
    return next((bytes(value) for name, value in scope["headers"] if name == wanted), b"").decode("latin-1")


@cache
def _figures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """The metrics of one kind of answer."""
    return REQUESTS.labels(method, route, status), SECONDS.labels(method, route)


def _note(scope: Scope, request_id: str, status: int, seconds: float, span: Span) -> None:
    """One log line and the span's words, of fields that may be logged; never the query, which may hold a ticket."""
    route = getattr(scope.get("route"), "path", "unmatched")
    method = scope["method"] if scope["method"] in METHODS else "other"
    requests, times = _figures(method, route, status)
    requests.inc()
    times.observe(seconds)
    span.name(f"{method} {route}")
    span.note(method=method, route=route, status=status)
    if route in QUIET:
        return
    state: MutableMapping[str, object] = scope.get("state", {})
    log.write(
        {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "user_id": getattr(state.get("caller"), "user_id", None),
            **_ids(scope),
            "request_id": request_id,
        }
    )


def _ids(scope: Scope) -> dict[str, str]:
    """The numeric ids in the path: which workspace, lead, campaign … this was about."""
    params = scope.get("path_params", {})
    return {name: value for name, value in params.items() if str(value).isdigit() and len(str(value)) < 20}
