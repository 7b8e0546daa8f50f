"""Choices that hang on who said what: what the user asks to be done, what a question was about, which names are meant."""

import re
from typing import Any

from tests.sandbox.language import asking
from tests.sandbox.language.lexicon import content, deeds_in, meanings_of, name_words, stem, words
from tests.sandbox.language.reading import Passage, Reading
from tests.sandbox.language.relevance import Query
from tests.sandbox.language.scope import Scope

LISTED = re.compile(r"\bas they stand in the list\b|\bas listed\b", re.IGNORECASE)
NEW = re.compile(r"\bnew(?:est|er)?\b|\bnot .{0,40}\byet\b", re.IGNORECASE)
ALL = frozenset({"all", "alle", "alles", "everything", "tous", "toutes", "todos", "todas"})
DENIAL = frozenset({"no", "not", "none", "without"})
REQUEST = re.compile(
    r"^\W*(?:can|could|would|will|kannst|können|könnten|würdest|peux|peut|pouvez|pourriez|puede|puedes|podría)\b|\b(?:please|bitte|por favor|s'il)\b",
    re.IGNORECASE,
)
DENIED = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "noch",
        "nie",
        "niemand",
        "pas",
        "aucun",
        "aucune",
        "jamais",
        "ningun",
        "nunca",
        "sin",
    ]
)
HEAD = re.compile(r"^(.{2,160}?)\s*(?:\(|:|—)")


def asked_for(reading: Reading, node: dict[str, Any], option: Any) -> float:
    """How much the talk itself speaks for an enum value."""
    described, spoken = str(node.get("description", "")), name_words(str(option))
    if re.search(r"\bquestion\b", described):
        return _of_question(reading, spoken)
    if set(words(spoken)) & DENIAL:
        rest = content(" ".join(word for word in words(spoken) if word not in DENIAL))
        return 4.0 if any(denies(fact.text, rest) for fact in reading.facts()) else -3.0
    wanted = deeds_in(f"{spoken} {_explained(described, str(option))}")
    wished = deeds_in(reading.latest)
    if not wanted and deeds_in(described):
        asks = reading.latest.rstrip().endswith("?") and not REQUEST.search(reading.latest)
        return 5.0 if asks or not wished else 0.5
    own = deeds_in(spoken) or wanted
    return 5.0 if own & wished else 0.0


def listed(reading: Reading, described: str, scope: Scope) -> list[str]:
    """The names of listed things that the user means: those whose words stand in the newest message, or all of them."""
    if "otherwise" in described and not deeds_in(described) & deeds_in(" ".join(scope.choices)):
        return []
    names = []
    for fact in reading.facts():
        head = HEAD.match(fact.text)
        if head and fact.item and fact.origin == "data":
            general = content(fact.label)[0]
            if (
                ALL & set(words(reading.latest))
                or (content(head.group(1))[0] - general) & content(reading.latest)[0]
            ):
                names.append(head.group(1).strip())
    return list(dict.fromkeys(names))


def newest(facts: list[Passage]) -> list[Passage]:
    """The passages filed as new and not also as known; all when nothing is filed so."""
    known = {fact.text for fact in facts if {"known", "older", "earlier"} & set(words(fact.label))}
    new = [fact for fact in facts if "new" in words(fact.label)]
    return [fact for fact in new if fact.text not in known] if new else facts


def denies(text: str, subject: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a text says that there is none of the subject: a denial at most three words before it."""
    found = words(text)
    return any(
        word in DENIED
        and any(stem(near) in subject[0] or meanings_of(near) & subject[1] for near in found[at + 1 : at + 4])
        for at, word in enumerate(found)
    )


def _of_question(reading: Reading, spoken: str) -> float:
    asked = asking.last_question(reading)
    if asked is None:
        return 6.0 if spoken in {"none", "unknown", "null"} else 0.0
    return 6.0 if Query().add(spoken, 1).main_meaning == asking.subject_of(asked) else 0.0


def _explained(described: str, option: str) -> str:
    """What a description says about one option: `option: what it means.`"""
    found = re.search(rf"\b{re.escape(option)}: ([^.]*)", described)
    return found.group(1) if found else ""
