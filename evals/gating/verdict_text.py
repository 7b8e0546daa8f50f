"""A decision as text: Markdown for people and pull requests, JUnit for machines."""

from xml.sax.saxutils import escape, quoteattr

from evals.gating.comparison import Comparison, Row
from evals.gating.gate import Check, Decision, Outcome

LISTED = 20


def markdown(decision: Decision) -> str:
    """The verdict, what decided it, the table, and what changed."""
    lines = [f"## evals gate ({decision.profile}): {decision.outcome.name}", ""]
    if decision.comparison is not None:
        lines += [f"{decision.comparison.before.name} → {decision.comparison.after.name}", ""]
    for check in sorted(decision.checks, key=lambda check: check.outcome == Outcome.PASS):
        lines.append(
            f"- **{'GREY' if check.grey else check.outcome.name}** `{check.name}`{': ' + check.detail if check.detail else ''}"
        )
    if decision.comparison is not None:
        lines += ["", comparison_table(decision.comparison), "", changes_text(decision.comparison)]
    return "\n".join(lines).rstrip() + "\n"


def comparison_table(comparison: Comparison) -> str:
    """The metrics of two runs as a Markdown table."""
    lines = [
        "| metric | before | after | Δ pp | 95 % | p | n/N | smallest visible |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(cells(row))} |" for row in comparison.rows]
    return "\n".join(lines)


def cells(row: Row) -> list[str]:
    """One metric in the table's columns."""
    interval = f"[{row.interval[0] * 100:+.1f}, {row.interval[1] * 100:+.1f}]" if row.interval else "–"
    seen = f"{row.smallest_effect * 100:.0f} pp" if row.smallest_effect else "–"
    return [
        f"{row.name} (grey)" if row.grey else row.name,
        f"{row.pairs.mean_before:.1%}",
        f"{row.pairs.mean_after:.1%}",
        f"{row.pairs.difference * 100:+.1f}",
        interval,
        said_p(row),
        f"{row.scored}/{row.total}",
        seen,
    ]


def said_p(row: Row) -> str:
    """The p-value as people read it."""
    if row.grey:
        return "grey"
    if not row.decidable:
        return "not decidable"
    return "<0.001" if row.p < 0.001 else f"{row.p:.3f}"


def is_this_real(row: Row) -> str:
    """One metric's difference in one line."""
    interval = f", 95 % [{row.interval[0] * 100:+.1f}, {row.interval[1] * 100:+.1f}]" if row.interval else ""
    seen = (
        f"; smallest effect you could see ≈ {row.smallest_effect * 100:.0f} pp" if row.smallest_effect else ""
    )
    p = f", p={row.p:.3f}" if row.decidable else ", not decidable: fewer than 6 tenants"
    p = f", grey ({row.grey})" if row.grey else p
    return f"{row.name}: {row.pairs.difference * 100:+.1f} pp{interval}{p}, {row.pairs.count} cases/{row.tenants} tenants{seen}"


def changes_text(comparison: Comparison) -> str:
    """What is newly broken, fixed and unstable."""
    lines = []
    for title, changes in (
        ("Newly broken", comparison.broken),
        ("Fixed", comparison.fixed),
        ("Unstable within one run", comparison.unstable),
    ):
        if changes:
            lines.append(f"**{title}** ({len(changes)})")
            lines += [f"- {each.case} `{each.scorer}` {each.reason}".rstrip() for each in changes[:LISTED]]
            lines += [f"- and {len(changes) - LISTED} more"] if len(changes) > LISTED else []
            lines.append("")
    return "\n".join(lines)


def junit(decision: Decision) -> str:
    """The checks as a JUnit file: a failure for each that failed, a skipped test for each that can't be told."""
    cases = "".join(_testcase(check, decision.profile) for check in decision.checks)
    failures = sum(check.outcome == Outcome.FAIL for check in decision.checks)
    skipped = sum(check.outcome == Outcome.INCONCLUSIVE for check in decision.checks)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name="evals gate {decision.profile}" tests="{len(decision.checks)}" failures="{failures}" skipped="{skipped}">\n'
        f"{cases}</testsuite>\n"
    )


def _testcase(check: Check, profile: str) -> str:
    name = f"<testcase classname={quoteattr('evals.' + profile)} name={quoteattr(check.name)}"
    detail = escape(check.detail, {'"': "&quot;"})
    if check.outcome == Outcome.FAIL:
        return f'  {name}><failure message="{detail}"/></testcase>\n'
    if check.outcome == Outcome.INCONCLUSIVE:
        return f'  {name}><skipped message="{detail}"/></testcase>\n'
    return f"  {name}/>\n"
