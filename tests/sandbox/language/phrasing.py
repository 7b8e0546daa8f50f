"""Short phrases out of sentences: the clause that matters, cut at words, never a changed letter."""

import re

from tests.sandbox.language.lexicon import is_common, language, words
from tests.sandbox.language.reading import Passage
from tests.sandbox.language.relevance import Query

CLAUSE = re.compile(r"[;:,–—]\s+|\s+[-–—]\s+")
LEAD = re.compile(
    r"^(?:that|dass|daß|que|and|und|et|y|but|aber|mais|pero|because|weil|car|porque)\s+", re.IGNORECASE
)
OPINION = re.compile(
    r"\b(?:believe|think|convinced|sure|bet|glaube|glauben|denke|überzeugt|sicher|crois|croyons|pense|pensons|convaincue?s?"
    r"|certaine?s?|creo|creemos|pienso|convencid[oa]s?|seguros?|seguras?)\b,?\s+(?:(?:that|dass|daß|de que|que|qu['’])\s*)?(?P<view>\S.*)",
    re.IGNORECASE,
)
TOKEN = re.compile(r"\S+")
EDGES = ' \t,;:–—-"”“„«».!?…()'


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence that can stand alone, and the sentence itself."""
    pieces = [LEAD.sub("", piece.strip(EDGES)) for piece in CLAUSE.split(sentence)]
    return [piece for piece in pieces if len(words(piece)) >= 2] + [sentence.strip(EDGES)]


def clause(passage: Passage, query: Query, taken: set[str], *, most: int = 14) -> str:
    """The clause that speaks most about what is asked and isn't taken, of at most `most` words."""
    options = [cut(piece, most) for piece in clauses(passage.text)]
    fresh = [piece for piece in options if piece not in taken] or options

    def merit(piece: str) -> tuple[float, float]:
        length = len(words(piece))
        return query.support_of_text(piece) + (0.5 if 4 <= length <= most else -0.5), -length

    return max(fresh, key=merit)


def view(sentence: str) -> str:
    """What somebody believes, without the `I believe that`; an exact part of it."""
    found = OPINION.search(sentence)
    return (found.group("view") if found else sentence).strip(EDGES)


def cut(text: str, most: int) -> str:
    """At most so many words, not ending in a word that waits for the next."""
    found = list(TOKEN.finditer(text))
    if len(found) > most:
        found = found[:most]
        while len(found) > 3 and all(is_common(word) for word in words(found[-1].group())):
            found.pop()
        text = text[found[0].start() : found[-1].end()]
    return text.strip(EDGES)


def fit(text: str, longest: int | None, shortest: int = 0) -> str:
    """The beginning of the text, of at most so many characters, ending at a word unless that is too short."""
    if longest is None or len(text) <= longest:
        return text
    short = text[:longest]
    if not text[longest].isspace() and " " in short:
        short = short[: short.rindex(" ")]
    short = short.rstrip()
    return short if len(short) >= shortest else text[:longest]


def title(text: str, most: int = 7) -> str:
    """A heading made of the first words."""
    short = cut(text, most)
    return short[:1].upper() + short[1:]


def telling(sentence: str) -> str:
    """The concrete part of what somebody wrote: with numbers, names and long words; an exact part of it."""

    def weight(piece: str) -> float:
        found = words(piece)
        content = sum(len(word) > 6 or word.isdigit() for word in found if not is_common(word))
        return content + 2 * len(re.findall(r"\d", piece[:80])) ** 0.5 + min(len(found), 8) * 0.2

    options = [piece for piece in clauses(sentence) if len(words(piece)) <= 16] or [cut(sentence, 14)]
    return max(options, key=weight)


def say(code: str, key: str, *parts: object, turn: int = 0, **named: object) -> str:
    """One of a language's phrases, filled."""
    phrase = language(code)["say"][key]
    chosen = phrase[turn % len(phrase)] if isinstance(phrase, list) else phrase
    return str(chosen).format(*parts, **named)


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", "»", "”", "“")) else f"{text}."
