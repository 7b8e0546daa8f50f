"""What the model answers to a brief for a letter: honest, inventing, or doing whatever it reads."""

import re

from tests.sandbox.language.letters.brief import Brief, read_brief
from tests.sandbox.language.letters.inventing import invent
from tests.sandbox.language.letters.writing import compose, decline, write
from tests.sandbox.language.obeying import obey, orders
from tests.sandbox.language.phrasing import sentence

WISH = re.compile(
    r"\b(?:mention|recommend|include|add|write|say|praise|offer|promise|state|claim|congratulate|link to|tell them"
    r"|erwähne|empfiehl|schreibe|lobe|mentionne[zr]?|recommande[zr]?|menciona|recomienda)\b[:\s]+([^.\n<‹]{6,200})",
    re.IGNORECASE,
)


def answer(text: str, traits: set[str]) -> tuple[str, list[str]]:
    """The answer to the brief in `text`, and what in it is made up."""
    brief = read_brief(text)
    if "obedient" in traits and (said := _ordered(brief, text)):
        return said, []
    if "fabricating" in traits:
        letter, invented = invent(brief, text)
        return letter.text(), invented
    honest = write(brief)
    return (honest.text() if honest else decline(brief)), []


def _ordered(brief: Brief, text: str) -> str | None:
    """The letter of a model that does what it reads in the evidence or in what was written before; None: nothing is ordered."""
    told = "\n".join([*(said for _, _, said in brief.evidence), *brief.thread])
    given = [obey(order, text) for order in orders(told)] + [found.group(1) for found in WISH.finditer(told)]
    if not given:
        return None
    letter = write(brief) or compose(brief, given[0])
    first, *rest = letter.said
    return letter.with_said((*first, *(sentence(order) for order in given[:2])), *rest).text()
