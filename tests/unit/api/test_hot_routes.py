"""What the routes ahead of FastAPI's hold while their answer is sent: a stream's may take minutes."""

import gc
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute

from api.hot import routes
from api.hot.routes import HotRoute, HotRoutes


class Body(dict[str, Any]):
    """A message of a server with a part of a body, that can be looked for."""


async def held_to_nothing(*_: Any) -> bool:
    return True


async def test_a_body_that_was_read_is_let_go_of_before_the_answer_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(routes, "hold_to_limits", held_to_nothing)
    read: list[bytes] = []
    held: list[int] = []

    async def receive() -> Body:
        return Body(type="http.request", body=b'"words"', more_body=False)

    async def answer(_scope: Any, _receive: Any, _send: Any) -> None:
        held.append(sum(isinstance(found, Body) for found in gc.get_objects()))

    async def work(_services: Any, _caller: Any) -> Any:
        return answer

    def plain(asked: Any) -> Any:
        read.append(asked.body)
        return work

    async def remembered(_authorization: str) -> str:
        return "somebody"

    async def elsewhere(_scope: Any, _receive: Any, _send: Any) -> None:
        raise AssertionError("it is plain")

    services = SimpleNamespace(callers=SimpleNamespace(remembered=remembered))
    hot = HotRoute(cast(APIRoute, None), "POST", "thing_id", re.compile(r"/things/([1-9]+)"), plain)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/things/1",
        "query_string": b"",
        "headers": [(b"content-length", b"7")],
        "app": SimpleNamespace(state=SimpleNamespace(services=services)),
    }
    await HotRoutes(elsewhere, routes=[hot])(scope, cast(Any, receive), cast(Any, None))
    assert read == [b'"words"']
    assert held == [0]
