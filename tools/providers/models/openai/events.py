"""Server-sent events of a stream of chat completions: cut out of what the network brings, and the text in them."""

from collections.abc import Sequence
from typing import Any

import orjson


class EventCutter:
    """Cuts the bytes of a server-sent event stream into events, wherever the reads begin and end."""

    def __init__(self) -> None:
        self._begun: list[bytes] = []
        self._after_cr = False

    def cut(self, read: bytes) -> list[bytes]:
        """The events that this read completes, each without its empty line and with LF for any line end."""
        if not self._begun and not self._after_cr and read.endswith(b"\n\n") and b"\r" not in read:
            if read.find(b"\n\n") == len(read) - 2 and not read.startswith(b"\n"):
                return [read[:-2]]  # nearly every read: one whole event and nothing else
            return _events(read.split(b"\n\n"))
        if self._after_cr and read:
            self._after_cr = False
            read = read.removeprefix(b"\n")
        if b"\r" in read:
            self._after_cr = read.endswith(b"\r")
            read = read.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
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
        self._tail: tuple[bytes, bytes] = (b"", b"")
        """What stands behind it, before and behind its padding."""
        self._lessons = LESSONS

    def read(self, event: bytes) -> str | None:
        """As `text_of`."""
        return self.read_all((event,))

    def read_all(self, events: Sequence[bytes]) -> str | None:
        """The text of events that say nothing else; None when one of them does."""
        whole = ""
        for event in events:
            text = self._known(event)
            if text is None:
                text = self._parsed(event)
            if text is None:
                return None
            whole += text
        return whole

    def _parsed(self, event: bytes) -> str | None:
        text = text_of(event)
        if text and self._lessons:
            self._learn(event, text)
        return text

    def _known(self, event: bytes) -> str | None:
        """The text, when all around it is known."""
        head = self._head
        if not head or not event.startswith(head):
            return None
        begin = len(head)
        end = event.find(b'"', begin + 1) + 1
        before, behind = self._tail
        if not event.startswith(before, end) or not event.endswith(behind):
            return None
        padding = event[end + len(before) : len(event) - len(behind)]
        if padding and not (behind and padding.isalnum()):
            return None
        try:
            text = orjson.loads(event[begin:end])
        except ValueError:  # not the end of the text, but a quotation mark in it
            return None
        return text if isinstance(text, str) else None

    def _learn(self, event: bytes, text: str) -> None:
        """Note what stands around the text. That it is the text of the event, and no other, shows when another is put there."""
        self._lessons -= 1
        head, found, tail = event.partition(orjson.dumps(text))
        before, padded, behind = tail.partition(PADDING)
        if padded:
            before, behind = before + padded, behind[behind.find(b'"') :]
        if found and text_of(head + PROBE + before + (b"x" if padded else b"") + behind) == PROBED:
            self._head, self._tail = head, (before, behind)


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
    return bool(
        choice.get("finish_reason")
        or chunk.get("usage")
        or chunk.get("error")
        or "type" in chunk
        or delta.get("tool_calls")
        or delta.get("function_call")
        or delta.get("refusal")
        or delta.get("role") not in (None, "", "assistant")
    )


def is_last(event: bytes) -> bool:
    """Whether an event says that there are no more."""
    return event.removeprefix(b"data:").removeprefix(b" ").startswith(b"[DONE]")
