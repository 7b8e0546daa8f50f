"""The body of an answer may go past all that the app puts around its routes."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from api.app import Quiver
from api.middleware.body_send import BODY_SEND


async def test_a_route_finds_the_servers_own_send_behind_all_layers() -> None:
    found: list[Any] = []
    sent: list[Message] = []

    async def route(request: Request) -> Response:
        found.append(request.scope[BODY_SEND])
        return Response("hi")

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    app = Quiver()
    app.add_route("/", route)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "root_path": "",
        "headers": [],
        "query_string": b"",
    }
    await app(scope, receive, send)
    assert found == [send]
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
