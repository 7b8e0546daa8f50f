"""Numbers that make defaults distinct within a run."""

from itertools import count

_numbers = count(1)


def next_number() -> int:
    """A number no other row of this run got."""
    return next(_numbers)
