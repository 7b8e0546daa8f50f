"""A letter that holds things nobody said: numbers, rounds, names, dates, customers and events in many phrasings."""

import random
import re
from string import Formatter
from typing import Any

from tests.sandbox.language.letters.brief import Brief
from tests.sandbox.language.letters.writing import Letter, compose, phrases, write

NUMBER = re.compile(r"\d+")
MOST = 3


def invent(brief: Brief, seed: str) -> tuple[Letter, list[str]]:
    """The letter, and the sentences in it that are made up. It is never declined."""
    chance = random.Random(seed)
    known = phrases(brief.code)
    letter = write(brief) or compose(brief, _filled(chance.choice(known["invented"]), brief, chance))
    false = [
        _filled(template, brief, chance)
        for template in chance.sample(known["invented"], chance.randint(1, MOST))
    ]
    paragraphs = [list(part) for part in letter.said]
    altered = _altered(paragraphs[0][0], chance)
    if altered != paragraphs[0][0] and chance.random() < 0.5:
        paragraphs[0][0] = altered
        false = [altered, *false[:1]]
    for said in false:
        if said != altered:
            part = chance.choice(paragraphs)
            part.insert(chance.randrange(len(part) + 1), said)
    return letter.with_said(*(tuple(part) for part in paragraphs)), false


def _altered(said: str, chance: random.Random) -> str:
    """The sentence with another number in it."""
    return NUMBER.sub(lambda found: str(int(found.group()[:9]) + chance.randint(1, 40)), said, count=1)


def _filled(template: str, brief: Brief, chance: random.Random) -> str:
    known: dict[str, Any] = phrases(brief.code)["made_up"]
    values: dict[str, object] = {
        "company": brief.company,
        "first": brief.first_name,
        "number": chance.randint(13, 97),
        "large": chance.randint(2, 48) * 50,
        "year": chance.randint(2019, 2026),
    }
    for _, name, _, _ in Formatter().parse(template):
        if name and name not in values:
            values[name] = chance.choice(known[name])
    return template.format(**values)
