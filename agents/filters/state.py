"""What a run of the filter optimiser holds: plain JSON, at most two drafts and 8 counts."""

from typing import Any, TypedDict

from tools.filters.drafting import Refused
from tools.filters.run import Asked, Counted, Question
from tools.providers.wiza.client import Place


class FiltersState(TypedDict, total=False):
    """The state of one run."""

    question: Question
    """What is wanted."""
    drafted: dict[str, Any]
    """The model's newest answer, unchecked."""
    drafts: int
    """How many there were."""
    places: dict[str, list[Place]]
    """What Wiza offers for the places of the drafts, by what it was asked for."""
    refused: list[Refused]
    """The words of the newest draft that Wiza does not know."""
    asked: Asked | None
    """What is counted and what may not be moved; None when nothing was drafted."""
    counted: list[Counted]
    """The counts so far, in their order."""
    following: list[int] | None
    """The setting to count next; None when the run is over."""
