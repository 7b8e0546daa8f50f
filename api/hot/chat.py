"""A message of the talk in its plain form: sent as `useChat` and our own client send it, and answered by a stream."""

from starlette.responses import Response

from api import json_body
from api.bootstrap import Services
from api.hot.requests import Asked, Work
from api.streaming.turn_stream import turn_stream
from persistence.types import WorkspaceID
from tools.access import Caller
from tools.errors import Invalid
from tools.turns.bodies import ChatRequest, parse_chat
from tools.turns.requests import MessageRequest

SPECIAL = frozenset({b"idempotency-key", b"prefer"})
"""Headers that ask for more than the plain form."""


def plain_chat(asked: Asked) -> Work | None:
    """A message that is answered by a stream in the AI SDK's form."""
    chat = None if asked.query or SPECIAL & asked.headers.keys() or _wants_json(asked) else _message(asked)
    if chat is None or not isinstance(chat.wanted, MessageRequest):
        return None
    wanted, protocol = chat.wanted, chat.protocol

    async def answer(services: Services, caller: Caller) -> Response:
        turn = await services.runner.start(caller, WorkspaceID(asked.number), wanted)
        return turn_stream(services.runner, turn, "ai-sdk", protocol)

    return answer


def _wants_json(asked: Asked) -> bool:
    """Whether one JSON object is, or may be, wanted in place of a stream."""
    return b"json" in asked.headers.get(b"accept", b"")


def _message(asked: Asked) -> ChatRequest | None:
    """What the body says, when it is as it should be."""
    if not asked.body or not json_body.is_json(asked.headers.get(b"content-type", b"").decode("latin-1")):
        return None
    try:
        return parse_chat(json_body.parse(asked.body), None)
    except Invalid:
        return None
