"""Failures as answers: one table from error to status, one problem document (RFC 9457) for all of them."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from prompts.characters import clean
from tools.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    ProviderUnavailable,
    QuiverError,
    QuotaExceeded,
    StaleVersion,
    Unauthenticated,
)

log = structlog.get_logger(__name__)


STATUS: dict[type[QuiverError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    StaleVersion: 412,
    Invalid: 422,
    QuotaExceeded: 429,
    ProviderUnavailable: 503,
    QuiverError: 500,
}
"""The one table from error to status; a subclass without a row takes its parent's."""

SQLSTATE_STATUS = {
    "08": 503,
    "0A": 503,
    "53": 503,
    "57": 503,
    "58": 503,
    "40": 503,
    "55": 503,
    "23": 409,
    "22": 422,
}
"""Status by the class (first two characters) of Postgres' error code. 0A: a plan that a migration made invalid."""

SIGN_IN = "A valid access token is needed."
UNKNOWN = "Something went wrong on our side. The request id helps us find it."
RESERVED = frozenset({"type", "title", "status", "detail", "errors", "code", "success", "message", "data"})
SHOWN_ERRORS = 50


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document that clients of the envelope can read too."""
    title, shown = HTTPStatus(status).phrase, clean(detail)[0]
    document: dict[str, Any] = {
        "type": f"urn:quiver:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": shown,
        "errors": [
            {"pointer": clean(e.pointer)[0], "reason": clean(e.reason)[0]} for e in errors[:SHOWN_ERRORS]
        ],
        "success": False,
        "message": shown,
        "data": None,
    }
    document |= {name: value for name, value in (extra or {}).items() if name not in RESERVED}
    if headers and "Retry-After" in headers:
        # Also here, since a front end may show a refusal's text and never see its headers.
        document["retryAfter"] = int(headers["Retry-After"])
    return Response(orjson.dumps(document), status, headers, "application/problem+json")


def status_of(error: QuiverError) -> int:
    """The HTTP status of a failure."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def from_error(error: QuiverError) -> Response:
    """The answer to an expected failure."""
    headers: dict[str, str] = {}
    if isinstance(error, Unauthenticated):
        return problem(401, Unauthenticated.code, SIGN_IN, headers={"WWW-Authenticate": "Bearer"})
    if isinstance(error, QuotaExceeded | ProviderUnavailable):
        headers["Retry-After"] = str(max(1, error.retry_after))
    elif "retryAfter" in error.extra:
        headers["Retry-After"] = str(error.extra["retryAfter"])
    errors = error.errors if isinstance(error, Invalid) else ()
    return problem(
        status_of(error), error.error_code, error.message, errors=errors, extra=error.extra, headers=headers
    )


def from_validation(error: RequestValidationError) -> Response:
    """The answer to input of the wrong shape: where and why, never the input itself."""
    fields = [FieldError(_pointer(item["loc"]), str(item["msg"])) for item in error.errors()]
    return problem(422, "invalid", "The request is not valid.", errors=fields)


def _pointer(location: Sequence[str | int]) -> str:
    """An RFC 6901 pointer into the body; `query/name`, `path/name` and `header/name` elsewhere.

    Tags that tell a union's forms apart stand in parentheses and are no part of the body.
    """
    parts = [str(part)[:200].replace("~", "~0").replace("/", "~1") for part in location]
    where, *rest = [part for part in parts if not part.startswith("(")] or [""]
    return "".join(f"/{part}" for part in rest) if where == "body" else "/".join([where, *rest])


HTTP_CODES = {
    404: NotFound.code,
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


def from_http(error: HTTPException) -> Response:
    """The answer where the framework itself refuses: no such route, wrong method, too large a body."""
    if error.status_code == 400:
        # A form that can't be read: to a client the same as a body of the wrong shape.
        reason = FieldError("", str(error.detail))
        return problem(422, Invalid.code, "The request is not valid.", errors=[reason])
    phrase = HTTPStatus(error.status_code).phrase
    code = HTTP_CODES.get(error.status_code, phrase.lower().replace(" ", "_"))
    detail = "There is nothing here." if error.status_code == 404 else str(error.detail or f"{phrase}.")
    return problem(error.status_code, code, detail, headers=error.headers)


def from_database(error: SQLAlchemyError) -> Response:
    """The answer when Postgres is away, refuses the data, or somebody saved in between."""
    if isinstance(error, StaleDataError):
        return from_error(StaleVersion("Somebody saved in between; read it again."))
    status, state = database_status(error)
    log.warning("database.refused", error=type(error).__name__, sqlstate=state, status=status)
    if status == 503:
        return unavailable()
    if status == 409:
        return problem(409, Conflict.code, "This contradicts what is already stored.")
    if status == 422:
        return problem(422, Invalid.code, "A value is outside of what can be stored.")
    return unknown(error)


def database_status(error: SQLAlchemyError) -> tuple[int, str]:
    """The HTTP status of a database error, and Postgres' own code for the log."""
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if state:
        return SQLSTATE_STATUS.get(state[:2], 500), state
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or isinstance(error, InterfaceError | PoolTimeout):
        return 503, state
    client_side = isinstance(error, DBAPIError) and isinstance(error.orig, ValueError | OverflowError)
    return (422 if client_side else 500), state


def unavailable() -> Response:
    """The answer when something we need does not answer in time."""
    return problem(503, "unavailable", "The service is busy; try again.", headers={"Retry-After": "2"})


def unknown(error: BaseException) -> Response:
    """The neutral answer to a failure nobody foresaw; the log has the rest."""
    log.error("request.failed", exc_info=error)
    return problem(500, "internal", UNKNOWN)


def any_error(error: Exception) -> Response:
    """The answer to any failure at all."""
    match error:
        case QuiverError():
            return from_error(error)
        case RequestValidationError():
            return from_validation(error)
        case HTTPException():
            return from_http(error)
        case SQLAlchemyError():
            return from_database(error)
        case TimeoutError() | ConnectionError():
            log.warning("dependency.unreachable", error=type(error).__name__)
            return unavailable()
        case _:
            return unknown(error)


async def _answer(_request: Request, error: Exception) -> Response:
    return any_error(error)


def install(app: FastAPI) -> None:
    """Answer every known kind of failure with a problem document; `ErrorBoundary` answers the rest."""
    for kind in (
        QuiverError,
        RequestValidationError,
        HTTPException,
        SQLAlchemyError,
        TimeoutError,
        ConnectionError,
    ):
        app.add_exception_handler(kind, _answer)
