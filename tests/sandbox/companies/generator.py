"""`generate(seed, language)`: a company that nobody has seen, always the same for the same seed."""

import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")
TALK_ORDER = (
    "buyer",
    "pain",
    "trigger",
    "situation",
    "evidence",
    "alternatives",
    "belief",
    "channel",
    "company",
    "price",
    "limit",
    "goal",
)
PUBLIC = ("product", "company", "situation", "pain", "trigger", "alternatives", "evidence", "price")
"""What the website tells; the rest only the founder knows."""


@dataclass(frozen=True)
class Company:
    """An invented company. `facts` are sentences in its language, by what they are about."""

    seed: int
    language: str
    name: str
    host: str
    city: str
    facts: dict[str, str]
    customers: tuple[dict[str, str], ...]

    @property
    def talk(self) -> list[str]:
        """What the founder says, message by message."""
        return [self.facts[subject] for subject in TALK_ORDER]

    def as_json(self) -> dict[str, Any]:
        """Everything about it, for a test that plays its founder."""
        return vars(self) | {"customers": list(self.customers), "talk": self.talk, "public": list(PUBLIC)}


@cache
def material(language: str) -> dict[str, Any]:
    """The sentences and names of a language. Raises ValueError for a language there is none for."""
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {', '.join(LANGUAGES)}.")
    known: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return known


def generate(seed: int, language: str) -> Company:
    """The company of this seed in this language."""
    known = material(language)
    chance = random.Random(f"{language}:{seed}")
    name = "".join(chance.choice(part) for part in known["syllables"])
    trade = chance.choice(known["trades"])
    customers = chance.sample(trade["customers"], 3)
    people = chance.sample(known["people"], 3)
    low = chance.randrange(6, 60, 2)
    filling = {
        "name": name,
        "customer": customers[0],
        "person": people[0],
        "low": low,
        "high": low * chance.randint(3, 8),
        "hours": chance.randint(3, 29),
        "euros": f"{chance.randint(4, 90)}{'.' if language in {'de', 'es'} else ' ' if language == 'fr' else ','}{chance.randint(1, 9)}00",
        "price": chance.randrange(39, 900, 10),
        "weeks": chance.randint(4, 19),
        "goal": chance.randint(5, 24),
    }
    facts = {
        subject: chance.choice(sentences).format(**filling)
        for subject, sentences in trade.items()
        if subject != "customers"
    }
    told = tuple(
        {"company": company, "person": person} for company, person in zip(customers, people, strict=True)
    )
    return Company(seed, language, name, _host(name, seed), chance.choice(known["cities"]), facts, told)


def _host(name: str, seed: int) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{re.sub('[^a-z0-9]+', '-', plain).strip('-')}-{seed}.example"
