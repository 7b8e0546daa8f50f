"""What a sentence names: the lead, a company, a number, a date, an event, an address, or how things are with you or with us."""

import re
import unicodedata
from dataclasses import dataclass

from tools.outreach.reading.lexicon.events import Event, events_in
from tools.outreach.reading.lexicon.frames import (
    FRAMED,
    ME,
    NOTICED,
    OPENERS_OF_QUESTIONS,
    PROMISE,
    SOCIAL_PROOF,
    US,
    YOU,
)
from tools.outreach.reading.lexicon.numbers import Found, numbers_in
from tools.outreach.reading.lexicon.plain_words import OPENERS
from tools.outreach.reading.lexicon.times import dates_in, says_recent
from tools.outreach.reading.openness import is_open
from tools.outreach.reading.ordinary import ordinary_words
from tools.outreach.reading.sentences import Sentence, Word, bare
from tools.outreach.reading.vocabulary import Vocabulary, squeeze

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|(?<!\w)[@#]\w{2,}|\b[\w-]{2,}\.(?:com|net|org|io|ai|de|fr|es|it|nl|eu|co|uk|ch|at|app|dev|example)\b(?:/\S*)?", re.IGNORECASE)  # fmt: skip
_CLAUSE = re.compile(r"\s*(?:[;:–—]|\s-\s)\s*")
_JOINTS = re.compile(r"[-./&_+@]")
_VERB_FIRST = "de"
"""The language in which any verb may open a question."""
_ALSO_ENGLISH = frozenset({"so", "am", "an", "in", "die", "was", "war", "wind", "form", "start", "stand"})
GERMAN_YOU = ("sie", "ihr", "ihne")


@dataclass(frozen=True)
class Mentions:
    """What one sentence names. `others` are names that are neither the lead's, nor their company's, nor ours."""

    lead: bool = False
    company: bool = False
    us: bool = False
    others: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: tuple[Found, ...] = ()
    dates: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    recent: bool = False
    about_you: bool = False
    about_us: bool = False
    asks: bool = False
    framed: bool = False

    def __bool__(self) -> bool:
        """Whether the sentence has to rest on evidence."""
        named = self.lead or self.company or self.others or self.addresses
        told = self.numbers or self.dates or self.events or self.recent
        return bool(named or told or self.about_you or self.about_us)


def mentions_in(sentence: Sentence, vocabulary: Vocabulary) -> Mentions:
    """What a sentence names, whoever wrote it and in whichever language."""
    visible = sentence.visible
    names = _names(sentence, vocabulary)
    asks = _asks(sentence)
    noticed = bool(NOTICED.search(visible)) and _says_you(sentence)
    begs = not asks and not noticed and is_open(sentence, vocabulary.languages, asks=False)
    framed = bool(FRAMED.search(visible)) or begs
    plain = not asks and not framed
    told_of_them = names.lead or names.company or _says_you(sentence)
    speaks_of_us = names.us or any(key in US or (key in ME and not told_of_them) for key in sentence.keys)
    return Mentions(
        lead=names.lead,
        company=names.company,
        us=names.us,
        others=names.others,
        addresses=frozenset(match.group().rstrip(".,;!?)") for match in _ADDRESS.finditer(visible)),
        numbers=tuple(numbers_in(visible, vocabulary.languages)),
        dates=frozenset(dates_in(visible)),
        events=tuple(events_in(visible)),
        recent=says_recent(visible),
        about_you=(plain and (_says_you(sentence) or vocabulary.unreadable)) or (noticed and not asks),
        about_us=(plain and speaks_of_us)
        or bool(SOCIAL_PROOF.search(visible))
        or (not asks and bool(PROMISE.search(visible))),
        asks=asks,
        framed=framed,
    )


@dataclass(frozen=True)
class _Names:
    lead: bool
    company: bool
    us: bool
    others: frozenset[str]


def _names(sentence: Sentence, vocabulary: Vocabulary) -> _Names:
    found: set[str] = set()
    others: set[str] = set()
    opening = _openings(sentence)
    for position, word in enumerate(sentence.words):
        first = position in opening
        kinds = _kinds(word, vocabulary, first=position == 0)
        found |= kinds
        if kinds or numbers_in(word.shown, vocabulary.languages):
            continue
        if _looks_like_name(word, vocabulary, first=first):
            others.add(bare(word.key))
    whole = squeeze(sentence.visible)
    for kind, names in vocabulary.squeezed:
        if any(name in whole and name not in OPENERS for name in names):
            found.add(kind)
    return _Names("lead" in found, "company" in found, "us" in found, frozenset(others))


def _openings(sentence: Sentence) -> set[int]:
    """Places of words that have a capital because something begins there: the sentence, or what follows a colon."""
    text = sentence.text
    return {0} | {
        position
        for position, word in enumerate(sentence.words)
        if text[: word.start - sentence.start].rstrip(' "“„«»').endswith(":")
    }


def _kinds(word: Word, vocabulary: Vocabulary, *, first: bool) -> set[str]:
    """Whose name a word is a part of."""
    parts = {bare(part) for part in (word.key, *_JOINTS.split(word.key)) if len(part) >= 2}
    telling = word.capital and not (first and word.key in OPENERS)
    known = (
        ("lead", vocabulary.person),
        ("company", vocabulary.company | vocabulary.domain),
        ("us", vocabulary.us),
    )
    return {
        kind
        for kind, names in known
        for part in parts & names
        if telling or (len(part) >= 4 and part not in OPENERS and part not in vocabulary.everyday)
    }


def _looks_like_name(word: Word, vocabulary: Vocabulary, *, first: bool) -> bool:
    """Whether a word is written as names are: a capital, a digit among letters, another script."""
    shown = word.shown
    letters = [character for character in shown if character.isalpha()]
    if not letters:
        return False
    if any(not unicodedata.name(character, "").startswith("LATIN") for character in letters):
        return not vocabulary.unreadable
    mixed = any(character.isdigit() for character in shown) and not re.fullmatch(
        r"[\d.,]+\w{0,8}|[qQhH]\d", shown
    )
    inner = any(character.isupper() for character in shown[1:])
    if not (mixed or inner or word.capital):
        return False
    if first and vocabulary.is_common(word, first=True):
        return False
    parts = [part for part in _JOINTS.split(shown) if part]
    return not all(
        _is_plain(part, word, vocabulary, first=first and index == 0) for index, part in enumerate(parts)
    )


def _is_plain(part: str, word: Word, vocabulary: Vocabulary, *, first: bool) -> bool:
    if not any(character.isupper() for character in part):
        return part.isalpha() or part.isdigit() or "'" in part or "’" in part
    key = word.key if part == word.shown else part.casefold()
    return vocabulary.is_common(Word(key, part, word.start, word.end), first=first)


def _says_you(sentence: Sentence) -> bool:
    """Whether a sentence speaks to the reader. German `sie` does with a capital letter only, unless it begins the sentence."""
    for position, word in enumerate(sentence.words):
        if word.key in YOU and (position == 0 or word.capital or not word.key.startswith(GERMAN_YOU)):
            return True
    return False


def _asks(sentence: Sentence) -> bool:
    """Whether all of a sentence is a question: a statement with a question mark behind it is none."""
    if not sentence.asks:
        return False
    clauses = _CLAUSE.split(sentence.visible)
    if len(clauses) > 1 and any(_says(clause) for clause in clauses[:-1]):
        return False
    keys = [word.casefold().replace("’", "'") for word in re.findall(r"[\w'’-]+", clauses[-1])]
    if keys and bare(keys[0]) in ordinary_words()[_VERB_FIRST].verbs - _ALSO_ENGLISH:
        return True
    if any(key in OPENERS_OF_QUESTIONS for key in keys[:3]):
        return keys[0] not in YOU or bool(set(keys[:1]) & OPENERS_OF_QUESTIONS)
    return not set(keys) & YOU or any(key in OPENERS_OF_QUESTIONS for key in keys[3:])


def _says(clause: str) -> bool:
    keys = {word.casefold() for word in re.findall(r"[\w'’]+", clause)}
    return bool(keys & YOU) and not FRAMED.search(clause)
