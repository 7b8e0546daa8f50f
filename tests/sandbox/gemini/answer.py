"""An answer on Gemini's wire: whole, or as the chunks of a stream."""

import hashlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.sandbox.gemini.refused import Refused
from tests.sandbox.openai.answer import PIECE, Answer, event, tokens
from tests.sandbox.streaming import Wire

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"server-timing", b"gfet4t7; dur=12"),
    (b"vary", b"Origin, X-Origin, Referer"),
]
BROKEN = b'data: {"candidates": [{"content": {"parts": [{"text": "half a \n\n'
FINISH = {"stop": "STOP", "tool_calls": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
CACHED_FROM = 1024
"""Tokens from which on the beginning of a prompt is read from the cache."""
THOUGHTS = 24
"""Tokens the model thinks with, when it may."""


class SeenPrompts:
    """Implicit caching: a prompt that begins as an earlier one did costs less for that part."""

    def __init__(self) -> None:
        self._seen: deque[str] = deque(maxlen=200)

    def cached_tokens(self, prompt: str) -> int:
        """Tokens of the longest earlier prompt that this one begins with; from now on it is one itself."""
        known = max((len(seen) for seen in self._seen if prompt.startswith(seen)), default=0)
        self._seen.append(prompt)
        found = known // 4
        return found if found >= CACHED_FROM else 0


@dataclass
class Envelope:
    """What surrounds an answer: model, id, tokens."""

    model: str
    seed: str
    prompt_tokens: int
    answer_tokens: int
    cached_tokens: int = 0
    thought_tokens: int = 0

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The answer in one piece."""
        if answer.finish_reason == "blocked":
            return self._blocked()
        parts = [{"text": answer.text}] if answer.text else []
        return self._chunk([*parts, *_calls(answer)], FINISH[answer.finish_reason], self.answer_tokens)

    def pieces(self, answer: Answer) -> Iterator[dict[str, Any]]:
        """The chunks of a stream, without the last."""
        written = 0
        for piece in PIECE.findall(answer.text or ""):
            written += tokens(piece)
            yield self._chunk([{"text": piece}], None, min(written, self.answer_tokens))
        for call in _calls(answer):
            yield self._chunk([call], None, self.answer_tokens)

    def last(self, answer: Answer) -> dict[str, Any]:
        """The chunk that says why the answer ended."""
        if answer.finish_reason == "blocked":
            return self._blocked()
        parts = [{"text": ""}] if answer.finish_reason == "stop" else []
        return self._chunk(parts, FINISH[answer.finish_reason], self.answer_tokens)

    def _chunk(self, parts: list[dict[str, Any]], finish: str | None, written: int) -> dict[str, Any]:
        candidate: dict[str, Any] = {}
        if parts:
            candidate["content"] = {"parts": parts, "role": "model"}
        if finish:
            candidate["finishReason"] = finish
        candidate["index"] = 0
        if finish == "SAFETY":
            candidate["safetyRatings"] = [
                {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True}
            ]
        return {"candidates": [candidate], **self._head(written)}

    def _blocked(self) -> dict[str, Any]:
        return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, **self._head(0)}

    def _head(self, written: int) -> dict[str, Any]:
        usage: dict[str, Any] = {"promptTokenCount": self.prompt_tokens}
        if written:
            usage["candidatesTokenCount"] = written
        if self.cached_tokens:
            usage["cachedContentTokenCount"] = self.cached_tokens
        if self.thought_tokens:
            usage["thoughtsTokenCount"] = self.thought_tokens
        usage["totalTokenCount"] = self.prompt_tokens + written + self.thought_tokens
        usage["promptTokensDetails"] = [{"modality": "TEXT", "tokenCount": self.prompt_tokens}]
        identity = hashlib.sha256(self.seed.encode()).hexdigest()[:22]
        return {"usageMetadata": usage, "modelVersion": self.model, "responseId": identity}


def wire(answer: Answer, envelope: Envelope, error: Refused) -> Wire:
    """The answer as server-sent events."""
    pieces = (event(piece) for piece in envelope.pieces(answer))
    return Wire(HEADERS, pieces, [event(envelope.last(answer))], BROKEN, event(error.as_json()))


def _calls(answer: Answer) -> list[dict[str, Any]]:
    return [
        {"functionCall": {"name": call.name, "args": json.loads(call.arguments)}}
        for call in answer.tool_calls
    ]
