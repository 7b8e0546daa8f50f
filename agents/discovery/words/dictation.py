"""Whether words of a model are its own, or were dictated to it: by a text of others, or read out of its own brief.

No list of bad words: an answer that stands, as a whole, in what the model was shown is no answer to anybody, whatever it
says; and a long run of words of the brief is the brief. Held to what is heard by people: speech, replies, notes, a style.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from agents.discovery.words.shown import plain, without_blocks
from prompts import RenderedPrompt
from prompts.untrusted import quoted

READ_OUT = 40
"""Words of the brief in a row that are no coincidence: an answer may repeat a clause of what it was asked to say."""
GRAM = 4
GLANCE = 60
Grams = frozenset[tuple[str, ...]]
_QUOTED = re.compile("“[^”]*”")
_WORD = re.compile(r"\w+")


class Dictated(Exception):  # noqa: N818 — a fact
    """What is being said is not the model's own. What was let through before stays said."""


class Speech:
    """One answer on its way to people: gives back what may be shown, and holds back what may still prove dictated."""

    def __init__(self, prompt: RenderedPrompt, heard: Iterable[str], lent: str = "") -> None:
        """`lent` is a sentence that the prompt quotes for the model to say."""
        self._prompt = prompt
        self._lent = lent
        self._heard = tuple(heard)
        """With the prompt what the model was shown. Only read once it speaks: many wait at the same time."""
        self._grams: Grams | None = None
        self._shown_to_model = ""
        self._said = ""
        """All of it so far, until it is clear that it is the model's own."""
        self._held: list[str] = []
        self._own = self._dictated = False
        self._unread = ""
        """What was not compared with the brief yet: speech of one's own is looked at from time to time, not at each token."""
        self._partial = ""
        self._last: tuple[str, ...] = ()
        self._run = 0

    def hear(self, piece: str) -> str:
        """The text that may be shown now; empty while it is held back. Raises Dictated, from then on always."""
        if self._dictated:
            raise Dictated
        self._unread += piece
        if self._own and not self._run and len(self._unread) < GLANCE:
            return piece
        if self._grams is None:
            self._grams = self._read()
        self._held.append(piece)
        self._count_run(self._grams)
        if not self._own:
            self._said += piece
            self._own = plain(self._said) not in self._shown_to_model
            if self._own:
                self._said = self._shown_to_model = ""
        return self._release() if self._own and not self._run else ""

    def end(self) -> str:
        """What is left to show. Raises Dictated when the whole answer was copied."""
        if not self._own and plain(self._said):
            raise Dictated
        return self._release()

    def _read(self) -> Grams:
        """Put what the model was shown into the forms in which its words are compared with it."""
        brief, heard = self._brief(), self._heard
        self._shown_to_model, self._heard = "\n".join([plain(text) for text in (brief, *heard)]), ()
        return _grams(_QUOTED.sub("", without_blocks(brief)))

    def _brief(self) -> str:
        """The prompt without what it lends."""
        text = self._prompt.text
        return text.replace(quoted(self._lent), "") if self._lent else text

    def _release(self) -> str:
        text = "".join(self._held)
        self._held.clear()
        return text

    def _count_run(self, grams: Grams) -> None:
        """Follow how many words in a row stand in the brief in this order."""
        text, self._unread = self._partial + self._unread, ""
        words = _WORD.findall(text)
        self._partial = words.pop() if words and text.endswith(words[-1]) else ""
        for word in words:
            self._last = (*self._last[1 - GRAM :], word.casefold())
            self._run = self._run + 1 if self._last in grams else 0
            if self._run + GRAM > READ_OUT:
                self._dictated = True
                raise Dictated


@lru_cache(maxsize=64)
def _grams(brief: str) -> Grams:
    """Every few words in a row of the part of a prompt that we wrote ourselves."""
    words = [word.casefold() for word in _WORD.findall(brief)]
    return frozenset(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))
