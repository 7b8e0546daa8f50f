"""One answer on OpenAI's wire: whole, or as the pieces of a stream."""

import hashlib
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PIECE = re.compile(r"\s*\S{1,14}")


@dataclass
class ToolCall:
    """A call of a function that the model wants, arguments as JSON text."""

    name: str
    arguments: str


@dataclass
class Answer:
    """What the model says or calls, and why it ended."""

    text: str | None
    tool_calls: list[ToolCall] = field(default_factory=list)
    finish_reason: str = "stop"
    refusal: str | None = None

    def spoken(self) -> str:
        """All the words, for counting tokens."""
        return (self.text or self.refusal or "") + "".join(
            call.name + call.arguments for call in self.tool_calls
        )


def tokens(text: str) -> int:
    """About four characters make a token."""
    return -(-len(text) // 4)


@dataclass
class Envelope:
    """What surrounds an answer: id, model, usage."""

    model: str
    seed: str
    input_tokens: int
    output_tokens: int

    @property
    def id(self) -> str:
        """The completion's id; the same request has the same."""
        return "chatcmpl-" + hashlib.sha256(self.seed.encode()).hexdigest()[:24]

    def usage(self) -> dict[str, Any]:
        """Tokens of the request and of the answer."""
        return {
            "prompt_tokens": self.input_tokens,
            "completion_tokens": self.output_tokens,
            "total_tokens": self.input_tokens + self.output_tokens,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        }

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The answer in one piece."""
        message: dict[str, Any] = {
            "role": "assistant",
            "content": answer.text,
            "refusal": answer.refusal,
            "annotations": [],
        }
        if answer.tool_calls:
            message["tool_calls"] = [
                {
                    "id": self._call_id(number),
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                }
                for number, call in enumerate(answer.tool_calls)
            ]
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish_reason}
        return self._head("chat.completion") | {"choices": [choice], "usage": self.usage()}

    def pieces(self, answer: Answer) -> Iterator[dict[str, Any]]:
        """The deltas of a stream, without the finish."""
        yield self.chunk(
            {"role": "assistant", "content": "" if answer.text is not None else None, "refusal": None}
        )
        for piece in PIECE.findall(answer.text or ""):
            yield self.chunk({"content": piece})
        if answer.refusal:
            yield self.chunk({"refusal": answer.refusal})
        for number, call in enumerate(answer.tool_calls):
            function: dict[str, Any] = {"name": call.name, "arguments": ""}
            yield self.chunk(
                {
                    "tool_calls": [
                        {
                            "index": number,
                            "id": self._call_id(number),
                            "type": "function",
                            "function": function,
                        }
                    ]
                }
            )
            for start in range(0, len(call.arguments), 16):
                part = {"arguments": call.arguments[start : start + 16]}
                yield self.chunk({"tool_calls": [{"index": number, "function": part}]})

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        """One piece of a stream."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def last(self) -> dict[str, Any]:
        """The piece with the usage."""
        return self._head("chat.completion.chunk") | {"choices": [], "usage": self.usage()}

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": int(time.time()),
            "model": self.model,
            "service_tier": "default",
            "system_fingerprint": "fp_sandbox",
        }

    def _call_id(self, number: int) -> str:
        return "call_" + hashlib.sha256(f"{self.seed}:{number}".encode()).hexdigest()[:24]


def event(data: Any) -> bytes:
    """A server-sent event with JSON data."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
