"""The gate: pass, fail, or an honest "can't tell" with what it would take. It decides from two runs' numbers alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from evals.gating.comparison import Comparison, Row, compare
from evals.gating.thresholds import Limit, Thresholds
from evals.judging.standing import JUDGES
from evals.runs.file import Head
from evals.runs.summary import Summary
from evals.scorers.registry import HARD
from evals.statistics import effect, signflip

Profile = Literal["quality", "wiring"]
ONE_SIDED = 0.5
"""A loss is excluded on one side: half of alpha."""


class Outcome(IntEnum):
    """How a gate ends; the numbers are the command's exit codes."""

    PASS = 0
    FAIL = 1
    INCONCLUSIVE = 2


@dataclass(frozen=True)
class Check:
    """One thing that the gate looked at."""

    name: str
    outcome: Outcome
    detail: str = ""
    grey: bool = False
    """A judge that nothing bears out: it is shown, and its outcome is a pass for want of any."""


@dataclass
class Decision:
    """All checks; the worst one is the outcome."""

    profile: Profile
    comparison: Comparison | None
    checks: list[Check] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """Fail when anything failed, else inconclusive when anything could not be told."""
        found = {check.outcome for check in self.checks}
        return next((each for each in (Outcome.FAIL, Outcome.INCONCLUSIVE) if each in found), Outcome.PASS)


def decide(
    before: tuple[Head, Summary],
    after: tuple[Head, Summary],
    thresholds: Thresholds,
    profile: Profile = "quality",
    *,
    leaked: tuple[str, ...] = (),
) -> Decision:
    """Whether `after` may go out. `leaked` are hold-out ids that lie in dev. Raises RunInvalid where runs can't be compared."""
    decision = Decision(profile, None)
    add = decision.checks.append
    if profile == "quality" and after[0].sandbox:
        add(Check("real_models", Outcome.FAIL, "the sandbox played this run: it says nothing of quality"))
        return decision
    comparison = compare(before, after, gated=frozenset(thresholds.metrics) - HARD)
    decision.comparison = comparison
    for name in leaked:
        add(Check("holdout_apart", Outcome.FAIL, f"the hold-out case {name} lies in dev"))
    decision.checks += [
        *_hard(comparison),
        _complete(after),
        _errors(after[1], thresholds),
        *_coverage(after[1], thresholds),
    ]
    if profile == "quality":
        decision.checks += [
            *_metrics(comparison, after[1], thresholds),
            *_unjudged(before[1], after[1], thresholds),
            *_growth(before[1], after[1], thresholds),
        ]
    return decision


def _hard(comparison: Comparison) -> Iterator[Check]:
    broken = [change for change in comparison.broken if change.scorer in HARD]
    flaky = [change for change in comparison.unstable if change.scorer in HARD]
    for change in broken:
        yield Check(change.scorer, Outcome.FAIL, f"{change.case} fails now: {change.reason}")
    for change in flaky:
        yield Check(change.scorer, Outcome.INCONCLUSIVE, f"{change.case} {change.reason}: repeat it")
    if not broken and not flaky:
        yield Check("hard_scorers", Outcome.PASS, "no new failure")


def _complete(after: tuple[Head, Summary]) -> Check:
    head, summary = after
    wanted = head.cases * head.repeat
    if summary.samples < wanted:
        return Check(
            "complete",
            Outcome.INCONCLUSIVE,
            f"{summary.samples} of {wanted} items are done: go on with the run",
        )
    return Check("complete", Outcome.PASS)


def _errors(summary: Summary, thresholds: Thresholds) -> Check:
    rate = summary.errors / summary.samples if summary.samples else 1.0
    failed = rate > thresholds.overall.error_rate
    return Check(
        "error_rate", Outcome.FAIL if failed else Outcome.PASS, f"{rate:.1%} of the items ended in an error"
    )


def _coverage(summary: Summary, thresholds: Thresholds) -> Iterator[Check]:
    for name, metric in sorted(summary.metrics.items()):
        if (
            metric.grey is None
            and metric.coverage < thresholds.overall.coverage
            and len(metric.errors) > summary.errors
        ):
            yield Check(name, Outcome.FAIL, f"it could score only {metric.coverage:.1%} of its cases")


def _metrics(comparison: Comparison, summary: Summary, thresholds: Thresholds) -> Iterator[Check]:
    rows = {row.name: row for row in comparison.rows}
    for name, limit in thresholds.metrics.items():
        metric = summary.metrics.get(name)
        grey = rows[name].grey if name in rows else None
        if grey is not None:
            yield Check(name, Outcome.PASS, f"decides nothing: {grey}", grey=True)
        elif (
            metric is not None
            and metric.mean is not None
            and limit.floor is not None
            and metric.mean < limit.floor
        ):
            was = (
                f" (before {rows[name].pairs.mean_before:.1%}, p={rows[name].p:.2g})" if name in rows else ""
            )
            yield Check(name, Outcome.FAIL, f"{metric.mean:.1%} is below its floor of {limit.floor:.0%}{was}")
        elif name in rows:
            yield _metric(rows[name], limit, thresholds.overall.alpha)


def _unjudged(before: Summary, after: Summary, thresholds: Thresholds) -> Iterator[Check]:
    """A trusted judge that looked at the earlier run only: without it the later one is not decided."""
    for name in thresholds.metrics.keys() & JUDGES.keys() & before.metrics.keys() - after.metrics.keys():
        if before.metrics[name].grey is None:
            yield Check(
                name, Outcome.INCONCLUSIVE, "it looked at the earlier run only: ./quiver evals judge RUN"
            )


def _metric(row: Row, limit: Limit, alpha: float) -> Check:
    """A loss fails when it is significant and beyond the margin; it passes when a loss beyond the margin is excluded."""
    groups = list(row.pairs.clusters.values())
    lost = -row.pairs.difference
    p = row.p if row.p_holm is None else row.p_holm
    said = (
        f"{row.pairs.difference * 100:+.1f} pp, p={p:.3f}, {row.pairs.count} cases of {row.tenants} tenants"
    )
    if not row.decidable:
        return Check(
            row.name,
            Outcome.INCONCLUSIVE,
            f"{said}: not decidable with fewer than {signflip.LEAST_TENANTS} tenants",
        )
    if lost > limit.margin and p < alpha:
        return Check(row.name, Outcome.FAIL, said)
    if signflip.p_not_worse(groups, limit.margin) < alpha * ONE_SIDED:
        return Check(row.name, Outcome.PASS, said)
    needed = effect.tenants_needed(groups, max(limit.margin, lost) if lost > limit.margin else limit.margin)
    more = (
        f"; about {needed} tenants would tell"
        if needed and needed > row.tenants
        else "; repeat it or add tenants"
    )
    return Check(
        row.name, Outcome.INCONCLUSIVE, f"{said}: a loss of {limit.margin:.0%} is not excluded{more}"
    )


def _growth(before: Summary, after: Summary, thresholds: Thresholds) -> Iterator[Check]:
    overall = thresholds.overall
    if before.usd_per_case > 0 and after.usd_per_case > before.usd_per_case * (1 + overall.cost_growth):
        grown = after.usd_per_case / before.usd_per_case - 1
        yield Check("cost", Outcome.FAIL, f"{grown:+.0%} a case: ${after.usd_per_case:.4f}")
    old, new = before.latency(0.95), after.latency(0.95)
    if old and new > max(old * (1 + overall.latency_growth), overall.latency_ignored_ms):
        yield Check("latency", Outcome.FAIL, f"p95 {old:,} ms → {new:,} ms")
