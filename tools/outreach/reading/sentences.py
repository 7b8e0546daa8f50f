"""A draft's sentences with their places, read as people see them: forms folded, what can't be seen left out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from prompts.characters import clean
from tools.outreach.reading.lexicon import word_set

SHORTEST_STEM = 3
_ENDINGS = (
    "ing",
    "ed",
    "es",
    "s",
    "d",
    "en",
    "em",
    "et",
    "e",
    "n",
    "t",
    "ons",
    "ez",
    "ent",
    "amos",
    "an",
    "a",
    "o",
)
"""Endings that bend a word of one of the languages; `er` makes another word of it."""
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’.&+/@_-](?=[^\W_]))*[+#]*")
_END = re.compile(r"[.!?…。！？]+[\"'”»)\]]*(?=\s|$)|\n+")
_ABBREVIATIONS = word_set(
    "dr mr mrs ms prof st inc co ltd corp vs approx no nr ca mio mrd bzw z.b d.h u.a evtl ggf inkl str dipl ing hr fr m mme mlle sr sra srta "
    "dra av e.g i.e etc p.ej ej jan feb mar apr jun jul aug sep sept oct okt nov dec dez janv févr juil déc dott sig p.s"
)
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕкмтвнԁһӏԛԝүАЕОРСУХІЈЅКМТВНαοεικνρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijskmtbhdhlqwyAEOPCYXIJSKMTBHaoeikvptuxABEZHIKMNOPTYX",
)
_MARK = re.compile(r"[\u0300-\u036f]")


@dataclass(frozen=True)
class Word:
    """A word as it is compared (`key`: folded, without possessive) and as it stands (`shown`), with its place in the text."""

    key: str
    shown: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.shown[:1].isupper()


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place: `text[start:end]` of the draft, white space around it left out."""

    text: str
    visible: str
    start: int
    end: int
    words: tuple[Word, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(word.key for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The forms of its longer words."""
        return frozenset(form for key in self.keys if len(key) >= SHORTEST_STEM for form in forms(bare(key)))

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.visible.rstrip("\"'”») ").endswith(("?", "？"))


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text, in order. A line's end ends a sentence."""
    visible, places = seen(text)
    return [_sentence(text, visible, places, *span) for span in _spans(visible)]


def seen(text: str) -> tuple[str, list[int]]:
    """What a reader sees, in one form for equal characters, and for each character where it stands in the text."""
    shown: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isascii():
            forms = character
        elif unicodedata.category(character) in {"Cf", "Cn", "Co"} or not clean(character)[0]:
            continue
        else:
            forms = unicodedata.normalize("NFKC", character)
        shown.extend(forms)
        places.extend([place] * len(forms))
    return "".join(shown), places


def words_of(visible: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as they stand, with their places."""
    for match in _WORD.finditer(visible):
        yield match.group(), match.start(), match.end()


def key_of(word: str) -> str:
    """A word as it is compared: lower case, composed, look-alikes of other scripts as Latin, without possessive."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word)).casefold().replace("’", "'")
    if not folded.isascii() and re.search("[a-z]", folded):
        folded = folded.translate(_LOOKALIKES)
    return re.sub(r"'s?$", "", folded)


def bare(key: str) -> str:
    """A key without accents, to compare names however they are typed."""
    decomposed = unicodedata.normalize("NFD", key.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return _MARK.sub("", decomposed)


def forms(key: str) -> frozenset[str]:
    """A folded word, and what is left of it without an ending: two forms of one word share one of them. Double letters count once."""
    word = re.sub(r"(.)\1", r"\1", bare(key))
    left = {word.removesuffix(ending) for ending in _ENDINGS if len(word) - len(ending) >= SHORTEST_STEM}
    return frozenset({word, *left})


def _spans(visible: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(visible):
        if "\n" not in match.group() and _goes_on(visible, match.start(), match.end()):
            continue
        yield from _trimmed(visible, start, match.end())
        start = match.end()
    yield from _trimmed(visible, start, len(visible))


def _goes_on(visible: str, dot: int, end: int) -> bool:
    """Whether a full stop is of an abbreviation, an initial or an ordinal."""
    if visible[dot:end] != ".":
        return False
    before = re.search(r"[^\s(\"'„“]+$", visible[:dot])
    last = before.group().casefold() if before else ""
    if last.isdigit():
        following = re.match(r"\s+(\w+)", visible[end:])
        return len(last) <= 2 and following is not None
    return last in _ABBREVIATIONS or bool(re.fullmatch(r"[^\W\d_](\.[^\W\d_])*", last))


def _trimmed(visible: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = visible[start:end]
    inner = piece.strip()
    if any(character.isalnum() for character in inner):
        begin = start + piece.index(inner)
        yield begin, begin + len(inner)


def _sentence(text: str, visible: str, places: list[int], start: int, end: int) -> Sentence:
    first, last = places[start], places[end - 1] + 1
    words = tuple(
        Word(key_of(shown), shown, places[start + begin], places[start + finish - 1] + 1)
        for shown, begin, finish in words_of(visible[start:end])
    )
    return Sentence(text[first:last], visible[start:end], first, last, words)
