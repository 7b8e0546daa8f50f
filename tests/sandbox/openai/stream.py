"""How OpenAI writes a streamed answer."""

from collections.abc import Iterator

from tests.sandbox.openai.answer import Answer, Envelope, event
from tests.sandbox.openai.request import Refused
from tests.sandbox.streaming import Wire

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"openai-processing-ms", b"12"),
]
BROKEN = b'data: {"id": "chatcmpl-broken", "choices": [{"delta": {"content": "half a \n\n'


def wire(answer: Answer, envelope: Envelope, error: Refused, *, usage: bool) -> Wire:
    """The answer's events, its finish, the usage when asked for, and [DONE]."""
    ending = [event(envelope.chunk({}, answer.finish_reason))]
    if usage:
        ending.append(event(envelope.last()))
    return Wire(
        HEADERS, _pieces(answer, envelope), [*ending, b"data: [DONE]\n\n"], BROKEN, event(error.as_json())
    )


def _pieces(answer: Answer, envelope: Envelope) -> Iterator[bytes]:
    for piece in envelope.pieces(answer):
        yield event(piece)
