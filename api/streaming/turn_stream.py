"""A turn as the answer to a request: which form it has, and what becomes of it when the server ends."""

from typing import Literal

from starlette.responses import Response

from agents.runner import TurnHandle, TurnRunner
from api.streaming.ai_sdk import HEADERS, AiSdkEncoder
from api.streaming.cursor import Cursor
from api.streaming.encoder import Encoder
from api.streaming.plain import PlainEncoder
from api.streaming.response import EventStreamResponse
from api.streaming.sse import EventStream
from tools.turns.bodies import Protocol

Form = Literal["ai-sdk", "plain"]


def turn_stream(
    runner: TurnRunner,
    turn: TurnHandle,
    form: Form,
    protocol: Protocol,
    cursor: Cursor | None = None,
) -> Response:
    """The turn as a stream, with a `cursor` as `EventStream` says."""
    encoder: Encoder = PlainEncoder() if form == "plain" else AiSdkEncoder(knows_reset=protocol == "ai-7")
    stream = EventStream(encoder, cursor)
    entries = runner.follow(turn.turn_id, before=turn.before, hear=stream.hear)
    response = EventStreamResponse(
        stream.pieces(entries),
        headers=HEADERS if form == "ai-sdk" else {},
        on_shutdown=runner.begin_close,
        grace=runner.settings.drain + 2,
    )
    stream.take = response.take
    return response
