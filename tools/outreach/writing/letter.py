"""What a model hands in, read by code: a letter with subject and body, or a decline; whole, or while it is written."""

import re
from dataclasses import dataclass

from tools.outreach.drafter import Declined, Written
from tools.outreach.formats import Format

LONGEST = 20_000
"""Characters of an answer that are read; no format takes as many."""
LONGEST_REASON = 600
HEAD = 24
"""Characters from which on it is clear that an answer begins with none of the words below."""

_FENCE = re.compile(r"\A\s*```[a-z]*\n(.*?)\n?```\s*\Z", re.DOTALL)
_DECLINE = re.compile(r"\A[\s*_]*DECLINE[*_]*\s*:[\s*_]*", re.IGNORECASE)
_MISSING = re.compile(r"^[ \t*_]*MISSING[*_]*\s*:[\s*_]*(.*)\Z", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_SUBJECT = re.compile(r"\A[\s*_]*Subject[*_]*\s*:[*_]*[ \t]*([^\n]*)\n?", re.IGNORECASE)
_HEADS = ("subject", "decline")


@dataclass(frozen=True)
class Letter:
    """A message as its writer wrote it."""

    subject: str | None
    body: str


def read_answer(text: str, form: Format) -> Letter | Declined:
    """The letter or the decline in a model's answer. A subject is dropped where the channel has none."""
    whole = text[:LONGEST].replace("\r\n", "\n")
    fenced = _FENCE.match(whole)
    whole = (fenced.group(1) if fenced else whole).strip()
    if decline := _DECLINE.match(whole):
        return _declined(whole[decline.end() :])
    found = _SUBJECT.match(whole)
    subject = found.group(1).strip(" *_") if found else None
    body = whole[found.end() :].strip() if found else whole
    return Letter((subject or None) if form.has_subject else None, body)


class Hearing:
    """An answer on its way: tells its subject and its text, and nothing of a decline."""

    def __init__(self) -> None:
        self._held = ""
        self._open = False
        self._declined = False
        self._begun = False

    def hear(self, piece: str) -> list[Written]:
        """What can be told after this piece."""
        if self._declined:
            return []
        if self._open:
            return self._text(piece)
        self._held += piece
        return self._decide(ended=False)

    def end(self) -> list[Written]:
        """What is left to tell once the answer is whole."""
        return [] if self._open or self._declined else self._decide(ended=True)

    def _decide(self, *, ended: bool) -> list[Written]:
        head = self._held.lstrip(" \t\r\n*_`").casefold()
        may_be = any(word.startswith(head[: len(word)]) for word in _HEADS)
        if not ended and (may_be and len(head) < HEAD and "\n" not in head):
            return []
        if _DECLINE.match(self._held):
            self._declined = True
            return []
        subject = _SUBJECT.match(self._held)
        if subject and not ended and not subject.group().endswith("\n"):
            return []
        self._open = True
        told = [Written("subject", subject.group(1).strip(" *_"))] if subject else []
        return told + self._text(self._held[subject.end() :] if subject else self._held)

    def _text(self, piece: str) -> list[Written]:
        """Text without the blank lines above it."""
        shown = piece if self._begun else piece.lstrip()
        self._begun = self._begun or bool(shown)
        return [Written("text", shown)] if shown else []


def _declined(text: str) -> Declined:
    found = _MISSING.search(text)
    reason = " ".join((text[: found.start()] if found else text).split())[:LONGEST_REASON]
    missing = " ".join(found.group(1).split())[:LONGEST_REASON] if found else ""
    return Declined(reason or "The model declined without a reason.", (missing,) if missing else ())
