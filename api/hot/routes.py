"""The routes that are asked most, answered ahead of FastAPI's routing, dependencies and validation.

Each is one of FastAPI's routes too: that one stands in the document, and answers whatever is not asked in the plain form.
A plain request passes the same checks here: sign-in, rate limits, a bounded and strict body.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bootstrap import Services
from api.hot.requests import Asked, Work
from api.routing import hold_to_limits, options_of
from persistence.types import MAX_BIGINT
from tools.access import Caller
from tools.errors import NotFound

MOST_BODY_BYTES = 64 * 1024
ID = r"([1-9][0-9]{0,18})"
ONCE = frozenset({b"authorization", b"accept", b"if-match", b"content-length", b"content-type"})
"""Headers that a plain request has at most once."""
PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class HotRoute:
    """One of FastAPI's routes that has a plain form, and where it is found: its path has one id."""

    route: APIRoute
    method: str
    parameter: str
    pattern: re.Pattern[str]
    plain: Callable[[Asked], Work | None]


def hot_routes(routers: Sequence[APIRouter]) -> list[HotRoute]:
    """Those of these routers that have a plain form."""
    found = []
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and (plain := options_of(route.endpoint).plain):
                (parameter,) = PARAMETER.findall(route.path)
                pattern = re.compile(PARAMETER.sub(ID, route.path))
                (method,) = set(route.methods or ())
                found.append(HotRoute(route, method, parameter, pattern, plain))
    return found


class HotRoutes:
    """Answers what is plain, passes everything else on."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[HotRoute]) -> None:
        self._app = app
        self._routes: dict[str, list[HotRoute]] = {}
        for hot in routes:
            self._routes.setdefault(hot.method, []).append(hot)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on."""
        if scope["type"] != "http" or scope.get("root_path"):
            await self._app(scope, receive, send)
            return
        # In a call of its own: what is read there, the body too, would be held for as long as a stream lasts.
        answers, receive = await self._who_answers(scope, receive)
        await answers(scope, receive, send)

    async def _who_answers(self, scope: Scope, receive: Receive) -> tuple[ASGIApp, Receive]:
        """The answer to a plain request, or who has to find one, and what that reads."""
        for hot in self._routes.get(scope["method"], ()):
            match = hot.pattern.fullmatch(scope["path"])
            if match is not None and (number := int(match[1])) <= MAX_BIGINT:
                response = await _answer(hot, number, scope, again := Again(receive))
                return (self._app, again.receive) if response is None else (response, receive)
        return self._app, receive


class Again:
    """A body that was read here and may have to be read again by who answers instead."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read: list[Message] = []

    async def body(self, length: int) -> bytes | None:
        """All of it; None when it is not as long as was announced, or the client left."""
        parts = b""
        while len(parts) <= length:
            message = await self._receive()
            self._read.append(message)
            parts += message.get("body", b"")
            if not message.get("more_body", False):
                return parts if len(parts) == length else None
        return None

    async def receive(self) -> Message:
        """What was read, then what comes."""
        return self._read.pop(0) if self._read else await self._receive()


async def _answer(hot: HotRoute, number: int, scope: Scope, again: Again) -> Response | None:
    """The answer to a plain request of somebody who called a moment ago; None for all others."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in headers and name in ONCE:
            return None
        headers[name] = value
    services: Services = scope["app"].state.services
    caller = await services.callers.remembered(headers.get(b"authorization", b"").decode("latin-1"))
    if caller is None:
        return None
    body: bytes | None = b""
    if hot.method != "GET":
        length = headers.get(b"content-length", b"")
        if not length.isdigit() or int(length[:9]) > MOST_BODY_BYTES:
            return None
        body = await again.body(int(length))
    work = None if body is None else hot.plain(Asked(number, scope["query_string"], headers, body))
    if work is None:
        return None
    scope["route"], scope["path_params"] = hot.route, {hot.parameter: str(number)}
    scope.setdefault("state", {})["caller"] = caller
    workspace = number if hot.parameter == "workspace_id" else None
    return await _held(services, caller, workspace, work)


async def _held(services: Services, caller: Caller, workspace: int | None, work: Work) -> Response:
    """What the work answers, counted as every request is."""
    known = await hold_to_limits(services, caller, workspace)
    try:
        response = await work(services, caller)
    except NotFound:
        if workspace is not None:
            services.workspace_limit.forget(caller.user_id, workspace)
        raise
    if workspace is not None and not known:
        await services.workspace_limit.let_in(caller.user_id, workspace)
    return response
