"""What could have been seen at all: the smallest effect that this many tenants show four times in five."""

from collections.abc import Collection, Sequence
from math import ceil, sqrt
from statistics import stdev

SURE, POWER = 1.96, 0.84
"""Normal quantiles of 5 % two-sided and 80 % power."""
FEW = 6


def smallest_effect(clusters: Collection[Sequence[float]]) -> float | None:
    """The smallest difference found with 80 % power. None where tenants are too few, or all the same, to tell."""
    spread = _spread(clusters)
    if spread is None or len(clusters) < FEW:
        return None
    # Few tenants know their own spread badly: the t distribution's quantiles, near enough.
    wider = 1 + 1.5 / (len(clusters) - 1)
    return (SURE + POWER) * wider * spread / sqrt(len(clusters))


def tenants_needed(clusters: Collection[Sequence[float]], effect: float) -> int | None:
    """How many tenants like these would show an effect of this size. None where nothing can be said."""
    spread = _spread(clusters)
    if spread is None or effect <= 0:
        return None
    return max(FEW, ceil(((SURE + POWER) * spread / effect) ** 2))


def _spread(clusters: Collection[Sequence[float]]) -> float | None:
    """The standard deviation of the tenants' parts in the mean difference."""
    values = [found for found in clusters if found]
    if len(values) < 2:
        return None
    size = sum(map(len, values)) / len(values)
    found = stdev(sum(each) / size for each in values)
    return found or None
