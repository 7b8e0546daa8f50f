"""Two statements that can't both be true: one says that there is none of what the other tells of."""

from collections.abc import Iterator
from typing import Any

from tests.sandbox.language.choices import DENIED, newest
from tests.sandbox.language.lexicon import is_common, name_words, stem, words
from tests.sandbox.language.phrasing import cut, say
from tests.sandbox.language.reading import Passage
from tests.sandbox.language.shapes import kind_of

REACH = 3
"""Words after a denial that it denies."""
KNOWN_PLACES = frozenset({"known", "onboarding", "website"})


def contradictions(facts: list[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """What was said just now beside what was said or written before, newest first; each side has a place."""
    placed = [fact for fact in facts if fact.source and not fact.text.rstrip().endswith("?")]
    new = [fact for fact in newest(placed) if "new" in words(fact.label)]
    old = [fact for fact in placed if fact not in new and KNOWN_PLACES & set(words(fact.label))]
    for now in new:
        for before in old:
            if now.text != before.text and now.source != before.source and _clash(now.text, before.text):
                yield now, before
                break


def report(code: str, now: Passage, before: Passage, properties: dict[str, Any]) -> dict[str, Any]:
    """One contradiction in the fields that a schema has for it: `earlier` names the older side."""
    question = say(code, "which", cut(before.text, 14), cut(now.text, 14))
    filled: dict[str, Any] = {}
    for key, node in properties.items():
        side = before if {"earlier", "older", "before", "first"} & set(words(name_words(key))) else now
        kind = kind_of(key, node)
        filled[key] = {"quote": side.text, "source": side.source, "question": question}.get(kind, side.text)
    return filled


def _clash(one: str, other: str) -> bool:
    """Whether one denies what the other states."""
    return any(
        denied and denied <= _stems(stating) and not any(word in DENIED for word in words(stating))
        for denying, stating in ((one, other), (other, one))
        for denied in _denied(denying)
    )


def _denied(text: str) -> Iterator[frozenset[str]]:
    """What a text says there is none of: at least two words that say something, right after the denial."""
    found = words(text)
    for at, word in enumerate(found):
        if word in DENIED:
            near = [
                part for part in found[at + 1 : at + 1 + REACH] if not is_common(part) and part not in DENIED
            ]
            stems = frozenset(stem(part) for part in near if part not in {"yet", "noch", "encore", "aun"})
            if len(stems) >= 2:
                yield stems


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))
