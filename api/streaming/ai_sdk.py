"""The AI SDK UI message stream, version 1: chunks that the npm package `ai` 6 and 7 share, and one that only 7 knows.

start → start-step → (text-start → text-delta* → text-end | tool-* | data-*)* → finish-step → finish → [DONE]
"""

import orjson

from agents.events import (
    ApprovalAnswered,
    ApprovalRequested,
    ExperimentsProposed,
    HypothesesNoted,
    NodeEntered,
    RepliesSuggested,
    TextDelta,
    ToolCalled,
    ToolResult,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    UsageReported,
)
from api.streaming.encoder import DONE, Chunk, Json

NONE: frozenset[str] = frozenset()
HEADERS = {"x-vercel-ai-ui-message-stream": "v1"}
BROKEN_OFF = TurnFailed(
    "attempt_lost", "The answer broke off and is being written again. Please reload it.", retryable=True
)


class AiSdkEncoder:
    """Chunks for `useChat`."""

    def __init__(self, *, knows_reset: bool = False) -> None:
        """`knows_reset`: the client is version 7 and can take back what a dead attempt had shown."""
        self._knows_reset = knows_reset
        self._turn_id = ""
        self._attempt = 0
        self._open_text: str | None = None
        self._delta_head = b""
        """A delta of the open text up to what it says."""
        self._tools = self._denied = NONE
        """Calls that were told of. Most streams have none: an empty set of each stream's own takes 216 bytes."""
        self._usage: Json | None = None
        self._ended = False

    def encode(self, event: TurnEvent) -> list[Chunk]:
        """The chunks of the next event; none after the end."""
        if self._ended:
            return []
        match event:
            case TurnStarted():
                return self._start(event)
            case TextDelta():
                return self._text(event)
            case ToolCalled() | ToolResult() | ApprovalRequested() | ApprovalAnswered():
                return [*self._close_text(), *self._tool(event)]
            case TurnFinished() | TurnFailed():
                return self._end(event)
            case _:
                return self._data(event)

    def more_text(self, event: TextDelta) -> bytes | None:
        """A delta of the text that is open."""
        if self._ended or self._open_text is None or self._open_text != event.text_id:
            return None
        return self._delta_head + orjson.dumps(event.text) + b"}"

    def merge(self, first: Chunk, second: Chunk) -> Chunk | None:
        """Two pieces of one text are one longer piece."""
        if isinstance(first, str) or isinstance(second, str):
            return None
        if first["type"] != "text-delta" or second["type"] != "text-delta" or first["id"] != second["id"]:
            return None
        return {**first, "delta": first["delta"] + second["delta"]}

    def reset(self) -> list[Chunk]:
        """Nothing: a stream that begins with `start` replaces the message."""
        return []

    def _start(self, event: TurnStarted) -> list[Chunk]:
        """The start of the message, or of the turn that goes on with it after an approval, in a step of its own.

        Of a new attempt in mid-stream, the end of what was shown of the one before.
        """
        before, self._turn_id = self._turn_id, event.turn_id
        if self._attempt and before != event.turn_id:
            self._attempt = event.attempt
            return [*self._close_text(), {"type": "finish-step"}, {"type": "start-step"}]
        if self._attempt:
            return self._begin_again(event) if event.attempt > self._attempt else []
        self._attempt = event.attempt
        metadata = {"sessionId": event.session_id, "turnId": event.turn_id}
        start = {"type": "start", "messageId": event.message_id, "messageMetadata": metadata}
        return [start, {"type": "start-step"}]

    def _begin_again(self, event: TurnStarted) -> list[Chunk]:
        """Version 6 can't take back what it has shown, so it must reload."""
        if not self._knows_reset:
            return self._fail(BROKEN_OFF)
        self._attempt = event.attempt
        self._open_text = None
        self._tools = NONE
        return [{"type": "reset-step"}]

    def _text(self, event: TextDelta) -> list[Chunk]:
        delta = {"type": "text-delta", "id": event.text_id, "delta": event.text}
        if self._open_text == event.text_id:
            return [delta]
        chunks = self._close_text()
        self._open_text = event.text_id
        self._delta_head = orjson.dumps({"type": "text-delta", "id": event.text_id})[:-1] + b',"delta":'
        return [*chunks, {"type": "text-start", "id": event.text_id}, delta]

    def _close_text(self) -> list[Chunk]:
        text_id, self._open_text = self._open_text, None
        return [] if text_id is None else [{"type": "text-end", "id": text_id}]

    def _tool(self, event: ToolCalled | ToolResult | ApprovalRequested | ApprovalAnswered) -> list[Chunk]:
        call = event.tool_call_id
        match event:
            case ToolCalled():
                return self._tool_part(call, event.tool, event.input)
            case ApprovalRequested():
                part = [] if call in self._tools else self._tool_part(call, event.action, event.input)
                asked = {"type": "tool-approval-request", "approvalId": event.approval_id, "toolCallId": call}
                return [*part, asked | {"reason": event.summary}]
            case ApprovalAnswered():
                if event.approved:
                    return []
                self._denied |= {call}
                return [{"type": "tool-output-denied", "toolCallId": call}]
            case ToolResult():
                return [] if call in self._denied else [_output(event)]

    def _tool_part(self, call: str, tool: str, arguments: Json) -> list[Chunk]:
        self._tools |= {call}
        named = {"toolCallId": call, "toolName": tool}
        return [
            {"type": "tool-input-start", **named},
            {"type": "tool-input-available", **named, "input": arguments},
        ]

    def _data(self, event: TurnEvent) -> list[Chunk]:
        match event:
            case NodeEntered():
                node = {"node": event.node, "label": event.label}
                return [{"type": "data-node", "data": node, "transient": True}]
            case HypothesesNoted():
                return [_part("hypotheses", {"known": event.known, "missing": event.missing})]
            case ExperimentsProposed():
                return [_part("experiments", _experiments(event))]
            case RepliesSuggested():
                replies = {"placeholder": event.placeholder, "replies": event.replies}
                return [_part("suggestions", replies)]
            case UsageReported():
                self._usage = usage(event)
                return [_part("usage", self._usage)]
            case _:
                return []

    def _end(self, event: TurnFinished | TurnFailed) -> list[Chunk]:
        return self._fail(event) if isinstance(event, TurnFailed) else self._finish(event)

    def _finish(self, event: TurnFinished) -> list[Chunk]:
        self._ended = True
        metadata: Json = {"turnId": self._turn_id}
        if self._usage is not None:
            metadata["usage"] = self._usage
        if event.stopped:
            metadata["stopped"] = True
        finish = {"type": "finish", "finishReason": event.finish_reason, "messageMetadata": metadata}
        return [*self._close_text(), {"type": "finish-step"}, finish, DONE]

    def _fail(self, event: TurnFailed) -> list[Chunk]:
        self._ended = True
        error = {
            "code": event.code,
            "message": event.message,
            "retryable": event.retryable,
            "turnId": self._turn_id,
        }
        told = [_part("error", error), {"type": "error", "errorText": event.message}]
        return [*self._close_text(), *told, DONE]


def usage(event: UsageReported) -> Json:
    """Tokens and cost as clients see them."""
    return {
        "inputTokens": event.input_tokens,
        "outputTokens": event.output_tokens,
        "costUsd": event.cost_usd,
        "model": event.model,
        "provider": event.provider,
    }


def _part(name: str, data: Json) -> Chunk:
    """A data part; a later one of the same name replaces it."""
    return {"type": f"data-{name}", "id": name, "data": data}


def _experiments(event: ExperimentsProposed) -> Json:
    return {
        "experiments": event.experiments,
        "valid": event.valid,
        "strategicInsight": event.strategic_insight,
    }


def _output(event: ToolResult) -> Chunk:
    if event.error is not None:
        return {"type": "tool-output-error", "toolCallId": event.tool_call_id, "errorText": event.error}
    return {"type": "tool-output-available", "toolCallId": event.tool_call_id, "output": event.output}
