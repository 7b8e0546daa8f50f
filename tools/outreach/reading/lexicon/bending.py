"""The regular forms of English and German words, from their base forms. Irregular ones stand in the lists themselves."""

import re
from collections.abc import Callable, Mapping

_VOWELS = "aeiou"
_SEPARABLE = (
    "zusammen", "wieder", "weiter", "zurück", "heraus", "herum", "herein", "hinaus", "hinein", "voraus", "vorbei", "statt", "teil", "fest",
    "dazu", "durch", "nach", "nahe", "rück", "kennen", "bereit", "bekannt", "schwer", "rein", "raus", "gegen", "entgegen", "hervor", "hinter",
    "frei", "fort", "los", "auf", "aus", "ab", "an", "bei", "ein", "her", "hin", "mit", "vor", "weg", "weh", "zu", "um",
    "dran", "entgegen", "zurecht", "runter", "hoch",
)  # fmt: skip
_FIXED = re.compile(r"^(?:be|emp|ent|er|ge|miss|über|unter|ver|zer|wider|hinter)(?=\w{4})|ieren$")
"""Beginnings and endings of verbs whose participle takes no `ge`."""
_OF_DEGREE = ("hard", "eas", "trick", "tough", "bus", "quiet", "slow", "simpl", "quick", "clear", "clos", "earl", "late", "near", "wors", "clean", "calm", "long", "short", "small", "cheap", "smooth")  # fmt: skip
"""Beginnings of those whose superlative compares tasks or days: `largest` and `oldest` tell of a company."""
_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}


def unbent(word: str) -> set[str]:
    """A word that has one form."""
    return {word}


def _english_verb(word: str) -> set[str]:
    soft = word[:-1] if word.endswith("e") and not word.endswith(("ee", "ye", "oe")) else word
    double = soft + soft[-1] if _doubles(word) else soft
    past = f"{soft[:-1]}ied" if _ends_in_y(word) else f"{double}ed"
    return {word, _english_s(word), f"{double}ing", f"{soft}ing", past}


def _english_noun(word: str) -> set[str]:
    return {word, _english_s(word)}


def _english_adjective(word: str) -> set[str]:
    soft = word.removesuffix("e")
    longer = f"{word[:-1]}ier" if _ends_in_y(word) else f"{soft + soft[-1] if _doubles(word) else soft}er"
    adverb = f"{word[:-1]}ily" if _ends_in_y(word) else f"{word}ly"
    return {word, longer, adverb, f"un{word}", *_superlative(longer)}


def _superlative(comparative: str) -> set[str]:
    return {f"{comparative}".removesuffix("er") + "est"} if comparative.startswith(_OF_DEGREE) else set()


def _english_s(word: str) -> str:
    if _ends_in_y(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{word}s"


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word.endswith("y") and word[-2] not in _VOWELS


def _doubles(word: str) -> bool:
    """Whether a short word doubles its last letter: `swap`, `plan`."""
    return bool(re.fullmatch(r"[^aeiou]*[aeiou][bdfgklmnprtvz]", word)) and not word.endswith(("w", "x", "y"))


def _german_verb(word: str) -> set[str]:
    prefix = next((part for part in _SEPARABLE if word.startswith(part) and len(word) - len(part) > 4), "")
    plain = word.removeprefix(prefix)
    simple = _german_simple(plain)
    if not prefix:
        return simple
    participles = {form for form in simple if form.startswith("ge") or _FIXED.search(plain)}
    return {
        word,
        f"{prefix}zu{plain}",
        *(prefix + form for form in simple),
        *(prefix + form for form in participles),
        *(simple if len(plain) > 4 else ()),
    }


def _german_simple(word: str) -> set[str]:
    stem = word.removesuffix("n").removesuffix("e") if word.endswith("en") else word.removesuffix("n")
    e = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn", "dm", "tm")) else ""
    present = {
        word,
        f"{stem}e",
        f"{stem}{e}st",
        f"{stem}{e}t",
        f"{stem}t",
        f"{word}d",
        *_declined(f"{word}d"),
    }
    if stem.endswith(("el", "er")):
        present.add(f"{stem[:-2]}{stem[-1]}e")
    past = {f"{stem}{e}te", f"{stem}{e}ten"}
    participle = f"{stem}{e}t" if _FIXED.search(word) else f"ge{stem}{e}t"
    return present | past | {participle, *_declined(participle)}


def _german_adjective(word: str) -> set[str]:
    base = word.removesuffix("e")
    short = f"{base[:-2]}{base[-1]}" if base.endswith(("el", "er")) else base
    comparative = {f"{short}er", f"{_umlauted(short)}er"}
    return {
        word,
        base,
        *_declined(base),
        *_declined(short),
        *comparative,
        *(form for longer in comparative for form in _declined(longer)),
        *(f"{stem}{e}sten" for stem in (short, _umlauted(short), base) for e in ("", "e")),
    }


def _declined(word: str) -> set[str]:
    return {word + ending for ending in ("e", "en", "er", "es", "em")}


def _german_noun(word: str) -> set[str]:
    endings = ("", "s", "es", "n", "en", "e", "er", "ern", "nen")
    return {form + ending for form in (word, _umlauted(word)) for ending in endings}


def _umlauted(word: str) -> str:
    """A word with its last a, o or u bent, as plurals and comparatives have it."""
    for place in range(len(word) - 1, -1, -1):
        if word[place] in _UMLAUT:
            bent = place - 1 if word[max(0, place - 1) : place + 1] == "au" else place
            return word[:bent] + _UMLAUT[word[bent]] + word[bent + 1 :]
    return word


OF: Mapping[str, Mapping[str, Callable[[str], set[str]]]] = {
    "en": {"verbs": _english_verb, "nouns": _english_noun, "adjectives": _english_adjective},
    "de": {
        "verbs": _german_verb,
        "done": lambda word: {word, *_declined(word)},
        "nouns": _german_noun,
        "adjectives": _german_adjective,
    },
}
"""How each kind of word is bent, by language."""

NOUNS_OF_VERBS = frozenset({"de"})
"""Languages that make nouns of verbs and adjectives by a capital letter, and of nouns by putting them together."""
