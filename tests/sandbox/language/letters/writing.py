"""An honest letter: one thing that was read, in its own words, one fact about us, one question; or a decline."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.sandbox.language.letters.brief import Brief
from tests.sandbox.language.lexicon import content, words
from tests.sandbox.language.obeying import orders
from tests.sandbox.language.phrasing import cut, sentence
from tests.sandbox.language.reading import sentences

FOLDER = Path(__file__).parent / "words"
ROOMY = 400
"""Characters from which on there is place for more than a notice and a question."""
LESS_TELLING = ("field", "sender", "outcome", "message")
"""Kinds of evidence that are used when there is no other."""


@dataclass(frozen=True)
class Letter:
    """A message in parts. `said` are the sentences between greeting and name, in paragraphs."""

    subject: str | None
    greeting: str
    said: tuple[tuple[str, ...], ...]
    name: str

    def with_said(self, *paragraphs: tuple[str, ...]) -> "Letter":
        """The letter with other sentences."""
        return replace(self, said=paragraphs)

    def text(self) -> str:
        """The letter as it is answered."""
        body = "\n\n".join([self.greeting, *(" ".join(part) for part in self.said if part), self.name])
        return f"Subject: {self.subject}\n\n{body}" if self.subject else body


@cache
def phrases(code: str) -> dict[str, Any]:
    """One language's sentences for letters."""
    known: dict[str, Any] = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    return known


def write(brief: Brief) -> Letter | None:
    """The honest letter; None: there is nothing to write it from."""
    found = _quote(brief)
    return None if found is None or brief.answered else compose(brief, *found)


def compose(brief: Brief, quote: str, kind: str = "") -> Letter:
    """A letter about these words."""
    known = phrases(brief.code)
    greeting = known["greeting"].format(name=brief.first_name)
    objected = " ".join(said for said, _ in brief.objections or ())
    short = brief.longest < ROOMY
    said = (
        turned(quote, brief.code)
        if kind != "field"
        else known["field"].format(quote=quote, company=brief.company)
    )
    room = brief.longest - len(greeting) - len(brief.sender) - len(known["ask"]) - 8
    while len(said) > room and len(said.split()) > 3:
        said = cut(said, len(said.split()) - 1)
    about_us = () if short else tuple(fact for fact in brief.facts if fact not in objected)[:1]
    paragraphs: tuple[tuple[str, ...], ...] = ((sentence(said), known["ask"]),)
    if not short:
        paragraphs = ((sentence(said),), (*map(sentence, about_us), known["ask"]))
    subject = known["subject"].format(company=brief.company)[: brief.longest_subject]
    return Letter(subject if brief.longest_subject else None, greeting, paragraphs, brief.sender)


def turned(said: str, code: str) -> str:
    """What somebody says of themselves, said to them."""
    for own, yours in phrases(code)["turn"].items():
        pattern = r"\b" + re.escape(own).replace(r"\*", r"(\w*)") + (r"\b" if not own.endswith("*") else "")
        said = re.sub(pattern, yours.replace("*", r"\1"), said, flags=re.IGNORECASE)
    return said[:1].upper() + said[1:]


def decline(brief: Brief) -> str:
    """The answer of a model that writes nothing."""
    known = phrases(brief.code)
    return f"DECLINE: {known['decline']}\nMISSING: {known['missing'].format(company=brief.company)}"


def _quote(brief: Brief) -> tuple[str, str] | None:
    """The words to write about, and their kind: not used or objected to before, telling, near the pain, new; in this order."""
    before = " ".join([*brief.thread, *(said for said, _ in brief.objections or ())])
    usable = [
        (said, kind)
        for _, kind, text in brief.evidence
        for said in sentences(text)
        if len(words(said)) >= 3
        and not orders(said)
        and "“" not in said
        and cut(turned(said, brief.code), 8) not in before
    ]
    pain = content(brief.pain)
    return max(usable, key=lambda item: (item[1] not in LESS_TELLING, _nearness(item[0], pain)), default=None)


def _nearness(said: str, pain: tuple[frozenset[str], frozenset[str]]) -> int:
    """How many stems and meanings a sentence shares with what hurts."""
    stems, meanings = content(said)
    return len(stems & pain[0]) + len(meanings & pain[1])
