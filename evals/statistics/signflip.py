"""The sign-flip test over tenants: were there no difference, each tenant's sum would be as likely to have the other sign.

Exact up to 14 tenants that changed, else by random flips from a fixed seed. It keeps its false-alarm rate with few tenants,
where bootstrap intervals and McNemar's test do not.
"""

from collections.abc import Callable, Iterable, Sequence
from random import Random

EXACT = 14
FLIPS = 10_000
SEED = 20261129
LEAST_TENANTS = 6
"""With five tenants no result has a p below 0.0625: nothing can be decided at 5 %."""
NEAR = 1e-9


def p_two_sided(clusters: Iterable[Sequence[float]], *, flips: int = FLIPS, seed: int = SEED) -> float:
    """How likely a difference at least this large is when there is none, in either direction."""
    sums = _sums(clusters)
    seen = abs(sum(sums))
    return _share(sums, lambda total: abs(total) >= seen - NEAR, flips, seed)


def p_greater(clusters: Iterable[Sequence[float]], *, flips: int = FLIPS, seed: int = SEED) -> float:
    """How likely a sum at least this high is when there is no difference."""
    sums = _sums(clusters)
    seen = sum(sums)
    return _share(sums, lambda total: total >= seen - NEAR, flips, seed)


def p_not_worse(clusters: Iterable[Sequence[float]], margin: float, *, flips: int = FLIPS) -> float:
    """How likely the data are when it is worse by `margin`: a small one excludes a loss of that size."""
    return p_greater([[value + margin for value in values] for values in clusters], flips=flips)


def _sums(clusters: Iterable[Sequence[float]]) -> list[float]:
    """The sums that can flip: a tenant without a difference is the same under every flip."""
    return [total for total in (sum(values) for values in clusters) if abs(total) > NEAR]


def _share(sums: Sequence[float], extreme: Callable[[float], bool], flips: int, seed: int) -> float:
    if not sums:
        return 1.0
    if len(sums) <= EXACT:
        totals = _every(sums)
        return sum(map(extreme, totals)) / len(totals)
    dice = Random(seed)  # noqa: S311 — a reproducible draw, nothing secret
    hits = sum(extreme(_flipped(sums, dice.getrandbits(len(sums)))) for _ in range(flips))
    return (hits + 1) / (flips + 1)


def _every(sums: Sequence[float]) -> list[float]:
    """The total under each combination of signs."""
    totals = [0.0]
    for value in sums:
        totals = [total + value for total in totals] + [total - value for total in totals]
    return totals


def _flipped(sums: Sequence[float], signs: int) -> float:
    total = 0.0
    for value in sums:
        total += value if signs & 1 else -value
        signs >>= 1
    return total
