"""How the levels of an enrichment relate: which of them is contained in which, and what is still to buy.

A level is a set of parts: `none` is the profile, `partial` adds e-mail addresses, `phone` adds telephones, `full` adds
both. What a person's enrichment already holds is such a set too, so it has a level's name:

- a level whose parts are all there is copied, whichever levels brought them: after `full` everything is, after `partial`
  and `phone` even `full`;
- else only what is missing is bought, by the cheapest level that brings it: `full` asked for after `partial` buys
  `phone`, and never the address again;
- a part counts as there once it was answered, also by "not found": asking again would find the same;
- while a call is under way that brings a missing part, no other is begun for it: it is waited for, and then looked again.

A person is asked for by their LinkedIn profile, else by their address, else by name and company; who is known by two of
these is one person (`persons.py`), and what was bought under any of them counts. Two people of whom nothing tells that
they are one, such as a profile and an address, are bought as two; when the answer shows that they are one they become
one, and from then on nothing is bought twice.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import get_args

from tools.providers.wiza.records import Level


class Part(StrEnum):
    """What a level brings."""

    PROFILE = "profile"
    EMAIL = "email"
    PHONE = "phone"


Parts = frozenset[Part]

PARTS: Mapping[Level, Parts] = {
    "none": frozenset({Part.PROFILE}),
    "partial": frozenset({Part.PROFILE, Part.EMAIL}),
    "phone": frozenset({Part.PROFILE, Part.PHONE}),
    "full": frozenset(Part),
}
CHEAPEST_FIRST: tuple[Level, ...] = get_args(Level)


def parts_of(level: str | None) -> Parts:
    """The parts of a level by its name; none for nothing bought and for names we don't know."""
    return next((parts for name, parts in PARTS.items() if name == level), frozenset())


def level_of(parts: Parts) -> Level | None:
    """The name of a set of parts; None for nothing."""
    return next((level for level, held in PARTS.items() if held == parts), None)


def level_to_buy(wanted: Level, held: Parts) -> Level | None:
    """The cheapest level that brings what is missing; None when nothing is."""
    missing = PARTS[wanted] - held
    if not missing:
        return None
    return next(level for level in CHEAPEST_FIRST if missing <= PARTS[level])
