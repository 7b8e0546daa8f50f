"""Ordinary words of a language: its common verbs, adjectives, adverbs and nouns in every form, of the kinds that tell of nobody.

`lexicon/ordinary/<language>.yaml` holds base forms by kind. A German word put together from ordinary ones is ordinary too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tools.outreach.reading.lexicon import bending
from tools.outreach.reading.sentences import bare, key_of

FOLDER = Path(__file__).with_name("lexicon") / "ordinary"
SHORTEST_PART = 3
"""Letters of the shortest part that a compound is taken apart into."""
_JOINS = ("", "s", "es", "n", "en", "e")
"""What German puts between the parts of a compound."""


@dataclass(frozen=True)
class Ordinary:
    """One language's: all forms, folded, and those of them that are nouns."""

    words: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    parts: frozenset[str]
    """What its compounds are put together from: none where there are no compounds."""

    def holds(self, key: str, known: frozenset[str] = frozenset()) -> bool:
        """Whether a folded word is ordinary. `known`: words that may be parts of a compound too."""
        return key in self.words or (bool(self.parts) and self._is_compound(key, known))

    def is_noun(self, key: str) -> bool:
        """Whether a folded word with a capital letter is a common noun of the language."""
        return key in self.nouns or (bool(self.parts) and self._is_compound(key))

    def _is_compound(self, key: str, known: frozenset[str] = frozenset()) -> bool:
        """Whether a word is an ordinary noun behind ordinary parts."""
        for cut in range(len(key) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            stored = key[cut:] in known
            if not stored and key[cut:] not in self.parts:
                continue
            firsts = self.words if stored else self.parts
            for join in _JOINS:
                part = key[:cut].removesuffix(join) if key[:cut].endswith(join) else ""
                if len(part) >= SHORTEST_PART and (
                    part in firsts or part in known or self._is_compound(part, known)
                ):
                    return True
        return False


@cache
def ordinary_words() -> Mapping[str, Ordinary]:
    """All of them, by language code."""
    return {file.stem: _read(file) for file in sorted(FOLDER.glob("*.yaml"))}


def _read(file: Path) -> Ordinary:
    listed: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    bend: Mapping[str, Callable[[str], set[str]]] = bending.OF[file.stem]
    forms = {
        kind: frozenset(
            bare(key_of(form)) for word in words.split() for form in bend.get(kind, bending.unbent)(word)
        )
        for kind, words in listed.items()
    }
    nouns = parts = forms["nouns"]
    if file.stem in bending.NOUNS_OF_VERBS:
        nouns |= frozenset(bare(key_of(word)) for word in listed["verbs"].split()) | forms["adjectives"]
    return Ordinary(
        frozenset().union(*forms.values()),
        nouns,
        forms["verbs"] | forms.get("present", frozenset()),
        parts if file.stem in bending.NOUNS_OF_VERBS else frozenset(),
    )
