"""Server-sent events of a stream of chat completions: cut out of what the network brings, and the text in them."""

from collections.abc import Sequence
from typing import Any

import orjson


class EventCutter:
    """Cuts the bytes of a server-sent event stream into events, wherever the reads begin and end."""

    def __init__(self) -> None:
        self._begun: list[bytes] = []
        self._after_cr = False

    @property
    def is_between_events(self) -> bool:
        """Whether the next read begins with an event."""
        return not self._begun and not self._after_cr

    def cut(self, read: bytes) -> list[bytes]:
        """The events that this read completes, each without its empty line and with LF for any line end."""
        if self.is_between_events and read.endswith(b"\n\n") and b"\r" not in read:
            return _events(read.split(b"\n\n"))
        if self._after_cr and read:
            self._after_cr = False
            read = read.removeprefix(b"\n")
        if b"\r" in read:
            self._after_cr = read.endswith(b"\r")
            read = read.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if read:
            self._begun.append(read)
        if b"\n" not in read:
            return []
        *events, begun = b"".join(self._begun).split(b"\n\n")
        self._begun = [begun] if begun else []
        return _events(events)


def _events(parts: list[bytes]) -> list[bytes]:
    """What stands between empty lines, where something does."""
    return [event for part in parts if (event := part.lstrip(b"\n"))]


class TextReader:
    """Reads the text of one stream's events. Of those that are like one before, but for their text, nothing else is parsed."""

    def __init__(self) -> None:
        self._head = b""
        """What stands before the text of most events."""
        self._before = self._behind = b""
        """What stands behind the text, before and behind its padding, up to the empty line."""
        self._is_padded = False
        self._lessons = LESSONS
        self._other: bytes | None = None
        """The last event that says more. Who hears of events is shown it, and then who reads them."""

    def read(self, event: bytes) -> str | None:
        """As `text_of`."""
        return self.read_all((event,))

    def read_all(self, events: Sequence[bytes]) -> str | None:
        """The text of events that say nothing else; None when one of them does."""
        whole = ""
        for event in events:
            if event is self._other:
                return None
            text = self.known(event + b"\n\n")
            if text is None:
                text = self._parsed(event)
            if text is None:
                self._other = event
                return None
            whole += text
        return whole

    def known(self, read: bytes) -> str | None:
        """The text of a read that is one event with its empty line, when all around the text is known; else None.

        So the read needs not be cut: no line end is in what is known, nor in a string of JSON.
        """
        head = self._head
        if not head or not read.startswith(head):
            return None
        begin = len(head)
        end = read.find(b'"', begin + 1) + 1
        before, behind = self._before, self._behind
        if not read.startswith(before, end) or not read.endswith(behind):
            return None
        begin_padding, end_padding = end + len(before), len(read) - len(behind)
        if begin_padding != end_padding and not self._is_padding(read[begin_padding:end_padding]):
            return None
        try:
            text = orjson.loads(read[begin:end])
        except ValueError:  # not the end of the text, but a quotation mark in it
            return None
        return text if isinstance(text, str) else None

    def _is_padding(self, between: bytes) -> bool:
        return self._is_padded and between.isalnum()

    def _parsed(self, event: bytes) -> str | None:
        text = text_of(event)
        if text and self._lessons:
            self._learn(event, text)
        return text

    def _learn(self, event: bytes, text: str) -> None:
        """Note what stands around the text. That it is the text of the event, and no other, shows when another is put there."""
        self._lessons -= 1
        head, found, tail = event.partition(orjson.dumps(text))
        before, padded, behind = tail.partition(PADDING)
        if padded:
            before, behind = before + padded, behind[behind.find(b'"') :]
        if found and text_of(head + PROBE + before + (b"x" if padded else b"") + behind) == PROBED:
            self._head, self._before, self._behind = head, before, behind + b"\n\n"
            self._is_padded = bool(padded)


LESSONS = 5
"""Events of a stream that are looked at for what most have in common."""
PADDING = b'"obfuscation":"'
"""OpenAI lengthens events by a random text, so that their sizes tell nothing of what is in them (its API reference)."""
PROBED = "no model says this"
PROBE = orjson.dumps(PROBED)


def text_of(event: bytes) -> str | None:
    """The text of an event that says nothing else, possibly none; None when the stock classes have to look at it."""
    if b"\n" in event:
        return None
    if event.startswith(b":"):
        return ""
    if not event.startswith(b"data:"):
        return None
    try:
        chunk = orjson.loads(event[5:])
        [choice] = chunk["choices"]
        delta = choice["delta"]
        text = delta.get("content")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if text is None:
        text = ""
    return text if isinstance(text, str) and not _says_more(chunk, choice, delta) else None


def _says_more(chunk: dict[str, Any], choice: dict[str, Any], delta: dict[str, Any]) -> bool:
    """Whether a chunk holds anything but text that the stock classes would take notice of."""
    return bool(choice.get("finish_reason") or chunk.get("usage") or says_other(chunk, delta))


def says_other(chunk: dict[str, Any], delta: dict[str, Any]) -> bool:
    """Whether a chunk holds anything that the stock classes would take notice of, but text, finish reason and usage."""
    return bool(
        chunk.get("error")
        or "type" in chunk
        or delta.get("tool_calls")
        or delta.get("function_call")
        or delta.get("refusal")
        or delta.get("role") not in (None, "", "assistant")
    )


def is_last(event: bytes) -> bool:
    """Whether an event says that there are no more."""
    return event.removeprefix(b"data:").removeprefix(b" ").startswith(b"[DONE]")
