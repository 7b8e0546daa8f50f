"""Reports as people read them."""

from collections.abc import Iterator

from migrations.supabase.moving.report import Finding, Report
from migrations.supabase.rollback import Undoing
from migrations.supabase.verifying import Verdict

HEADINGS = {
    "set_aside": "Set aside (correct them at the source and run again)",
    "conflict": "Changed on both sides: ours was kept",
    "deleted_at_source": "Deleted at the source since, still here",
    "merged": "Merged",
    "changed": "Came otherwise than they were (the original is kept with the remarks)",
    "left_out": "Not needed",
}
SHOWN = 40


def report_lines(report: Report, *, planned: bool) -> Iterator[str]:
    """A plan or a run."""
    yield f"{'Plan' if planned else 'Run'} {'' if planned else report.run_id}: {report.source}, as of {report.snapshot_at}"
    yield f"{'':20} {'at source':>12} {'comes':>12} {'new':>12} {'changed':>10} {'set aside':>10}"
    for line in report.lines:
        yield (
            f"{line.table:20} {line.rows:>12,} {line.accepted:>12,} {line.new:>12,} {line.changed:>10,} {line.set_aside:>10,}"
        )
    for table, columns in report.absent.items():
        yield f"Not at the source: {table}: {', '.join(columns)}"
    for table, columns in report.extra.items():
        yield f"Kept beside (supabase_move.extras), as we have no such columns: {table}: {', '.join(columns)}"
    for kind, heading in HEADINGS.items():
        found = [finding for finding in report.findings if finding.kind == kind]
        if found:
            yield f"{heading}:"
            yield from (_finding(finding) for finding in found[:SHOWN])
    for entity, count in report.unaccounted.items():
        yield f"FAULT: {count:,} rows of {entity} are neither here nor set aside."


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """What was compared, and what differs."""
    yield f"Compared: {', '.join(f'{rows:,} {table}' for table, rows in verdict.rows.items())}"
    if verdict.others:
        yield f"Here beside what was brought: {', '.join(f'{rows:,} {table}' for table, rows in verdict.others.items())}"
    if verdict.well:
        yield "Everything is here as it was."
        return
    for table, count in verdict.counts.items():
        yield f"{table}: {count:,} rows differ"
    for found in verdict.differences[:SHOWN]:
        since = " (changed here since)" if found.changed_here else ""
        yield f"  {found.table} {found.id} ({found.source_id}): {', '.join(found.columns)} {found.what}{since}"


def undoing_lines(undoing: Undoing) -> Iterator[str]:
    """What was taken back."""
    for what, counts in (
        ("Taken back", undoing.brought),
        ("Taken back though changed here", undoing.changed),
        ("Written after the move, and gone with it", undoing.written),
    ):
        if counts:
            yield f"{what}: {', '.join(f'{count:,} {table}' for table, count in counts.items())}"
    if undoing.exported_to:
        yield f"Exported to {undoing.exported_to}."


def _finding(finding: Finding) -> str:
    column = f".{finding.column}" if finding.column else ""
    advice = f" → {finding.suggestion}" if finding.suggestion else ""
    return f"  {finding.count:,} {finding.entity}{column}: {finding.reason}, as {', '.join(finding.examples)}{advice}"
