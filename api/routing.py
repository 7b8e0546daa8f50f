"""The router every feature uses. What a route of it gets without asking: sign-in, rate limits, strict bodies, Idempotency-Key.

`@route_options(...)` under the method decorator says where a route differs.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from api import idempotency, json_body
from api.bootstrap import Services
from api.deps import services_of
from api.http_settings import ApiSettings
from api.problem_schema import PROBLEMS
from tools.access import Caller
from tools.errors import FieldError, Invalid, NotFound, Unauthenticated
from tools.schemas import PLAIN_ID

BodyKind = Literal["json", "batch", "chat", "upload"]
ExtraLimit = Literal["scrape"]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
Handler = Callable[[Request], Coroutine[Any, Any, Response]]

OPTIONS = "quiver_route_options"
BEARER = HTTPBearer(
    auto_error=False, bearerFormat="JWT", description="A Supabase access token of a signed-in user."
)


@dataclass(frozen=True)
class RouteOptions:
    """Where a route differs from the others."""

    public: bool = False
    """Anybody may call: no token is read and `CallerDep` is not available."""
    ticket: bool = False
    """A GET stream: `?ticket=` is taken in place of a token."""
    body: BodyKind = "json"
    """Which body limit holds: 1 MiB, 2 MiB for batches, 8 MiB for the chat, 256 MiB for files (settings)."""
    idempotent: bool = True
    """Whether Idempotency-Key is kept here. False: the route keeps it itself (the chat stream)."""
    limit: ExtraLimit | None = None
    """A rate limit of its own, beside the user's and the workspace's."""
    asks_itself: bool = False
    """The route's own first statement asks whether the caller is active, so the user is not looked up before."""
    plain: Callable[[Any], Any] | None = None
    """How the plain form of the request is answered ahead of FastAPI (`api/hot/`)."""


def route_options(
    *,
    public: bool = False,
    ticket: bool = False,
    body: BodyKind = "json",
    idempotent: bool = True,
    limit: ExtraLimit | None = None,
    asks_itself: bool = False,
    plain: Callable[[Any], Any] | None = None,
) -> Callable[[Endpoint], Endpoint]:
    """Say where the route below differs."""

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, OPTIONS, RouteOptions(public, ticket, body, idempotent, limit, asks_itself, plain))
        return endpoint

    return mark


def options_of(endpoint: Callable[..., Any]) -> RouteOptions:
    """The options of an endpoint."""
    options = getattr(endpoint, OPTIONS, RouteOptions())
    assert isinstance(options, RouteOptions)
    return options


class QuiverRoute(APIRoute):
    """A route that knows who calls, how often, with what, and whether it was asked before."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **arguments: Any) -> None:
        """FastAPI's arguments; a POST's document says that it takes an Idempotency-Key."""
        super().__init__(path, endpoint, **arguments)
        options = options_of(endpoint)
        if "POST" in (self.methods or ()) and not options.public:
            self.openapi_extra = {"parameters": [idempotency.PARAMETER], **(self.openapi_extra or {})}

    def get_route_handler(self) -> Handler:
        """FastAPI's handler behind everything this product checks first."""
        answer = super().get_route_handler()
        options = options_of(self.endpoint)
        takes_body, takes_form = self.body_field is not None, _takes_form(self)

        async def handle(request: Request) -> Response:
            services = services_of(request)
            _refuse_nul(request.scope)
            caller = None if options.public else await _authenticate(services, request, options)
            workspace = _workspace_id(request)
            known = caller is not None and await hold_to_limits(services, caller, workspace, options.limit)
            request = _bounded(request, _body_limit(services.settings.api, options.body))
            if takes_body and not takes_form:
                await request.json()
            key = request.headers.get(idempotency.HEADER)
            try:
                if key is not None and caller and options.idempotent and request.method == "POST":
                    keyed = await idempotency.keyed(request, caller.user_id, key, form=takes_form)
                    lease = _lease(services.settings.api, options.body)
                    response = await idempotency.answer_once(services, request, keyed, answer, lease=lease)
                else:
                    response = await answer(request)
            except NotFound:
                if caller is not None and workspace is not None:
                    services.workspace_limit.forget(caller.user_id, workspace)
                raise
            finally:
                await request.close()
            if caller is not None and workspace is not None and not known:
                await services.workspace_limit.let_in(caller.user_id, workspace)
            return response

        return handle

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a key that was claimed and whose work was not committed is freed."""
        try:
            await super().handle(scope, receive, send)
        finally:
            if idempotency.CLAIM in scope:
                await idempotency.release(scope["app"].state.services, scope)


class StrictRequest(Request):
    """A request whose JSON is read strictly. `json()` raises Invalid or HTTPException(415)."""

    async def json(self) -> Any:
        """The body as JSON; None when there is no body."""
        if not hasattr(self, "_parsed"):
            body = await self.body()
            if body and not json_body.is_json(self.headers.get("content-type", "")):
                raise HTTPException(415, "The body must be JSON: send Content-Type: application/json.")
            self._parsed = json_body.parse(body) if body else None
        return self._parsed


def api_router(tag: str, *, public: bool = False) -> APIRouter:
    """A router for one feature. Paths are written in full on each route. `public`: its routes need no token."""
    return APIRouter(
        tags=[tag],
        route_class=QuiverRoute,
        dependencies=[] if public else [Depends(BEARER)],
        responses={} if public else dict(PROBLEMS),
        generate_unique_id_function=operation_id,
    )


def operation_id(route: APIRoute) -> str:
    """The function's name as a method of generated clients: `list_workspaces` is `listWorkspaces`."""
    return to_camel(route.name)


async def _authenticate(services: Services, request: Request, options: RouteOptions) -> Caller:
    """The caller, kept on the request. Raises Unauthenticated, Forbidden, QuotaExceeded."""
    headers = request.headers.getlist("authorization")
    ticket = request.query_params.get("ticket")
    address = request.client.host if request.client else ""
    if len(headers) == 1:
        known = await services.callers.remembered(headers[0]) if options.asks_itself else None
        caller = known or await services.callers.from_authorization(headers[0], address)
    elif options.ticket and ticket and not headers and request.method == "GET":
        caller = await services.callers.from_ticket(ticket, request.scope["path"])
    else:
        raise Unauthenticated("A valid access token is needed.")
    request.state.caller = caller
    return caller


async def hold_to_limits(
    services: Services, caller: Caller, workspace: int | None, extra: ExtraLimit | None = None
) -> bool:
    """Count a request. Whether it was counted for the workspace too, as one of a known member. Raises QuotaExceeded."""
    settings, user = services.settings.api, str(caller.user_id)
    counted = [(settings.user_limit, "user", user)]
    if extra is not None:
        counted.append((settings.scrape_limit, extra, user))
    member = None if workspace is None else services.workspace_limit.of_known(caller.user_id, workspace)
    if member is not None:
        counted.append(member)
    await services.rate_limits.hit_all(counted)
    return member is not None


def _workspace_id(request: Request) -> int | None:
    """The workspace in the path, when there is one that may exist."""
    word = str(request.path_params.get("workspace_id", ""))
    return int(word) if PLAIN_ID.fullmatch(word) else None


def _bounded(request: Request, limit: int) -> StrictRequest:
    """The same request, whose body may have at most `limit` bytes."""
    return StrictRequest(request.scope, json_body.limited(request.receive, request.headers, limit))


def _body_limit(settings: ApiSettings, kind: BodyKind) -> int:
    limits = {
        "json": settings.body_bytes,
        "batch": settings.batch_body_bytes,
        "chat": settings.chat_body_bytes,
        "upload": settings.upload_body_bytes,
    }
    return limits[kind]


def _lease(settings: ApiSettings, kind: BodyKind) -> float:
    """Seconds for which a request holds its Idempotency-Key."""
    return settings.upload_lease if kind == "upload" else settings.idempotency_lease


def _takes_form(route: APIRoute) -> bool:
    """Whether the body is a form (uploads), which FastAPI reads as a stream."""
    return any(type(param.field_info).__name__ in {"Form", "File"} for param in route.dependant.body_params)


def _refuse_nul(scope: Scope) -> None:
    """Refuse NUL in path and query: nothing with it can exist, and Postgres would fail on it."""
    if "\x00" in scope["path"]:
        raise HTTPException(404)
    if b"%00" in scope.get("query_string", b""):
        raise Invalid("The query is not valid.", [FieldError("query", "Text may not hold NUL.")])
