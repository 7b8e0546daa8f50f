"""Reading texts for scorers: sentences, questions, numbers, names. Total over any text, in the languages of the talk."""

import re
from collections.abc import Iterable, Iterator

from tools.experiments.evidence import fold

_QUESTION = re.compile(r"[^.!?…。？\n]*[?？]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,' ]\d{3})+(?![\d])|(?<![\w.,])\d+(?:[.,]\d+)?\s?[kK]?(?![\w])")
_ASKING_WORDS = (
    "who what when where why how which whom whose was wer wann wo warum wie welche welcher welches wen wem woran wodurch qui que "
    "quoi quand où pourquoi comment quel quelle quels quelles combien quién qué cuándo dónde cuál cuáles cómo cuánto cuántos"
)
_ASKING = frozenset(_ASKING_WORDS.split())
_JOINED = re.compile(
    r"(?=(?:,| and| or| und| oder| et| ou| y| o)\s+(?:(?:and|or|und|oder|et|ou|y|o|also|auch|aussi|también)\s+)*(\w+))",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_PRAISE = re.compile(
    r"^\W*(?:great|excellent|awesome|fantastic|wonderful|amazing|perfect|love (?:that|it|this)|good (?:question|point)|thanks? for sharing|"
    r"super|toll|großartig|hervorragend|wunderbar|perfekt|klasse|gute frage|danke (?:für|fürs)|"
    r"excellente?|génial|parfait|formidable|super|merci (?:pour|de)|bonne question|"
    r"excelente|genial|perfecto|fantástico|estupendo|gracias por|buena pregunta)\b",
    re.IGNORECASE,
)
SMALL = 12
"""Whole numbers up to this are said without being a fact: five experiments, two weeks."""


def questions(text: str) -> list[str]:
    """The sentences that ask."""
    return [found.strip() for found in _QUESTION.findall(text) if _WORD.search(found)]


def is_compound(question: str) -> bool:
    """Whether one sentence asks two things: a second question word after a joining word."""
    opened = [word.casefold() for word in _WORD.findall(question)]
    if sum(word in _ASKING for word in opened) < 2:
        return False
    return any(match.group(1).casefold() in _ASKING for match in _JOINED.finditer(question))


def words(text: str) -> list[str]:
    """The words, folded and in small letters."""
    return [word.casefold() for word in _WORD.findall(fold(text))]


def has_emoji(text: str) -> bool:
    """Whether a picture letter stands in it."""
    return bool(_EMOJI.search(text))


def opens_with_praise(text: str) -> bool:
    """Whether it begins by praising what was said."""
    return bool(_PRAISE.match(text))


def numbers(text: str) -> set[float]:
    """The numbers of a text, one form for equal ones: 5k is 5,000 and 5.000."""
    return {value for value in map(_value, _NUMBER.findall(fold(text))) if value is not None}


def _value(written: str) -> float | None:
    plain = written.strip().casefold()
    thousand = plain.endswith("k")
    plain = plain.rstrip("k").strip()
    if re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", plain):
        plain = re.sub(r"[.,' ]", "", plain)
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value * 1000 if thousand else value


def unknown_numbers(text: str, sources: Iterable[str]) -> list[str]:
    """The numbers that stand in no source, small whole ones left out."""
    known: set[float] = set()
    for source in sources:
        known |= numbers(source)
    strange = sorted(
        value for value in numbers(text) - known if not (value == int(value) and 0 <= value <= SMALL)
    )
    return [f"{value:g}" for value in strange]


def names(text: str) -> Iterator[str]:
    """Capitalised words inside a sentence: names, in languages that write only these with a capital."""
    for sentence in re.split(r"(?<=[.!?:…])\s+|\n+|[\"“„«(]", text):
        for match in list(_WORD.finditer(sentence))[1:]:
            word = match.group()
            if (
                word[0].isupper()
                and len(word) > 2
                and not sentence[: match.start()].rstrip().endswith(("-", "/"))
            ):
                yield word


def shingles(text: str, size: int = 3) -> set[tuple[str, ...]]:
    """The word sequences of a text; of a shorter one, itself."""
    said = words(text)
    if len(said) < size:
        return {tuple(said)} if said else set()
    return {tuple(said[place : place + size]) for place in range(len(said) - size + 1)}


def jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """How much two sets have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one | other else 0.0


def longest_common(text: str, grams: frozenset[tuple[str, ...]], size: int) -> str | None:
    """The first sequence of `size` words of a text that is among `grams`."""
    said = words(text)
    for place in range(len(said) - size + 1):
        if tuple(said[place : place + size]) in grams:
            return " ".join(said[place : place + size])
    return None
