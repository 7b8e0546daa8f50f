"""Tables and lines for terminals: plain text, columns as wide as what stands in them."""

from collections.abc import Sequence
from statistics import fmean

from evals.runs.file import HARD_MARK, Head
from evals.runs.summary import Summary
from evals.scorers.registry import HARD


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows under each other; the columns in `right` end at the same place."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)


def percent(value: float | None) -> str:
    """A mean as people read it."""
    return "–" if value is None else f"{value * 100:.1f} %"


def summary_text(head: Head, summary: Summary) -> str:
    """A run in one screen."""
    rows = [["scorer", "", "mean", "scored", "failing"]]
    for name, metric in sorted(summary.metrics.items(), key=lambda item: (item[0] not in HARD, item[0])):
        rows.append(
            [
                name,
                HARD_MARK if name in HARD else "grey" if metric.grey else "",
                percent(metric.mean),
                f"{len(metric.values)}/{metric.total}",
                str(len(metric.failures)) if metric.failures else "",
            ]
        )
    origins = ", ".join(f"{count} {origin}" for origin, count in sorted(summary.origins.items()))
    lines = [
        f"{head.name}: {head.suite}, {head.mode}, {summary.samples} of {head.cases * head.repeat} done ({origins})",
        stamp(head),
        table(rows, right=(2, 3, 4)),
        "* hard: one new failure fails a gate",
        f"errors {summary.errors}; calls {summary.calls}, {summary.cached} of them cached; "
        f"tokens {summary.read:,} in, {summary.written:,} out; ${summary.usd:.4f}; "
        f"latency p50 {summary.latency(0.5):,} ms, p95 {summary.latency(0.95):,} ms",
        f"the recorded lines fitted for {fmean(summary.prefixes):.1f} turns a talk"
        if summary.prefixes
        else "",
    ]
    return "\n".join(line for line in lines if line)


def stamp(head: Head) -> str:
    """What a reader must know before the numbers."""
    marks = []
    if head.sandbox:
        marks.append("SANDBOX: wiring only, says nothing of quality")
    if head.note:
        marks.append(head.note)
    return " · ".join(marks)
