"""Two runs side by side: the difference of each case, gathered by tenant. Cases of one tenant are alike, so tenants count."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

Values = Mapping[tuple[str, int], float]
"""A metric by case and sample."""


@dataclass(frozen=True)
class Pairs:
    """Differences (after minus before) by case, of the cases that both runs scored. `clusters` is by tenant."""

    before: dict[str, float]
    after: dict[str, float]
    clusters: dict[str, tuple[float, ...]]

    @property
    def count(self) -> int:
        """Cases."""
        return len(self.before)

    @property
    def mean_before(self) -> float:
        """The mean over the paired cases."""
        return fmean(self.before.values()) if self.before else 0.0

    @property
    def mean_after(self) -> float:
        """The mean over the paired cases."""
        return fmean(self.after.values()) if self.after else 0.0

    @property
    def difference(self) -> float:
        """After minus before."""
        return self.mean_after - self.mean_before


def pair(before: Values, after: Values, clusters: Mapping[str, str]) -> Pairs:
    """The pairs of two runs: samples of a case are averaged first. `clusters` tells each case's tenant."""
    one, other = by_case(before), by_case(after)
    both = sorted(one.keys() & other.keys())
    grouped: dict[str, list[float]] = defaultdict(list)
    for case in both:
        grouped[clusters[case]].append(other[case] - one[case])
    return Pairs(
        {case: one[case] for case in both},
        {case: other[case] for case in both},
        {tenant: tuple(values) for tenant, values in sorted(grouped.items())},
    )


def by_case(values: Values) -> dict[str, float]:
    """The mean of each case over its samples."""
    grouped: dict[str, list[float]] = defaultdict(list)
    for (case, _), value in values.items():
        grouped[case].append(value)
    return {case: fmean(found) for case, found in grouped.items()}
