"""What two texts have in common: stems of their telling words, titles' abbreviations spelled out, ranges of numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tools.experiments.evidence import fold

STEM = 5
"""Letters by which two forms of a word are taken for the same, as finance and financial."""
SHORTEST = 3

ABBREVIATIONS = {
    "cfo": "finance", "ceo": "executive", "cto": "technology", "coo": "operations", "cmo": "marketing",
    "cio": "information technology", "cro": "revenue", "hr": "human resources", "vp": "president", "gf": "geschäftsführer",
}  # fmt: skip
"""Short titles, so that a CFO is found in finance."""

FILLING = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "who",
        "whose",
        "that",
        "this",
        "their",
        "they",
        "them",
        "from",
        "into",
        "over",
        "than",
        "not",
        "are",
        "has",
        "have",
        "had",
        "was",
        "were",
        "will",
        "can",
        "all",
        "any",
        "our",
        "your",
        "its",
        "it's",
        "of",
        "at",
        "by",
        "on",
        "in",
        "to",
        "as",
        "an",
        "is",
        "be",
        "or",
        "more",
        "most",
        "other",
        "such",
        "very",
        "der",
        "die",
        "das",
        "und",
        "für",
        "mit",
        "von",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einer",
        "eines",
        "ist",
        "sind",
        "wer",
        "wie",
        "aus",
        "bei",
        "nach",
        "oder",
        "nicht",
        "auf",
        "zum",
        "zur",
        "les",
        "des",
        "une",
        "pour",
        "avec",
        "qui",
        "que",
        "dans",
        "sur",
        "par",
        "est",
        "sont",
        "aux",
        "leur",
        "leurs",
        "plus",
        "los",
        "las",
        "una",
        "uno",
        "para",
        "con",
        "que",
        "por",
        "del",
        "son",
        "sus",
        "más",
        "company",
        "companies",
        "firm",
        "firms",
        "business",
        "businesses",
        "people",
        "person",
        "lead",
        "leads",
        "team",
        "teams",
    ]
)
"""Words that tell nothing about a fit."""

_WORD = re.compile(r"[^\W\d_]+")
_RANGE = re.compile(r"(\d{1,7})\s*(?:-|to|bis|à|a|and|und)\s*(\d{1,7})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}")
_THOUSANDS = re.compile(r"(?<=\d)[.,' ](?=\d{3}(?!\d))")
SIZES = re.compile(r"size|employee|headcount|staff|people|mitarbeiter|effectif|empleados", re.IGNORECASE)


@dataclass(frozen=True)
class Range:
    """From so many to so many, both included."""

    low: int
    high: int


def terms(text: str) -> frozenset[str]:
    """The stems of a text's telling words."""
    # Plain text has one form only; folding it would take longer than all the rest.
    plain = text if text.isascii() and text.isprintable() else fold(text)
    return frozenset().union(*map(_stems, _WORD.findall(plain.casefold())))


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    """The stems a word stands for: none of one that tells nothing, more of an abbreviation."""
    spelled = [word, *ABBREVIATIONS.get(word, "").split()]
    return frozenset(part[:STEM] for part in spelled if len(part) >= SHORTEST and part not in FILLING)


def ranges(text: str) -> frozenset[Range]:
    """The ranges of numbers that a text names, such as "50 to 200"."""
    pairs = [(int(low), int(high)) for low, high in _RANGE.findall(_THOUSANDS.sub("", fold(text)))]
    return frozenset(Range(low, high) for low, high in pairs if low < high)


def numbers(text: str) -> frozenset[int]:
    """The whole numbers of a text."""
    return frozenset(int(number) for number in _NUMBER.findall(_THOUSANDS.sub("", fold(text))))
