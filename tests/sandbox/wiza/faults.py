"""How Wiza misbehaves: refusals in either envelope, and answers that get lost after the work was begun."""

import asyncio

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.sandbox.behaviour import Rule

REFUSALS = {
    "rate_limited": (429, "Rate limit exceeded"),
    "queue_full": (429, "Queue full"),
    "paused": (503, "List creation is paused"),
    "overloaded": (503, "Service unavailable"),
    "bad_request": (400, "Bad request"),
    "unauthorized": (401, "Invalid API key."),
    "server_error": (500, "Internal server error"),
}


class Cut(Response):
    """Closes the connection in mid-answer: more bytes were announced than are sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and one byte, then drop the connection."""
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": False})


def refused(status: int, message: str, *, flat: bool = False) -> JSONResponse:
    """A refusal in the usual envelope or in the flat one."""
    body = (
        {"status": status, "message": message} if flat else {"status": {"code": status, "message": message}}
    )
    return JSONResponse(body, status)


async def before(chosen: dict[str, Rule]) -> Response | None:
    """What is answered in place of doing anything; with option `after` the work is done first."""
    if rule := chosen.get("slow"):
        await asyncio.sleep(float(rule.options.get("delay", 2)))
    for mode, (status, message) in REFUSALS.items():
        rule = chosen.get(mode)
        if rule and not rule.options.get("after"):
            return refused(status, message, flat=bool(rule.options.get("flat")))
    return None


async def after(chosen: dict[str, Rule], answer: Response) -> Response:
    """The answer, or what its sender gets to see of it."""
    if "hang" in chosen:
        await asyncio.sleep(3600)
    if "cut" in chosen:
        return Cut()
    if "garbage" in chosen:
        return Response("<html>not what you asked for</html>", 200, media_type="text/html")
    for mode, (status, message) in REFUSALS.items():
        if mode in chosen:
            return refused(status, message)
    return answer
