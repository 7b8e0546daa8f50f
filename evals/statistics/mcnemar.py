"""McNemar's exact test: of the cases that changed, how many got better. Only where each tenant has one case."""

from collections.abc import Mapping
from math import comb

from evals.statistics.pairing import Pairs


def applies(pairs: Pairs) -> bool:
    """Whether each tenant has one case and each value is a plain pass or fail."""
    values = {*pairs.before.values(), *pairs.after.values()}
    return values <= {0.0, 1.0} and all(len(found) == 1 for found in pairs.clusters.values())


def p_value(before: Mapping[str, float], after: Mapping[str, float]) -> float:
    """Two-sided, exact: how likely so uneven a split of the changed cases is when both directions are as likely."""
    fixed = sum(before[case] < after[case] for case in before)
    broken = sum(before[case] > after[case] for case in before)
    changed = fixed + broken
    if not changed:
        return 1.0
    tail = float(sum(comb(changed, count) for count in range(min(fixed, broken) + 1))) * 0.5**changed
    return min(1.0, 2 * tail)
