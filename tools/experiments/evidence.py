"""Evidence: whether words that a model calls a quote really stand in a stored source of this workspace.

White space and Unicode forms are folded (models straighten quotation marks and join lines); letters and case are not.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from prompts.characters import clean
from tools.experiments.design import Standing

SourceKind = Literal["turn", "onboarding", "page"]

SHORTEST_QUOTE = 8
"""Bytes a quote needs, unless it is the whole source: a few letters stand in almost any text and prove nothing."""

_TYPOGRAPHIC = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "<"}
    | dict.fromkeys("‐‑‒–—−", "-")
)
_CUT_MARK = re.compile(r"\s*\[…cut\]$")


@dataclass(frozen=True)
class Source:
    """A stored text. `id` is the short name used in prompts, `stored` the lasting one that is kept with evidence."""

    id: str
    stored: str
    kind: SourceKind
    text: str


def fold(text: str) -> str:
    """The text with one form for equal characters, single spaces, plain quotation marks and dashes; case is kept."""
    # Nearly always: printable ASCII has one form and hides nothing.
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible, _ = clean(text)
    if visible.isascii():
        return " ".join(visible.split())
    return " ".join(unicodedata.normalize("NFKC", visible).translate(_TYPOGRAPHIC).split())


def contains(text: str, quote: str) -> bool:
    """Whether the folded quote stands in the folded text and is long enough to mean something."""
    return _stands_in(_words(quote), fold(text))


def _words(quote: str) -> str:
    """The folded words of a quote, without marks around and after them."""
    return fold(_CUT_MARK.sub("", quote)).strip('"')


def _stands_in(words: str, whole: str) -> bool:
    if not words or words not in whole:
        return False
    return words == whole or len(words.encode()) >= SHORTEST_QUOTE


def find_source(quote: str, source_id: str, sources: Iterable[Source]) -> Source | None:
    """The source that holds the quote: the named one if it does, else any other that does, else None."""
    words = _words(quote)
    if not words:
        return None
    named: list[Source] = []
    others: list[Source] = []
    for source in sources:
        (named if source.id == source_id else others).append(source)
    return next((source for source in (*named, *others) if _stands_in(words, fold(source.text))), None)


class FoldedSources:
    """Sources folded once, to be asked about many quotes."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._folded = [(source, fold(source.text)) for source in sources]

    def find(self, quote: str, stored: str, *, spoken_only: bool = False) -> Source | None:
        """The source that holds the quote: the one stored under that name if it does, else the first that does.

        `spoken_only` leaves web pages out: only what the user said counts.
        """
        words = _words(quote)
        holding = [
            source
            for source, whole in self._folded
            if not (spoken_only and source.kind == "page") and _stands_in(words, whole)
        ]
        return next((source for source in holding if source.stored == stored), next(iter(holding), None))


def spoken(sources: Sequence[Source]) -> list[Source]:
    """The sources in which the user speaks: turns and onboarding, not web pages."""
    return [source for source in sources if source.kind != "page"]


def checked_standing(claimed: Standing, source: Source | None) -> Standing:
    """The standing code grants: what was claimed when the quote was found, else `assumed`. It only ever lowers."""
    return claimed if source is not None else Standing.ASSUMED
