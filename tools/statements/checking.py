"""Whether a statement stands on its source: decided by code from the words of both, never by the model's word.

The quote must stand in a source, and the statement may say no number, no name and not much else that the source lacks. What
is left out is left out silently for readers, and named with its reason in the run's record.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tools.experiments.evidence import Source, find_source, fold

Objection = Literal[
    "no_words", "quote_not_found", "number_not_in_source", "name_not_in_source", "other_words"
]

STEM = 5
"""Letters by which two forms of a word are taken for the same."""
OWN_WORDS = 0.5
"""Share of a statement's longer words that its source must hold."""
LONG = 4

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…»”\"(–—]\s*)$")


@dataclass(frozen=True)
class Statement:
    """A sentence, the words it rests on, and the lasting name of the source that holds them."""

    text: str
    quote: str
    source: str


def check(
    text: str,
    quote: str,
    source_id: str,
    sources: Sequence[Source],
    *,
    names: str = "",
    advice: bool = False,
) -> Statement | Objection:
    """The statement with the source that carries it, or the first objection.

    `names` are words that need no source, such as the company's own name. `advice` says what to do and not what is so: it
    needs a quote and may name nothing new, but its words are free.
    """
    said = fold(text)
    if not said or not fold(quote):
        return "no_words"
    source = find_source(quote, source_id, sources)
    if source is None:
        return "quote_not_found"
    held = fold(f"{source.text} {names}")
    if not _numbers(said) <= _numbers(held):
        return "number_not_in_source"
    if _new_names(said, held):
        return "name_not_in_source"
    if not advice and not _in_words_of(said, held):
        return "other_words"
    return Statement(said, fold(quote), source.stored)


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def _new_names(said: str, held: str) -> list[str]:
    """Words inside a sentence that begin with a capital letter and that the source does not hold in any form.

    German writes every noun so; a German statement has to keep to the nouns of its source.
    """
    known = _stems(held)
    return [
        match.group()
        for match in _WORD.finditer(said)
        if match.group()[0].isupper()
        and not _SENTENCE_START.search(said[: match.start()])
        and _stem(match.group()) not in known
    ]


def _in_words_of(said: str, held: str) -> bool:
    longer = {_stem(word) for word in _WORD.findall(said) if len(word) >= LONG}
    return not longer or len(longer & _stems(held)) >= OWN_WORDS * len(longer)


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text)}


def _stem(word: str) -> str:
    return word.casefold()[:STEM]
