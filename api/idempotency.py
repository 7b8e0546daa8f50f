"""Idempotency-Key on every POST: the answer is stored in the transaction that did the work, so both happen or neither."""

import hashlib
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from starlette.types import Scope

from api.bootstrap import Services
from persistence.session import UnitOfWork
from persistence.types import UserID
from tools import idempotency
from tools.errors import FieldError, Invalid
from tools.idempotency import Claim, KeyedRequest, StoredAnswer

HEADER = "Idempotency-Key"
MAX_KEY_CHARACTERS = 255
KEPT_HEADERS = ("content-type", "etag", "location")
REPLAYED = "Idempotency-Replayed"
CLAIM = "quiver.idempotency_claim"

PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A name of your choice for this request, best a random UUID: it also encrypts the answer that is stored. "
    "For 24 hours the same request under it is done once and "
    "gets the same answer; another body is 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_CHARACTERS},
}
"""How the OpenAPI document shows the header."""

Handle = Callable[[Request], Awaitable[Response]]


async def keyed(request: Request, user_id: UserID, key: str) -> KeyedRequest:
    """What makes this request the same as another one. Raises Invalid for an unusable key."""
    if not 1 <= len(key) <= MAX_KEY_CHARACTERS or not key.isascii() or not key.isprintable():
        reason = f"It must have 1 to {MAX_KEY_CHARACTERS} printable ASCII characters."
        raise Invalid("The Idempotency-Key is not valid.", [FieldError(f"header/{HEADER}", reason)])
    digest = hashlib.sha256(request.scope.get("query_string", b""))
    digest.update(b"\n" + request.headers.get("content-type", "").encode(errors="replace") + b"\n")
    digest.update(await request.body())
    return KeyedRequest(user_id, key, request.method, request.scope["path"][:1024], digest.hexdigest())


async def answer_once(
    services: Services, request: Request, keyed_request: KeyedRequest, handle: Handle
) -> Response:
    """The answer of `handle`, or the one given before. Raises KeyReused or Conflict as `tools/idempotency.py` says."""
    lease = services.settings.api.idempotency_lease
    async with services.transactions.open() as uow:
        held = await idempotency.claim(uow, keyed_request, lease=lease)
    if isinstance(held, StoredAnswer):
        return Response(held.body, held.status, {**held.headers, REPLAYED: "true"})
    request.scope[CLAIM] = held
    try:
        response = await handle(request)
    except Exception:
        await release(services, request.scope)
        raise
    if response.status_code < 400 and type(response.body) is bytes:
        await _store(services, request, held, response)
    else:
        await release(services, request.scope)
    return response


async def release(services: Services, scope: Scope) -> None:
    """Free the key of a request whose work was not committed; nothing when it was, or when there was no key."""
    held: Claim | None = scope.pop(CLAIM, None)
    if held is not None:
        # Not through the queue of requests: this request may still hold its place there.
        async with services.database.unit_of_work() as uow:
            await idempotency.release(uow, held)


async def _store(services: Services, request: Request, held: Claim, response: Response) -> None:
    """Store the answer in the route's transaction, or in one of its own when the route had none."""
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    answer = StoredAnswer(response.status_code, bytes(response.body), headers)

    async def settled() -> None:
        request.scope.pop(CLAIM, None)

    uow: UnitOfWork | None = getattr(request.state, "uow", None)
    if uow is not None:
        await idempotency.settle(uow, held, answer)
        uow.after_commit(settled)
        return
    async with services.database.unit_of_work() as own:
        await idempotency.settle(own, held, answer)
    await settled()
