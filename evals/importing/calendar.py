"""Names of months in the languages that talks and pages are in: which month a word is, and how another is called just so."""

from collections.abc import Sequence

LONG = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
}
SHORT = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
}
_ELSEWHERE = "march may mar mars mai marca maja mei maio maggio mayo marzo jun dec jan sept juli"
ELSEWHERE_A_WORD = frozenset(_ELSEWHERE.split())
"""Months that are also something else, a modal verb or a name: alone, a preposition has to stand before them."""

_TABLES = tuple((code, tuple(words.split())) for names in (LONG, SHORT) for code, words in names.items())
ANY_MONTH = "|".join(
    sorted({word for _, words in _TABLES for word in words} | {"sept"}, key=len, reverse=True)
)


def month_of(word: str) -> int:
    """The number of a month, in whichever language it is named."""
    names = _table(word, ())[1]
    return next(names.index(each) for each in _spellings(word) if each in names) + 1


def named(month: int, like: str, languages: Sequence[str]) -> str:
    """How a month is called in the language, length and case of another's name. `languages`: whose word it is, where several have it."""
    name = _table(like, languages)[1][month - 1]
    return name.upper() if like.isupper() else name.capitalize() if like[:1].isupper() else name


def _table(word: str, languages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    having = [table for table in _TABLES if set(_spellings(word)) & set(table[1])]
    rank = {code: place for place, code in enumerate(languages)}
    return min(having, key=lambda table: rank.get(table[0], len(rank)))


def _spellings(word: str) -> tuple[str, ...]:
    """A month as it may stand in a table: `Sept` is `sep` in English and a word of its own in French."""
    small = word.casefold()
    return (small, "sep") if small == "sept" else (small,)
