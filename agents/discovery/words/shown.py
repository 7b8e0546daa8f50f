"""What a model was shown, in the form in which its words are compared with it, and the texts of others in a prompt."""

import re
from collections.abc import Iterable
from functools import cached_property

COPIED = 4
"""Words from which on a short text (a reply to click) can be called copied; fewer coincide."""

BRIEF = 300
"""Characters from which on a text is not taken word by word to be put into plain form."""
_UTF8 = ("utf-8", "surrogatepass")
_ASCII = bytes([ord("\n"), *range(ord(" "), 0x7F)])

_OPENING = re.compile(r"^<untrusted-([a-z-]+)>$", re.MULTILINE)
"""Tags on lines of their own: a brief that only mentions a tag opens no block."""
_EDGES = " \t\n\"'“”„«»‹›*_`.,;:!?¡¿…-–—()[]"


class Shown:
    """Texts that a model was shown, put into plain form at the first comparison: each is compared with many words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    @cached_property
    def plain(self) -> list[str]:
        """The texts as they are compared."""
        return [plain(text) for text in self._texts]


def plain(text: str) -> str:
    """A text as it is compared: lower case, single spaces, without marks around it. Prompts hold clean text already."""
    if len(text) < BRIEF:
        return " ".join(text.casefold().split()).strip(_EDGES)
    # A brief is compared at each answer, and nearly all of it is ASCII, which is fast as bytes.
    data = text.encode(*_UTF8)
    others = data.translate(None, _ASCII)
    if len(others) > len(data) // 8:
        return " ".join(text.casefold().split()).strip(_EDGES)
    for char in set(others.decode(*_UTF8)):
        folded = " " if char.isspace() else char.casefold()
        if folded != char:
            data = data.replace(char.encode(*_UTF8), folded.encode(*_UTF8))
    return _single_spaced(data.lower()).decode(*_UTF8).strip(_EDGES)


def _single_spaced(data: bytes) -> bytes:
    data = b" ".join(filter(None, map(bytes.strip, data.split(b"\n"))))
    while b"  " in data:
        data = data.replace(b"  ", b" ")
    return data


def copied(text: str, shown: Shown, *, words: int = COPIED) -> bool:
    """Whether a short text of so many words stands as a whole in one of the texts that the model was shown."""
    said = plain(text)
    return len(said.split()) >= words and any(said in source for source in shown.plain)


def blocks(text: str, *names: str) -> list[str]:
    """The texts of others in a prompt's text, out of the blocks of these names."""
    return [text[begin:end] for name, begin, end in _spans(text) if name in names]


def without_blocks(text: str) -> str:
    """A prompt's text without the texts of others."""
    kept, at = [], 0
    for _, begin, end in _spans(text):
        kept.append(text[at:begin])
        at = end
    return "\n".join([*kept, text[at:]])


def _spans(text: str) -> list[tuple[str, int, int]]:
    """Name, begin and end of each block, its tags a part of it. Searched by hand: a pattern would look at each character."""
    found, at = [], 0
    while (begin := text.find("<untrusted-", at)) >= 0:
        at = begin + 1
        if opening := _OPENING.match(text, begin):
            closing = f"\n</untrusted-{opening.group(1)}>"
            end = text.find(closing, opening.end())
            if end >= 0:
                at = end + len(closing)
                found.append((opening.group(1), begin, at))
    return found
