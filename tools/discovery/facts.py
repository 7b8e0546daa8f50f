"""Onboarding as facts: free-form JSON flattened to short texts with a path each, and what they say of who buys.

Nothing is interpreted by a model here: a fact's text is what the user saved, so it is its own quote.
"""

import re
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


def known_from(facts: list[Fact]) -> list[KnownFact]:
    """The facts that tell of real customers, by topic."""
    known: list[KnownFact] = []
    for fact, keys in _about(CUSTOMERS, facts):
        field = next((key for key in reversed(keys) if not key.isdigit()), "")
        if field in CUSTOMER_TOPICS:
            known.append({"topic": CUSTOMER_TOPICS[field], "fact": fact})
    return known


def beliefs_from(facts: list[Fact]) -> list[Fact]:
    """The facts that state how the user sees the market."""
    return [fact for fact, field in _fields(facts) if field in BELIEFS]


def has_customers(facts: list[Fact]) -> bool | None:
    """What onboarding says about paying customers: yes, no, or nothing."""
    for fact, field in _fields(facts):
        if field == "haspayingcustomers":
            return fact["text"].strip().casefold() not in NO
    return True if known_from(facts) else None


def list_size(facts: list[Fact]) -> int | None:
    """How many leads the user has at hand, when onboarding names a number."""
    for fact, field in _fields(facts):
        if field == "listsize":
            digits = re.search(r"\d[\d.,' ]*", fact["text"])
            number = int(re.sub(r"\D", "", digits.group())) if digits else 0
            return number if 0 < number < 10_000_000 else None
    return None


def voice_from(facts: list[Fact]) -> list[Fact]:
    """The facts that show how the user writes."""
    return [fact for fact, _ in _about("voice", facts)]


def words_never_used(facts: list[Fact]) -> list[str]:
    """The words the user refuses to use, split at commas and line ends."""
    texts = [fact["text"] for fact, _ in _about("wordsneverused", facts)]
    words = [word.strip(" \"'“”.") for text in texts for word in re.split(r"[,;\n]", text)]
    return [word for word in words if word][:50]


def _about(key: str, facts: list[Fact]) -> list[tuple[Fact, list[str]]]:
    """The facts that have this key in their path, and the keys of it."""
    found = [(fact, path.split(".")) for fact, path in _paths(facts) if key in path]
    return [(fact, keys) for fact, keys in found if key in keys]


def _fields(facts: list[Fact]) -> list[tuple[Fact, str]]:
    """Each fact with the last key of its path."""
    return [(fact, path[path.rfind(".") + 1 :]) for fact, path in _paths(facts)]


def _paths(facts: list[Fact]) -> list[tuple[Fact, str]]:
    """Each fact with its path as it is compared: without case and underscores.

    All paths are folded as one text, for a turn asks for them several times: an id has no line end (see `answered`).
    """
    if not facts:
        return []
    ids = "".join([f"\n{fact['id']}" for fact in facts])
    folded = ids.replace("\nonboarding:", "\n").replace("_", "").casefold()
    return list(zip(facts, folded[1:].split("\n"), strict=True))
