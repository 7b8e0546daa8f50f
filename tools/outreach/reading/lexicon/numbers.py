"""Numbers as people write them, in digits and in words, as values that can be compared: `two dozen` is 24, `1,5 Mio. €` 1500000 EUR."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from tools.outreach.reading.lexicon import word_set
from tools.outreach.reading.lexicon.number_words import AMBIGUOUS, ONES, ORDINALS, SCALES_BY_NAME, VAGUE

Number: TypeAlias = tuple[str, str]
"""A value in plain digits (or the name of a vague one, as `half`), and what it counts: `%`, a currency, `x` or nothing."""


@dataclass(frozen=True)
class Found:
    """A number with its place in the text it was found in."""

    number: Number
    start: int
    end: int


_SMALL_SCALES = frozenset({"k", "m", "b", "mm"})
"""Scales that are letters: only behind digits."""


def _pairs(text: str) -> dict[str, int]:
    return {word: int(value) for word, value in (item.split(":") for item in text.split())}


WORDS: dict[str, int] = {}
for _words in ONES.values():
    WORDS |= _pairs(_words)
SCALES = _pairs(SCALES_BY_NAME)
_ARTICLE_ONE = word_set("one ein eine einen einem einer un une uno una um uma een a an")
_AND = word_set("and und y et e en")
_COUNTED_ONE = word_set("percent prozent month months year week day hour monat jahr woche tag mois an semaine jour mes año semana día")  # fmt: skip
_ONLY = word_set("only exactly single nur genau seulement exactement solo sólo exactamente")
_IDIOM = re.compile(r"\b(?:24/7|1:1|1-1|one-on-one|1-to-1|50/50|B2B|B2C|A/B|9-5)\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?P<cur>[$€£¥₹]|\b(?:usd|eur|gbp|chf)\s?)?\s?(?<![\w.,])(?P<n>\d{1,3}(?:[   '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:\s?-?(?P<scale>k|m|mn|mm|mio|mln|million(?:en|s)?|millones|millón|milioni|mrd|bn|b|billions?|milliard(?:en|e|s)?|thousand|tausend|tsd|mille|mil|hundred|hundert|cents|dozen|dutzend)(?![^\W\d_])\.?)?"
    r"(?:\s?(?:de |d['’])?-?(?P<unit>%|per ?cent\b|percent\w*|prozent\w*|pour cent\b|por ciento\b|por cento\b|per cento\b|pct\b|[$€£¥₹]|usd\b|eur\b|euros?\b|gbp\b|chf\b|dollars?\b|dólares\b|dollari\b|pounds?\b|pfund\b|livres\b|libras\b|francs?\b|franken\b|x(?!\w)|-?fold\b|fach\w*|mal\b|fois\b|veces\b|times\b))?",
    re.IGNORECASE,
)  # fmt: skip
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|e|ème|er|º|ª)\b(?!\s*(?:of\s+|de\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_UNITS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "dolla": "USD", "dólar": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pfund": "GBP", "livre": "GBP", "libra": "GBP", "franc": "CHF", "frank": "CHF"}  # fmt: skip
_VAGUE_WORDS = [(re.compile(rf"(?<!\w)(?:{forms})(?!\w)"), name) for name, forms in VAGUE.items()]


def numbers_in(visible: str, languages: frozenset[str]) -> list[Found]:
    """Every number of a text. `languages`: those it may be in, for words that mean something else in others; empty: any."""
    text = _IDIOM.sub(lambda match: " " * len(match.group()), visible.casefold())
    if len(text) != len(visible):
        text = visible.lower()
    found = list(_digits(text))
    taken = [(item.start, item.end) for item in found]
    found += [
        item
        for item in _spelled(text, languages)
        if not any(start < item.end and item.start < end for start, end in taken)
    ]
    for pattern, name in _VAGUE_WORDS:
        found += [Found((name, ""), match.start(), match.end()) for match in pattern.finditer(text)]
    return found


def _digits(text: str) -> Iterator[Found]:
    for match in _DIGITS.finditer(text):
        value = _value(match["n"])
        if match["scale"]:
            value *= SCALES.get(match["scale"], 1)
        ordinal = _ORDINAL.match(text, match.end("n"))
        unit = "th" if ordinal else _unit(match["cur"] or match["unit"])
        yield Found((plain(value), unit), match.start("n"), match.end())


def _value(shown: str) -> Decimal:
    """Digits as a number: a last group of three is thousands, else what stands behind the last sign are decimals."""
    bare = re.sub(r"[\s'’]", "", shown)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        return Decimal(re.sub(r"[.,]", "", bare))
    head, _, tail = bare.replace(",", ".").rpartition(".")
    return Decimal(f"{head.replace('.', '')}.{tail}" if head else tail)


def plain(value: Decimal | int) -> str:
    """A value in plain digits, without a fraction of zeros."""
    return format(Decimal(value).normalize(), "f")


def _unit(shown: str | None) -> str:
    said = (shown or "").strip(" -")
    if not said:
        return ""
    if said.startswith(("%", "per", "proz", "pour", "por", "pct")):
        return "%"
    if said in {"x", "fold", "mal", "fois", "veces", "times"} or said.startswith("fach"):
        return "x"
    return _UNITS.get(said, _UNITS.get(said[:5], said.upper()))


_PIECE = re.compile(r"[^,;:.!?()\n–—/]+")
"""No number goes on past these."""
_TOKEN = re.compile(r"[^\W\d_]+")
_UNIT_AFTER = re.compile(r"\s?-?(per ?cent\b|percent\w*|prozent\w*|pour cent\b|por ciento\b|por cento\b|[$€£]|euros?\b|dollars?\b|dólares\b|pounds?\b|-?fold\b|fach\b|fois\b|veces\b|times\b)")  # fmt: skip


def _spelled(text: str, languages: frozenset[str]) -> Iterator[Found]:
    for piece in _PIECE.finditer(text):
        yield from _spelled_piece(text, piece.start(), piece.end(), languages)


def _spelled_piece(text: str, first: int, last: int, languages: frozenset[str]) -> Iterator[Found]:
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text, first, last)]
    position = 0
    while position < len(tokens):
        length = _run(tokens, position, languages)
        if not length:
            position += 1
            continue
        run = tokens[position : position + length]
        start, end = run[0][1], run[-1][2]
        unit = _UNIT_AFTER.match(text, end)
        counted = "th" if run[-1][0] in ORDINALS else _unit(unit[1] if unit else None)
        yield Found((plain(_sum(run)), counted), start, end)
        position += length


def _run(tokens: Sequence[tuple[str, int, int]], position: int, languages: frozenset[str]) -> int:
    """How many tokens from here on make one number; 0 for none. A lone `one` is an article."""
    length = 0
    while position + length < len(tokens):
        word = tokens[position + length][0]
        following = tokens[position + length + 1][0] if position + length + 1 < len(tokens) else ""
        goes_on = word in _AND and length and _counts(following, languages)
        if not (
            _counts(word, languages)
            or goes_on
            or (not length and word in _ARTICLE_ONE and _scales(following, languages))
        ):
            break
        length += 1
    if length or tokens[position][0] not in _ARTICLE_ONE - {"a", "an"}:
        return length
    before = tokens[position - 1][0] if position else ""
    after = tokens[position + 1][0] if position + 1 < len(tokens) else ""
    return int(
        (tokens[position][0] == "one" and after in _COUNTED_ONE) or (before in _ONLY and after != "thing")
    )


def _scales(word: str, languages: frozenset[str]) -> bool:
    return word in SCALES and word not in _SMALL_SCALES and _here(word, languages)


def _here(word: str, languages: frozenset[str]) -> bool:
    """Whether a word is a number in one of these languages; where none is known, in any."""
    return not languages or AMBIGUOUS.get(word) in {None, *languages}


def _counts(word: str, languages: frozenset[str]) -> bool:
    if word in _SMALL_SCALES:
        return False
    if word in AMBIGUOUS:
        return _here(word, languages)
    return word in WORDS or word in SCALES or _compound(word) is not None


def _sum(run: Sequence[tuple[str, int, int]]) -> int:
    total = current = 0
    for word, _, _ in run:
        if word in _AND:
            continue
        value = 1 if word in _ARTICLE_ONE else WORDS.get(word, SCALES.get(word))
        if value is None:
            value = _compound(word) or 0
        if word in SCALES and value >= 1000:
            total, current = total + max(1, current) * value, 0
        elif word in SCALES:
            current = max(1, current) * value
        elif value == 20 and current == 4 and word.startswith("vingt"):
            current = 80
        else:
            current += value
    return total + current


def _compound(word: str) -> int | None:
    """German and Dutch write numbers in one word: fünfundzwanzig, zweihundert, vijfentwintig; Italian too: venticinque."""
    if len(word) < 6:
        return None
    for scale, size in (("tausend", 1000), ("hundert", 100), ("duizend", 1000), ("honderd", 100)):
        if scale in word:
            before, _, after = word.partition(scale)
            left, right = _part(before, 1), _part(after.removeprefix("und"), 0)
            return None if left is None or right is None else left * size + right
    for joint in ("und", "en", "ën"):
        for match in re.finditer(joint, word):
            left, right = _part(word[: match.start()], None), WORDS.get(word[match.end() :], 0)
            if left is not None and left < 10 and right in range(20, 100, 10):
                return left + right
    for ten in ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"):
        rest = word.removeprefix(ten) if word.startswith(ten) else None
        if rest and rest in {"uno", "due", "tre", "tré", "quattro", "cinque", "sei", "sette", "otto", "nove"}:
            return WORDS[ten] + WORDS.get(rest, 9 if rest == "nove" else 3 if rest == "tré" else 1)
    return None


def _part(word: str, empty: int | None) -> int | None:
    if not word:
        return empty
    if word in {"ein", "eine", "een"}:
        return 1
    return WORDS.get(word) if word in WORDS else _compound(word)
