"""The words Wiza's filters take. An industry it doesn't know it ignores, which widens the search: so we refuse."""

import json
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

SUGGESTIONS = 3

VOCABULARY: dict[str, tuple[str, ...]] = {
    name: tuple(words)
    for name, words in json.loads((Path(__file__).parent / "vocabulary.json").read_text("utf-8")).items()
}
"""Allowed words by filter; `funding_amount` is of the four filters of amounts, `location_bucket` the kinds of places."""


def allowed(name: str) -> frozenset[str]:
    """The words a vocabulary has. Raises KeyError for a name that has none."""
    return _sets()[name]


def nearest(name: str, word: str) -> tuple[str, ...]:
    """The allowed words nearest to this one, the nearest first: 3, or fewer where there are fewer."""
    asked = _folded(word)
    return tuple(sorted(VOCABULARY[name], key=lambda known: -_likeness(asked, _folded(known)))[:SUGGESTIONS])


def require(name: str, word: str) -> str:
    """The word itself. Raises ValueError with the nearest allowed words."""
    if word not in allowed(name):
        close = ", ".join(f"“{each}”" for each in nearest(name, word))
        raise ValueError(f"“{word[:80]}” is not a word Wiza knows here; nearest: {close}")
    return word


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in VOCABULARY.items()}


def _folded(word: str) -> str:
    """Lower case and without the signs that spellings differ in; cut, since likeness costs the square of lengths."""
    return word[:80].lower().replace("_", " ").replace("-", " ").replace("&", "and").strip()


def _likeness(asked: str, known: str) -> float:
    """1 for the same; whole words in common count for as much as letters in a row."""
    letters = SequenceMatcher(None, asked, known).ratio()
    ours, theirs = set(asked.split()), set(known.split())
    shared = len(ours & theirs) / max(1, len(ours | theirs))
    return (letters + shared) / 2 + (letters == 1)
