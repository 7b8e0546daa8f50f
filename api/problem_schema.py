"""The problem document as the OpenAPI document shows it, declared on every route."""

from typing import Any

from pydantic import Field

from tools.schemas import WireModel


class ProblemField(WireModel):
    """One field that is wrong."""

    pointer: str = Field(
        description="RFC 6901 pointer into the body, or `query/name`, `path/name`, `header/name`; empty: all of it."
    )
    reason: str = Field(description="Why, for people.")


class Problem(WireModel):
    """RFC 9457, and the envelope of a failure. Some problems have members of their own."""

    type: str = Field(description="A URN of the kind of problem.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    code: str = Field(description="The kind of problem, stable, for programs.")
    detail: str = Field(description="What went wrong, for people.")
    errors: list[ProblemField] = Field(description="Each field that is wrong.")
    success: bool = Field(False, description="Always false.")
    message: str = Field(description="The same as `detail`.")
    data: None = Field(None, description="Always null.")
    retry_after: int | None = Field(
        None, ge=1, description="The `Retry-After` header, for clients that don't see headers."
    )


MEANINGS = {
    401: "There is no valid access token.",
    403: "The caller's role does not allow this.",
    404: "It does not exist, or it is not the caller's.",
    405: "The address does not take this method.",
    409: "The present state forbids it, or the Idempotency-Key was used for another request.",
    412: "Somebody saved in between (If-Match).",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The request is not valid; `errors` names each field.",
    429: "Too many requests, or no budget; `Retry-After` says when to come back.",
    500: "Something went wrong on our side.",
    503: "Something needed is not available; `Retry-After` says when to come back.",
}

RETRY_AFTER = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}


def _declared(status: int, meaning: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    headers = {"headers": RETRY_AFTER} if status in {429, 503} else {}
    return {"description": meaning, "content": content, **headers}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: _declared(status, meaning) for status, meaning in MEANINGS.items()
}
"""For `responses=`: what any route may answer beside success."""
