"""What a talk has to find out, in the order a busy founder can best answer, and what is still open."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tools.discovery.schemas import Topic

ASKING_ORDER: tuple[Topic, ...] = (
    "evidence",
    "trigger",
    "situation",
    "pain",
    "alternatives",
    "belief",
    "persona",
    "firmographic",
    "angle",
    "constraints",
)
"""A real customer's story comes first, for it answers several topics at once. The channel is never asked for: it may be assumed."""

MUST_BE_OBSERVED = frozenset({"persona", "firmographic", "situation", "trigger", "angle"})
"""The bullseye rests on these; to have inferred one is not enough to stop asking."""

Notes = Mapping[str, Sequence[Mapping[str, Any]]]


def is_known(topic: Topic, notes: Notes, beliefs: Sequence[object], customers: str) -> bool:
    """Whether a topic needs no more questions."""
    if topic == "belief":
        return bool(beliefs)
    if topic == "evidence":
        return customers == "no_customers" or bool(notes.get("evidence"))
    items = notes.get(topic, ())
    if topic in MUST_BE_OBSERVED and customers != "no_customers":
        return "observed" in [item.get("standing") for item in items]
    return bool(items)


def missing_topics(notes: Notes, beliefs: Sequence[object], customers: str) -> list[Topic]:
    """What is not known yet, best to ask first."""
    return [topic for topic in ASKING_ORDER if not is_known(topic, notes, beliefs, customers)]


def open_topics(missing: Sequence[str], asked: Collection[str]) -> list[str]:
    """What is not known and was never asked. Empty: more questions would only repeat themselves."""
    return [topic for topic in missing if topic not in asked]
