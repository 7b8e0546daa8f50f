"""Answers made of JSON that Postgres wrote: the envelope of `tools/schemas.py` around text that is not read again."""

from collections.abc import Mapping, Sequence

import orjson
from fastapi import Response

from tools.paging import Page

MEDIA_TYPE = "application/json"


def ready(item: str, message: str = "OK", *, status: int = 200, version: int | None = None) -> Response:
    """A success whose data is ready."""
    headers = {} if version is None else {"ETag": f'"v{version}"'}
    return Response(_around(message, item), status, headers, MEDIA_TYPE)


def ready_list(
    items: Sequence[str],
    message: str = "OK",
    *,
    status: int = 200,
    more: Mapping[str, object] | None = None,
) -> Response:
    """A success whose data is a list of ready items; `more` are further members of the envelope."""
    return Response(_around(message, f"[{','.join(items)}]", more), status, media_type=MEDIA_TYPE)


def ready_page(page: Page[str]) -> Response:
    """A page of ready items."""
    info = {"limit": page.limit, "nextCursor": page.next_cursor, "total": page.total}
    return ready_list(page.items, more={"page": info})


def _around(message: str, data: str, more: Mapping[str, object] | None = None) -> bytes:
    rest = b"," + orjson.dumps(dict(more))[1:-1] if more else b""
    head = b'{"success":true,"message":' + orjson.dumps(message) + b',"data":'
    return head + data.encode() + rest + b"}"
