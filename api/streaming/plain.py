"""The plain form of the old front end: `data: {"type": "token" | "placeholder" | "experiments" | …}`."""

import orjson

from agents.events import (
    ApprovalRequested,
    ExperimentsProposed,
    RepliesSuggested,
    TextDelta,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from api.streaming.encoder import DONE, Chunk


class PlainEncoder:
    """Chunks for clients that know only text, experiments and the end."""

    def __init__(self) -> None:
        self._started: TurnStarted | None = None
        self._text_id: str | None = None
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
            case TurnFinished() | TurnFailed():
                return self._end(event)
            case _:
                return _data(event)

    def more_text(self, event: TextDelta) -> bytes | None:
        """A token of the paragraph that is being written."""
        if self._ended or self._text_id != event.text_id:
            return None
        return b'{"type":"token","content":' + orjson.dumps(event.text) + b"}"

    def merge(self, first: Chunk, second: Chunk) -> Chunk | None:
        """Two pieces of text are one longer piece."""
        if isinstance(first, str) or isinstance(second, str):
            return None
        if first["type"] != "token" or second["type"] != "token":
            return None
        return {"type": "token", "content": first["content"] + second["content"]}

    def reset(self) -> list[Chunk]:
        """Forget the text so far; the answer starts again."""
        return [{"type": "reset"}]

    def _start(self, event: TurnStarted) -> list[Chunk]:
        before, self._started = self._started, event
        again = before is not None and before.turn_id == event.turn_id and event.attempt > before.attempt
        if again:
            self._text_id = None
        return self.reset() if again else []

    def _text(self, event: TextDelta) -> list[Chunk]:
        """A new part is a new paragraph."""
        begun, self._text_id = self._text_id, event.text_id
        paragraph = "\n\n" if begun not in {None, event.text_id} else ""
        return [{"type": "token", "content": paragraph + event.text}]

    def _end(self, event: TurnFinished | TurnFailed) -> list[Chunk]:
        self._ended = True
        if isinstance(event, TurnFailed):
            error = {"content": event.message, "code": event.code, "retryable": event.retryable}
            return [{"type": "error", **error}, DONE]
        session = self._started.session_id if self._started else None
        turn = self._started.turn_id if self._started else None
        return [{"type": "done", "sessionId": session, "turnId": turn}, DONE]


def _data(event: TurnEvent) -> list[Chunk]:
    """What this form knows of the rest; experiments only when they are sound, for it can't say that they aren't."""
    match event:
        case RepliesSuggested() if event.placeholder is not None:
            return [{"type": "placeholder", "content": event.placeholder}]
        case ExperimentsProposed() if event.valid:
            return [{"type": "experiments", "content": event.experiments}]
        case ApprovalRequested():
            asked = {"approvalId": event.approval_id, "action": event.action, "summary": event.summary}
            return [{"type": "approval", "content": asked}]
        case _:
            return []
