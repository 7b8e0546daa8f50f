"""Idempotency-Key on every POST: the answer is stored in the transaction that did the work, so both happen or neither."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import BinaryIO

from fastapi import Request, Response
from starlette.datastructures import UploadFile
from starlette.types import Scope

from api.bootstrap import Services
from persistence.session import UnitOfWork
from persistence.types import UserID
from tools import idempotency
from tools.errors import FieldError, Invalid
from tools.idempotency import Claim, KeyedRequest, StoredAnswer

HEADER = "Idempotency-Key"
MAX_KEY_CHARACTERS = 255
PIECE_BYTES = 256 * 1024
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


async def keyed(request: Request, user_id: UserID, key: str, *, form: bool = False) -> KeyedRequest:
    """What makes this request the same as another one; `form`: its body is read as a form.

    Raises Invalid for an unusable key, HTTPException for a form that can't be read.
    """
    if not 1 <= len(key) <= MAX_KEY_CHARACTERS or not key.isascii() or not key.isprintable():
        reason = f"It must have 1 to {MAX_KEY_CHARACTERS} printable ASCII characters."
        raise Invalid("The Idempotency-Key is not valid.", [FieldError(f"header/{HEADER}", reason)])
    digest = hashlib.sha256(request.scope.get("query_string", b""))
    content_type = request.headers.get("content-type", "")
    # A form is told by what is in it: its boundary, there and in the body, is another one each time it is sent.
    told_by = content_type.partition(";")[0] if form else content_type
    digest.update(b"\n" + told_by.encode(errors="replace") + b"\n")
    digest.update(await _form_digest(request) if form else await request.body())
    return KeyedRequest(user_id, key, request.method, request.scope["path"][:1024], digest.hexdigest())


async def _form_digest(request: Request) -> bytes:
    """The hash of a form's fields and files, in their order; what a file is called does not count.

    Files were spooled to disk as they came, and are read by a thread in small pieces.
    """
    digest = hashlib.sha256()
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            content = await asyncio.to_thread(_content_digest, value.file)
            await value.seek(0)
        else:
            content = hashlib.sha256(value.encode(errors="surrogatepass")).digest()
        kind = b"file" if isinstance(value, UploadFile) else b"text"
        digest.update(kind + hashlib.sha256(name.encode(errors="surrogatepass")).digest() + content)
    return digest.digest()


def _content_digest(file: BinaryIO) -> bytes:
    """The hash of what is in a file."""
    digest = hashlib.sha256()
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return digest.digest()


async def answer_once(
    services: Services, request: Request, keyed_request: KeyedRequest, handle: Handle, *, lease: float
) -> Response:
    """The answer of `handle`, or the one given before. Raises KeyReused or Conflict as `tools/idempotency.py` says.

    `lease`: seconds after which the key of a request that died in mid-work is free.
    """
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
    # A stream has no body that could be stored: its key is free again, and names the work itself.
    if response.status_code < 400 and type(getattr(response, "body", None)) is bytes:
        await _store(services, request, held, response)
    else:
        await release(services, request.scope)
    return response


async def release(services: Services, scope: Scope) -> None:
    """Free the key of a request whose work was not committed; nothing when it was, or when there was no key."""
    held: Claim | None = scope.pop(CLAIM, None)
    if held is not None:
        await services.key_releases.release(held)


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
