"""What a run of the filter optimiser holds: plain JSON, at most 8 counts."""

from typing import TypedDict

from tools.filters.run import Asked, Counted


class FiltersState(TypedDict, total=False):
    """The state of one run."""

    asked: Asked
    """What is wanted and what may not be moved."""
    counted: list[Counted]
    """The counts so far, in their order."""
    following: list[int] | None
    """The setting to count next; None when the run is over."""
