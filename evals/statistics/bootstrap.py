"""The interval of a difference, by drawing tenants anew: for reading. What is decided is decided by the sign-flip test."""

from collections.abc import Iterable, Sequence
from random import Random

DRAWS = 2_000
SEED = 20261129


def interval(
    clusters: Iterable[Sequence[float]], *, level: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float] | None:
    """Between what the mean difference lies. None with fewer than two tenants."""
    parts = [(sum(values), len(values)) for values in clusters if values]
    if len(parts) < 2:
        return None
    dice = Random(seed)  # noqa: S311 — a reproducible draw, nothing secret
    means = sorted(_drawn_mean(dice.choices(parts, k=len(parts))) for _ in range(draws))
    cut = int((1 - level) / 2 * draws)
    return means[cut], means[draws - 1 - cut]


def _drawn_mean(parts: Sequence[tuple[float, int]]) -> float:
    return sum(total for total, _ in parts) / sum(count for _, count in parts)
