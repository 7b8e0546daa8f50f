"""The page: verdict, table, what changed, and the cases behind it. All text is escaped; nothing is loaded from anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from evals.analysis.coverage import Coverage
from evals.dataset.conversation import Conversation
from evals.gating.comparison import Change, Comparison, Row
from evals.gating.gate import Decision, Outcome
from evals.gating.verdict_text import said_p
from evals.report.case import case_html
from evals.report.coverage import coverage_html
from evals.runs.file import Head, Result
from evals.runs.summary import Summary
from evals.scorers.registry import HARD

STYLE = Path(__file__).parent / "style.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LISTED = 16


@dataclass(frozen=True)
class Shown:
    """One case that is shown: what is known of it, and what both runs made. `before` None: it was not in the earlier run."""

    case: Conversation | None
    before: Result | None
    after: Result


@dataclass(frozen=True)
class Report:
    """What a page is made of."""

    decision: Decision
    comparison: Comparison
    summaries: tuple[Summary, Summary]
    shown: Sequence[Shown]
    left_out: int
    coverage: Coverage
    """Of the later run."""


def page(report: Report) -> str:
    """The whole page."""
    found = report.comparison
    title = f"{found.before.name} → {found.after.name}"
    body = "\n".join(
        [
            f"<h1>{escape(title)}</h1>",
            f'<p class="note">{escape(_subtitle(found.after))}</p>',
            _verdict(report.decision, found),
            _prompts(found),
            _table(found),
            _lists(found),
            _costs(*report.summaries),
            coverage_html(report.coverage),
            "<h2>Cases</h2>",
            *(case_html(each.case, each.before, each.after, found) for each in report.shown),
            f'<p class="note">{report.left_out} more cases are the same in both runs or left out for length.</p>',
        ]
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n{body}\n</main></body></html>\n"
    )


def _subtitle(head: Head) -> str:
    return f"{head.suite} · {head.mode} · {head.cases} cases × {head.repeat} · {head.model or 'no model'} · {head.started_at}"


def _verdict(decision: Decision, found: Comparison) -> str:
    reasons = [check for check in decision.checks if check.outcome is not Outcome.PASS]
    items = "".join(f"<li><b>{escape(each.name)}</b>: {escape(each.detail)}</li>" for each in reasons[:12])
    passed = sum(check.outcome is Outcome.PASS for check in decision.checks)
    marks = [head.note for head in (found.before, found.after) if head.note]
    if found.after.sandbox:
        marks.insert(0, "SANDBOX: wiring only, says nothing of quality")
    stamps = "".join(f'<div class="stamp">{escape(mark)}</div>' for mark in dict.fromkeys(marks))
    name = decision.outcome.name
    return (
        f'<div class="verdict {name}" id="verdict"><strong>{name}</strong> <span class="note">{decision.profile} gate, {passed} checks '
        f"passed</span>{f'<ul class=reasons>{items}</ul>' if items else ''}{stamps}</div>"
    )


def _prompts(found: Comparison) -> str:
    names = sorted(found.before.prompts.keys() | found.after.prompts.keys())
    changed = [
        (name, found.before.prompts.get(name, "–"), found.after.prompts.get(name, "–")) for name in names
    ]
    rows = "".join(f"<li>{escape(old)} → {escape(new)}</li>" for _, old, new in changed if old != new)
    return f"<h2>Prompts that differ</h2><ul>{rows}</ul>" if rows else ""


def _table(found: Comparison) -> str:
    heads = ["metric", "before", "after", "Δ pp", "95 %", "", "p", "n/N", "smallest visible"]
    head = "".join(f'<th class="{"n" if place else ""}">{name}</th>' for place, name in enumerate(heads))
    rows = "".join(_row(row) for row in sorted(found.rows, key=lambda row: (row.name not in HARD, row.name)))
    return f'<h2>Metrics</h2><table id="metrics"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(row: Row) -> str:
    delta = row.pairs.difference * 100
    tone = "" if abs(delta) < 0.05 else "ok" if delta > 0 else "no"
    low, high = row.interval or (0.0, 0.0)
    interval = f"[{low * 100:+.1f}, {high * 100:+.1f}]" if row.interval else "–"
    seen = f"{row.smallest_effect * 100:.0f} pp" if row.smallest_effect else "–"
    badge = ' <span class="chip">hard</span>' if row.name in HARD else ""
    if row.grey:
        badge = f' <span class="chip grey" title="{escape(row.grey)}">grey</span>'
    cells = [
        f"{row.pairs.mean_before:.1%}", f"{row.pairs.mean_after:.1%}", f'<span class="{tone}">{delta:+.1f}</span>', interval,
        _bar(row) if row.interval else "", said_p(row), f"{row.scored}/{row.total}", seen,
    ]  # fmt: skip
    return (
        f"<tr><td>{escape(row.name)}{badge}</td>{''.join(f'<td class=n>{cell}</td>' for cell in cells)}</tr>"
    )


def _bar(row: Row) -> str:
    """The interval from -50 to +50 points, zero in the middle."""
    assert row.interval is not None
    low, high, mid = (
        max(0.0, min(100.0, 50 + value * 100)) for value in (*row.interval, row.pairs.difference)
    )
    return f'<span class="bar"><u></u><i style="left:{low:.1f}%;width:{max(1.0, high - low):.1f}%"></i><b style="left:{mid:.1f}%"></b></span>'


def _lists(found: Comparison) -> str:
    parts = [
        ("broken", "Newly broken", found.broken),
        ("fixed", "Fixed", found.fixed),
        ("unstable", "Unstable", found.unstable),
    ]
    return f'<h2>What changed</h2><div class="lists">{"".join(_list(*part) for part in parts)}</div>'


def _list(mark: str, title: str, changes: Sequence[Change]) -> str:
    """The changes, gathered by case."""
    by_case: dict[str, list[Change]] = {}
    for change in changes:
        by_case.setdefault(change.case, []).append(change)
    items = "".join(_listed(case, found) for case, found in list(by_case.items())[:LISTED])
    more = f"<li>and {len(by_case) - LISTED} more cases</li>" if len(by_case) > LISTED else ""
    count = f"{len(by_case)} cases" if len(by_case) != 1 else "1 case"
    return f'<section id="{mark}"><h3>{title} ({count})</h3><ul>{items or "<li>nothing</li>"}{more}</ul></section>'


def _listed(case: str, changes: Sequence[Change]) -> str:
    chips = " ".join(
        f'<span class="chip" title="{escape(each.reason)}">{escape(each.scorer)}</span>' for each in changes
    )
    return f'<li><a href="#{escape(case)}">{escape(case)}</a> {chips}</li>'


def _costs(before: Summary, after: Summary) -> str:
    rows: Mapping[str, tuple[str, str]] = {
        "calls": (f"{before.calls:,}", f"{after.calls:,}"),
        "tokens in": (f"{before.read:,}", f"{after.read:,}"),
        "tokens out": (f"{before.written:,}", f"{after.written:,}"),
        "US dollars a case": (f"{before.usd_per_case:.4f}", f"{after.usd_per_case:.4f}"),
        "latency p50 / p95, ms": (
            f"{before.latency(0.5):,} / {before.latency(0.95):,}",
            f"{after.latency(0.5):,} / {after.latency(0.95):,}",
        ),
        "errors": (str(before.errors), str(after.errors)),
        "origins": (_origins(before), _origins(after)),
    }
    lines = "".join(_cost_row(name, *values) for name, values in rows.items())
    return f"<h2>Cost and time</h2><table><thead><tr><th></th><th class=n>before</th><th class=n>after</th></tr></thead>{lines}</table>"


def _cost_row(name: str, before: str, after: str) -> str:
    return f"<tr><td>{name}</td><td class=n>{escape(before)}</td><td class=n>{escape(after)}</td></tr>"


def _origins(summary: Summary) -> str:
    return ", ".join(f"{count} {origin}" for origin, count in sorted(summary.origins.items()))


def changed_first(found: Comparison) -> Iterator[str]:
    """The cases to show, those with the worst news first."""
    for changes in (found.broken, found.unstable, found.fixed):
        yield from (each.case for each in sorted(changes, key=lambda each: each.scorer not in HARD))
