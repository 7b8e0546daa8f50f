"""What words mean: folding, stems, meanings shared by languages, and which language a text is in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "de", "fr", "es")
WORD = re.compile(r"[^\W_]+", re.UNICODE)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-.:/]+")


@cache
def language(code: str) -> dict[str, Any]:
    """One language's words: common ones, meanings, questions, proposals, phrases."""
    known: dict[str, Any] = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    return known


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(WORD.findall(fold(text)))


def name_words(name: str) -> str:
    """A field's name as words: `sourceId` and `source_id` are `source Id`."""
    return CAMEL.sub(" ", name)


@cache
def _common() -> frozenset[str]:
    return frozenset(word for code in LANGUAGES for word in words(language(code)["common"]))


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Every known word with its meanings, over all languages."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        for meaning, entry in language(code)["meanings"].items():
            for word in words(entry["words"]):
                found.setdefault(word, set()).add(meaning)
    return {word: frozenset(meanings) for word, meanings in found.items()}


@lru_cache(maxsize=20_000)
def meanings_of(word: str) -> frozenset[str]:
    """What a folded word can mean: inflected forms too; compounds mean what their last part means."""
    vocabulary = _vocabulary()
    if word in vocabulary:
        return vocabulary[word]
    beginnings = [
        known for known in vocabulary if 5 <= len(known) >= len(word) - 3 and word.startswith(known)
    ]
    if beginnings:
        return vocabulary[max(beginnings, key=len)]
    endings = [known for known in vocabulary if len(known) >= 6 and word.endswith(known)]
    return vocabulary[max(endings, key=len)] if endings else frozenset()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The first letters, so that inflected forms and cognates meet."""
    return word[:6] if len(word) > 6 else word.rstrip("s") or word


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems and the meanings of a text, without common words (which may still mean something)."""
    stems, meanings = set(), set()
    for word in words(text):
        meanings |= meanings_of(word)
        if word not in _common() and len(word) > 1:
            stems.add(stem(word))
    return frozenset(stems), frozenset(meanings)


def is_common(word: str) -> bool:
    """Whether a folded word is one of a language's everyday words."""
    return word in _common()


def detect(texts: Iterable[str]) -> str | None:
    """The language of the newest text that is long enough to tell; None when none is."""
    seen: Counter[str] = Counter()
    for text in texts:
        found = words(text)
        for code in LANGUAGES:
            common = _common_of(code)
            seen[code] += sum(word in common for word in found)
        ranked = seen.most_common(2)
        if ranked[0][1] >= 3 and ranked[0][1] >= ranked[1][1] * 1.3:
            return ranked[0][0]
    if seen and seen.most_common(1)[0][1] > 0:
        return seen.most_common(1)[0][0]
    return None


@cache
def _common_of(code: str) -> frozenset[str]:
    entry = language(code)
    known = {
        word for meaning in entry["meanings"].values() for word in words(meaning["words"]) if len(word) > 4
    }
    return frozenset(words(entry["common"])) | known | frozenset(words(" ".join(entry["opinion"])))


@lru_cache(maxsize=8192)
def opinionated(text: str) -> bool:
    """Whether somebody says what they believe."""
    return any(word in _opinion_marks() for word in words(text))


@cache
def _opinion_marks() -> frozenset[str]:
    return frozenset(fold(mark) for code in LANGUAGES for mark in language(code)["opinion"])


@cache
def _deeds() -> dict[str, str]:
    return {
        word: deed
        for code in LANGUAGES
        for deed, entries in language(code)["deeds"].items()
        for entry in entries
        for word in words(str(entry))
    }


def deeds_in(text: str) -> frozenset[str]:
    """What somebody asks to be done: keep, remove, make."""
    return frozenset(_deeds()[word] for word in words(text) if word in _deeds())
