"""Taking somebody's name and addresses out of text in which others speak of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from persistence.models.lead import Lead
from persistence.models.person import Person

ERASED = "[erased]"
SHORTEST = 6
"""Characters below which a name or number would be found in words that mean somebody else."""


@dataclass(frozen=True)
class Traces:
    """The words by which a person can be told."""

    words: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words, whole and in any case, the longest first."""
        ordered = sorted(self.words, key=lambda word: (-len(word), word))
        return re.compile(
            "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in ordered) or r"(?!)", re.IGNORECASE
        )


def traces_of(person: Person, leads: Iterable[Lead]) -> Traces:
    """Names of two words and more, e-mail addresses, profiles and phone numbers, of the person and their leads."""
    words: set[str] = set()
    rows: list[Person | Lead] = [person, *leads]
    for row in rows:
        name = " ".join(row.full_name.split())
        words |= {name} if " " in name else set()
        words |= {row.email or "", row.phone or "", _profile(row.linkedin_key)}
    words |= {person.email_key or ""}
    return Traces(frozenset(word for word in words if len(word) >= SHORTEST))


def redacted(value: Any, pattern: re.Pattern[str]) -> Any:
    """A JSON value in which every match became `[erased]`."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [redacted(item, pattern) for item in value]
    if isinstance(value, dict):
        return {redacted(key, pattern): redacted(item, pattern) for key, item in value.items()}
    return value


def _profile(key: str | None) -> str:
    """A profile as it stands in addresses; the slug alone may be any word."""
    return f"linkedin.com/in/{key}" if key and "/" not in key else key or ""
