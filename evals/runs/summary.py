"""A run in numbers: for each scorer how many passed, of how many that could be looked at, of how many cases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from evals.judging.standing import why_grey
from evals.runs.file import Result
from evals.scorers.score import Score


@dataclass
class Metric:
    """One scorer over a run. `values` is by case and sample: the mean of what it said of the turns."""

    name: str
    values: dict[tuple[str, int], float] = field(default_factory=dict)
    errors: set[tuple[str, int]] = field(default_factory=set)
    silent: set[tuple[str, int]] = field(default_factory=set)
    failures: dict[tuple[str, int], str] = field(default_factory=dict)
    judges: set[str] = field(default_factory=set)
    """Who judged, where models did."""

    @property
    def grey(self) -> str | None:
        """Why it decides nothing: a judge's, which nothing bears out. None for all others."""
        return why_grey(self.name, self.judges) if self.judges else None

    @property
    def mean(self) -> float | None:
        """The mean over cases; None when nothing was scored."""
        return fmean(self.values.values()) if self.values else None

    @property
    def total(self) -> int:
        """All cases it was asked about."""
        return len(self.values) + len(self.errors) + len(self.silent)

    @property
    def coverage(self) -> float:
        """The share of the cases it could look at that it did not break on."""
        looked = len(self.values) + len(self.errors)
        return len(self.values) / looked if looked else 1.0


@dataclass
class Summary:
    """All scorers over a run, and what the run cost."""

    metrics: dict[str, Metric] = field(default_factory=dict)
    clusters: dict[str, str] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    samples: int = 0
    errors: int = 0
    usd: float = 0.0
    read: int = 0
    written: int = 0
    calls: int = 0
    cached: int = 0
    latencies: list[int] = field(default_factory=list)
    prefixes: list[int] = field(default_factory=list)
    """For how many turns the recorded founder's lines fitted, where they were replayed."""

    def latency(self, share: float) -> int:
        """The latency below which this share of the cases lies, in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0

    @property
    def usd_per_case(self) -> float:
        """What a case costs when nothing comes from the cache."""
        return self.usd / self.samples if self.samples else 0.0


def summarise(results: Iterable[Result]) -> Summary:
    """The numbers of a run. Reads one result at a time and keeps no text but the first reason of each failure."""
    summary = Summary()
    for result in results:
        _count(summary, result)
        by_scorer: dict[str, list[Score]] = defaultdict(list)
        for score in result.scores:
            by_scorer[score.scorer].append(score)
        for name, scores in by_scorer.items():
            _add(summary.metrics.setdefault(name, Metric(name)), result.item.key, scores)
    return summary


def _count(summary: Summary, result: Result) -> None:
    item, output = result.item, result.item.output
    summary.samples += 1
    summary.clusters[item.case] = item.cluster
    summary.origins[item.origin] += 1
    summary.errors += output.error is not None
    summary.usd += sum(call.usd or 0.0 for call in output.calls)
    summary.read += sum(call.read for call in output.calls)
    summary.written += sum(call.written for call in output.calls)
    summary.calls += len(output.calls)
    summary.cached += sum(call.cached for call in output.calls)
    summary.latencies.append(output.ms)
    if output.valid_prefix is not None:
        summary.prefixes.append(output.valid_prefix)


def _add(metric: Metric, key: tuple[str, int], scores: list[Score]) -> None:
    values = [score.value for score in scores if score.value is not None]
    metric.judges.update(score.by for score in scores if score.by is not None)
    if any(score.verdict == "error" for score in scores):
        metric.errors.add(key)
    elif values:
        metric.values[key] = fmean(values)
    else:
        metric.silent.add(key)
    failed = next((score for score in scores if score.verdict == "fail"), None)
    if failed is not None:
        where = f"turn {failed.turn}: " if failed.turn is not None else ""
        metric.failures[key] = where + failed.reason
