"""Two runs compared, metric by metric and case by case."""

from collections import defaultdict
from dataclasses import dataclass, field

from evals.judging.standing import why_grey
from evals.runs.file import Head, RunInvalid
from evals.runs.summary import Metric, Summary
from evals.statistics import bootstrap, effect, holm, mcnemar, signflip
from evals.statistics.pairing import Pairs, pair


@dataclass(frozen=True)
class Row:
    """One metric of two runs. `p` is of the sign-flip test, `p_holm` after correction over the gated metrics.

    `grey` says why a judge's metric decides nothing; None for one that may, and for those of code. `decidable` is False where too few tenants were seen for any answer at 5 %.
    """

    name: str
    pairs: Pairs
    interval: tuple[float, float] | None
    p: float
    p_holm: float | None
    smallest_effect: float | None
    p_mcnemar: float | None
    scored: int
    total: int
    grey: str | None = None

    @property
    def tenants(self) -> int:
        """Tenants with a paired case."""
        return len(self.pairs.clusters)

    @property
    def decidable(self) -> bool:
        """Whether any result could be significant."""
        return self.tenants >= signflip.LEAST_TENANTS


@dataclass(frozen=True)
class Change:
    """A case of which a scorer thinks otherwise now."""

    case: str
    scorer: str
    reason: str


@dataclass
class Comparison:
    """All of it. `unstable`: a scorer thinks differently of samples of one case within one run."""

    before: Head
    after: Head
    rows: list[Row] = field(default_factory=list)
    broken: list[Change] = field(default_factory=list)
    fixed: list[Change] = field(default_factory=list)
    unstable: list[Change] = field(default_factory=list)


def compare(
    before: tuple[Head, Summary], after: tuple[Head, Summary], *, gated: frozenset[str] = frozenset()
) -> Comparison:
    """Compare two runs. Raises RunInvalid where one was played by the sandbox and the other was not."""
    (old_head, old), (new_head, new) = before, after
    if old_head.sandbox != new_head.sandbox:
        raise RunInvalid(
            "a run that the sandbox played says nothing of quality; compare it with another such run"
        )
    found = Comparison(old_head, new_head)
    clusters = {**old.clusters, **new.clusters}
    rows = [
        _row(old.metrics[name], new.metrics[name], clusters)
        for name in sorted(old.metrics.keys() & new.metrics.keys())
    ]
    rows = [row for row in rows if row.pairs.count]
    corrected = holm.adjusted({row.name: row.p for row in rows if row.name in gated and row.grey is None})
    found.rows = [Row(**{**vars(row), "p_holm": corrected.get(row.name)}) for row in rows]
    for name, metric in sorted(new.metrics.items()):
        was = old.metrics.get(name, Metric(name))
        if _grey(was, metric) is None:
            _changes(found, name, was, metric)
    return found


def _grey(before: Metric, after: Metric) -> str | None:
    """Why this metric decides nothing, where it is a judge's."""
    judges = before.judges | after.judges
    return why_grey(after.name, judges) if judges else None


def _row(before: Metric, after: Metric, clusters: dict[str, str]) -> Row:
    pairs = pair(before.values, after.values, clusters)
    groups = list(pairs.clusters.values())
    return Row(
        name=after.name,
        pairs=pairs,
        interval=bootstrap.interval(groups),
        p=signflip.p_two_sided(groups),
        p_holm=None,
        smallest_effect=effect.smallest_effect(groups),
        p_mcnemar=mcnemar.p_value(pairs.before, pairs.after) if mcnemar.applies(pairs) else None,
        scored=len(after.values),
        total=after.total,
        grey=_grey(before, after),
    )


def _changes(found: Comparison, name: str, before: Metric, after: Metric) -> None:
    old, new = failing_share(before), failing_share(after)
    for case, share in sorted(new.items()):
        was = old.get(case)
        reason = next((said for (each, _), said in after.failures.items() if each == case), "")
        if 0 < share < 1 or (was is not None and 0 < was < 1):
            found.unstable.append(Change(case, name, f"fails in {share:.0%} of its samples"))
        elif share == 1 and was in (0, None):
            found.broken.append(Change(case, name, reason))
        elif share == 0 and was == 1:
            found.fixed.append(Change(case, name, ""))


def failing_share(metric: Metric) -> dict[str, float]:
    """In which share of its scored samples each case fails."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for key in metric.values:
        seen[key[0]].append(key in metric.failures)
    return {case: sum(failed) / len(failed) for case, failed in seen.items()}
