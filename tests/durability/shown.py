"""What a client shows of an answer, by the rules of the AI SDK's chunks and of the plain form, over any number of connections."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Form = Literal["ai-6", "ai-7", "plain"]

TRY_AGAIN = frozenset({"attempt_lost", "server_restarting"})
"""Errors that only say: this connection can't tell you the rest, come back."""


@dataclass
class Shown:
    """One answer on one screen. `cursor` is the `id` that came last, `failure` why the turn itself ended badly."""

    form: Form
    parts: dict[str, str] = field(default_factory=dict)
    cursor: str | None = None
    turn_id: str | None = None
    message_id: str | None = None
    session_id: int | None = None
    approval_id: str | None = None
    finished: bool = False
    failure: str | None = None
    endings: int = 0
    """Connections that ended with a word: that it is all, or an error."""
    _open: set[str] = field(default_factory=set)
    _closed_for_now: set[str] = field(default_factory=set)
    """Texts that were ended by a frame without an id: only this connection ends there, the log does not say so."""
    _placed: bool = False
    _error: str | None = None

    @property
    def words(self) -> list[str]:
        """What can be read."""
        return " ".join(self.parts.values()).split()

    @property
    def over(self) -> bool:
        """Whether nothing more is to be expected."""
        return self.finished or self.failure is not None

    def begin_anew(self) -> None:
        """A whole answer was asked for: the plain form leaves it to the client to forget what it showed."""
        if self.form == "plain":
            self._clear()

    def go_on(self) -> None:
        """A new connection goes on where the last one with an id was."""
        self._closed_for_now.clear()

    def take(self, line: str) -> bool:
        """One line of the stream; whether it was data."""
        if line.startswith("id: "):
            self.cursor = line.removeprefix("id: ")
            self._placed = True
        if not line.startswith("data: ") or line == "data: [DONE]":
            return False
        assert not self.finished, f"after the end came {line}"
        chunk = json.loads(line.removeprefix("data: "))
        if self.form == "plain":
            self._plain(chunk)
        else:
            self._ai_sdk(chunk)
        self._placed = False
        return True

    def _ai_sdk(self, chunk: Json) -> None:
        match chunk["type"]:
            case "start":
                self._begin(chunk)
            case "reset-step":
                assert self.form == "ai-7", "version 6 does not know this chunk"
                self._clear()
            case "text-start":
                assert chunk["id"] not in self._open
                self._open.add(chunk["id"])
                self.parts[chunk["id"]] = ""
            case "text-delta":
                assert chunk["id"] in self._open, "a piece of a text that was not begun"
                self.parts[chunk["id"]] += chunk["delta"]
            case "text-end":
                assert chunk["id"] in self._open
                (self._open.remove if self._placed else self._closed_for_now.add)(chunk["id"])
            case "tool-approval-request":
                self.approval_id = chunk["approvalId"]
            case "data-error":
                self._error = chunk["data"]["code"]
            case "error":
                self._fail(str(self._error))
            case "finish":
                assert self._open <= self._closed_for_now, "a text was not ended"
                self._end()

    def _plain(self, chunk: Json) -> None:
        match chunk["type"]:
            case "token":
                self.parts["plain"] = self.parts.get("plain", "") + chunk["content"]
            case "reset":
                self._clear()
            case "approval":
                self.approval_id = chunk["content"]["approvalId"]
            case "error":
                self._fail(chunk["code"])
            case "done":
                self.turn_id, self.session_id = chunk["turnId"], chunk["sessionId"]
                self._end()

    def _begin(self, chunk: Json) -> None:
        """A stream that begins with `start` replaces the message, which must be the same one."""
        told = chunk["messageMetadata"]
        assert self.message_id in {None, chunk["messageId"]}, "this is another message"
        self.turn_id, self.session_id = told["turnId"], told["sessionId"]
        self.message_id = chunk["messageId"]
        self._clear()

    def _clear(self) -> None:
        self.parts.clear()
        self._open.clear()
        self._closed_for_now.clear()

    def _end(self) -> None:
        self.finished = True
        self.endings += 1

    def _fail(self, code: str) -> None:
        self.endings += 1
        if code not in TRY_AGAIN:
            self.failure = code


def assert_whole(words: list[str], count: int) -> None:
    """Every word of one call of the model, in order, none missing, none twice, none of another call."""
    calls = {word.partition(".")[0] for word in words}
    assert len(calls) == 1, f"words of {len(calls)} calls in one answer: {words}"
    assert [word.partition(".")[2] for word in words] == [str(number) for number in range(1, count + 1)], (
        words
    )
