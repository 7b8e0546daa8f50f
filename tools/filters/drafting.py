"""What of a model's filters holds: words Wiza knows, shapes it takes, and nothing of what is tested. Pure; total over any answer."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict

from tools.discovery.answers import short
from tools.filters.places import FIELDS, Known, named, offers, resolved, wired
from tools.providers.wiza.client import Place
from tools.providers.wiza.filters import ProspectFilters
from tools.providers.wiza.vocabulary import VOCABULARY, allowed, nearest

MOST_WORDS = 20
"""Words of one filter that are looked at: a model that names more is guessing."""
WORD_LENGTH = 120
MOST_IN_A_NAME = 6
"""Words that a title, a skill or a company's name has at most."""
YEAR = re.compile(r"(19|20)[0-9]{2}")

LISTS = (
    "job_title_level",
    "job_role",
    "job_sub_role",
    "company_size",
    "company_type",
    "revenue",
    "company_annual_growth",
)
TEXTS = ("skill",)
CHOICES = ("job_title", "job_company", "past_company", "company_summary")
YEARS = ("year_founded_start", "year_founded_end")
RELATED = {"related_roles": "job_role", "related_industries": "company_industry"}


class Refused(TypedDict):
    """A word of a model that Wiza does not know, the filter it stood in, and the nearest known ones."""

    filter: str
    word: str
    nearest: list[str]


class Checked(TypedDict):
    """What is left of a draft, as it goes over the wire; `related` are further words, each known."""

    filters: dict[str, Any]
    related: dict[str, list[str]]
    refused: list[Refused]


def checked(answer: Mapping[str, Any], known: Known) -> Checked:
    """The filters of any model's answer; `known` are the places Wiza offers for it.

    What has another shape than it should is left out without a word.
    """
    refused: list[Refused] = []
    filters: dict[str, Any] = {}
    for name in LISTS:
        filters[name] = _known(name, answer.get(name), refused)
    for name in TEXTS:
        filters[name] = _short(name, answer.get(name), refused)
    for name in CHOICES:
        filters[name] = [{"v": word, "s": "i"} for word in _short(name, answer.get(name), refused)]
    for name in FIELDS:
        filters[name] = _places(name, answer.get(name), known, refused)
    filters["company_industry"] = _industries(answer, refused)
    filters |= _years(answer, refused) | _funding(answer, refused)
    valid = ProspectFilters.model_validate({name: value for name, value in filters.items() if value})
    related = {name: _known(name, answer.get(field), []) for field, name in RELATED.items()}
    return {"filters": valid.wire(), "related": related, "refused": refused}


def laid_over(drafted: Mapping[str, Any], base: Mapping[str, Any], fixed: Collection[str]) -> dict[str, Any]:
    """Drafted filters, but those named in `fixed` as they are in `base`: neither changed nor added nor left out."""
    kept = {name: value for name, value in base.items() if name in fixed}
    return {name: value for name, value in drafted.items() if name not in fixed} | kept


def _known(name: str, words: Any, refused: list[Refused]) -> list[str]:
    """The words the vocabulary has, in their order; one that only differs in case or signs is taken for it."""
    found = []
    for word in _texts(words):
        known = word if word in allowed(name) else _spelling(name, word)
        if known is None:
            refused.append({"filter": name, "word": word, "nearest": list(nearest(name, word))})
        else:
            found.append(known)
    return list(dict.fromkeys(found))


def _short(name: str, words: Any, refused: list[Refused]) -> list[str]:
    """Free words, but no sentences: nobody's title or skill is one, so it would find nobody."""
    found = _texts(words)
    wordy = [word for word in found if len(word.split()) > MOST_IN_A_NAME]
    refused += [{"filter": name, "word": word, "nearest": []} for word in wordy]
    return [word for word in found if word not in wordy]


def _spelling(name: str, word: str) -> str | None:
    plain = _plain(word)
    return next((known for known in VOCABULARY[name] if _plain(known) == plain), None)


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", " ", word.casefold().replace("&", " and ")).strip()


def _texts(words: Any) -> list[str]:
    listed = words if isinstance(words, Sequence) and not isinstance(words, str | bytes) else []
    lines = [short(word, WORD_LENGTH) for word in listed[:MOST_WORDS] if isinstance(word, str)]
    return [line for line in dict.fromkeys(lines) if line]


def _places(name: str, places: Any, known: Known, refused: list[Refused]) -> list[dict[str, str]]:
    """Only places that Wiza offers, under the names it has for them."""
    found: list[Place] = []
    for word, kind in named(places)[:MOST_WORDS]:
        place = resolved(word, kind, known)
        if place is None:
            refused.append({"filter": name, "word": word, "nearest": offers(word, known)})
        else:
            found.append(place)
    return wired(found)


def _industries(answer: Mapping[str, Any], refused: list[Refused]) -> list[dict[str, str]]:
    wanted = _known("company_industry", answer.get("company_industry"), refused)
    out = _known("company_industry", answer.get("excluded_industry"), refused)
    return [
        *({"v": word, "s": "i"} for word in wanted if word not in out),
        *({"v": word, "s": "e"} for word in out),
    ]


def _years(answer: Mapping[str, Any], refused: list[Refused]) -> dict[str, Any]:
    years = {name: word for name in YEARS for word in _texts([answer.get(name)])}
    wrong = [name for name, year in years.items() if not YEAR.fullmatch(year)]
    if not wrong and len(years) == len(YEARS) and years[YEARS[0]] > years[YEARS[1]]:
        wrong = list(YEARS)
    refused += [{"filter": name, "word": years[name], "nearest": []} for name in wrong]
    return {name: year for name, year in years.items() if name not in wrong}


def _funding(answer: Mapping[str, Any], refused: list[Refused]) -> dict[str, Any]:
    stages = _known("funding_stage", answer.get("funding_stage"), refused)
    within = _known("funding_date", answer.get("funding_date"), refused)
    last = {"t": "last"}
    return {
        "funding_stage": {**last, "v": stages} if stages else None,
        "funding_date": {**last, "v": within[0]} if within else None,
    }
