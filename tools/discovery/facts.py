"""Onboarding as facts: free-form JSON flattened to short texts with a path each, and what they say of who buys.

Nothing is interpreted by a model here: a fact's text is what the user saved, so it is its own quote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from tools.discovery.schemas import NoteTopic
from tools.onboarding.answers import answered

MAX_FACTS = 120
FACT_LENGTH = 800
TOTAL_LENGTH = 16_000

CUSTOMER_TOPICS: dict[str, NoteTopic] = {
    "role": "persona",
    "industry": "firmographic",
    "companysize": "firmographic",
    "statedproblem": "pain",
    "signals": "trigger",
    "outcomes": "angle",
    "actualuse": "situation",
    "name": "evidence",
    "quote": "evidence",
}
"""What a field of one of `bestCustomers` is evidence of."""

BELIEFS = frozenset({"customerpride", "customerfrustration", "onephraseworld"})
CUSTOMERS = "bestcustomers"
NO = frozenset({"false", "no", "none", "0", "nein", "non"})


class Fact(TypedDict):
    """One onboarding answer. `id` is `onboarding:<field path>`."""

    id: str
    text: str


class KnownFact(TypedDict):
    """A fact and the topic it is about."""

    topic: NoteTopic
    fact: Fact


Path = tuple[Fact, str]
"""A fact, and its path as it is compared."""


@dataclass(frozen=True)
class Said:
    """What onboarding says of the market: the facts that tell of real customers, by topic, those that state how the user
    sees the market, and whether there are paying customers, where it says so.
    """

    customers: list[KnownFact]
    beliefs: list[Fact]
    paying: bool | None


def flatten(data: dict[str, Any]) -> list[Fact]:
    """The answered fields in their order, bounded in number and length."""
    facts: list[Fact] = []
    length = 0
    for path, text in answered(data):
        if len(facts) == MAX_FACTS or length > TOTAL_LENGTH:
            break
        facts.append({"id": f"onboarding:{path}", "text": text[:FACT_LENGTH]})
        length += len(text[:FACT_LENGTH])
    return facts


def said_in(facts: Sequence[Fact]) -> Said:
    """What onboarding says of the market and who buys there."""
    paths = _paths(facts)
    fields = [(fact, path[path.rfind(".") + 1 :]) for fact, path in paths]
    customers: list[KnownFact] = []
    for fact, keys in _about(CUSTOMERS, paths):
        field = next((key for key in reversed(keys) if not key.isdigit()), "")
        if field in CUSTOMER_TOPICS:
            customers.append({"topic": CUSTOMER_TOPICS[field], "fact": fact})
    beliefs = [fact for fact, field in fields if field in BELIEFS]
    answers = (fact["text"] for fact, field in fields if field == "haspayingcustomers")
    paying = next((answer.strip().casefold() not in NO for answer in answers), True if customers else None)
    return Said(customers, beliefs, paying)


def list_size(facts: Sequence[Fact]) -> int | None:
    """How many leads the user has at hand, when onboarding names a number."""
    for fact, path in _paths(facts):
        if path[path.rfind(".") + 1 :] == "listsize":
            digits = re.search(r"\d[\d.,' ]*", fact["text"])
            number = int(re.sub(r"\D", "", digits.group())) if digits else 0
            return number if 0 < number < 10_000_000 else None
    return None


def voice_from(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that show how the user writes."""
    return [fact for fact, _ in _about("voice", _paths(facts))]


def words_never_used(facts: Sequence[Fact]) -> list[str]:
    """The words the user refuses to use, split at commas and line ends."""
    texts = [fact["text"] for fact, _ in _about("wordsneverused", _paths(facts))]
    words = [word.strip(" \"'“”.") for text in texts for word in re.split(r"[,;\n]", text)]
    return [word for word in words if word][:50]


def _about(key: str, paths: list[Path]) -> list[tuple[Fact, list[str]]]:
    """The facts that have this key in their path, and the keys of it."""
    found = [(fact, path.split(".")) for fact, path in paths if key in path]
    return [(fact, keys) for fact, keys in found if key in keys]


def _paths(facts: Sequence[Fact]) -> list[Path]:
    """Each fact with its path as it is compared: without case and underscores.

    All paths are folded as one text: an id has no line end (see `answered`).
    """
    if not facts:
        return []
    ids = "".join([f"\n{fact['id']}" for fact in facts])
    folded = ids.replace("\nonboarding:", "\n").replace("_", "").casefold()
    return list(zip(facts, folded[1:].split("\n"), strict=True))
