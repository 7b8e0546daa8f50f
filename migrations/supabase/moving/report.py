"""What a run brought, set aside, changed on the way and found gone: for people and for programs."""

from collections.abc import Mapping as Pairs
from dataclasses import asdict, dataclass, field
from typing import Any

from migrations.supabase.mappings.mapping import Mapping
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, Run, accepted

EXAMPLES = 5


@dataclass(frozen=True)
class Line:
    """One table of ours: `rows` at the source, of which so many come; `new` and `changed` in this run."""

    entity: str
    table: str
    rows: int
    accepted: int
    new: int
    changed: int
    set_aside: int


@dataclass(frozen=True)
class Finding:
    """So many remarks of one kind and reason, with examples."""

    kind: str
    entity: str
    column: str | None
    reason: str
    count: int
    suggestion: str | None
    examples: list[str]


@dataclass(frozen=True)
class Report:
    """One run or plan."""

    run_id: int
    source: str
    snapshot_at: str
    lines: list[Line]
    findings: list[Finding]
    absent: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)
    unaccounted: dict[str, int] = field(default_factory=dict)
    """Rows of the source of which nothing is known: always empty, else there is a fault here."""

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


def report_of(target: Target, run: Run, mappings: Pairs[str, Mapping]) -> Report:
    """The report of a run whose rows are accepted."""
    tables = run.shape
    return Report(
        run_id=run.id,
        source=run.source,
        snapshot_at=run.snapshot_at,
        lines=[_line(target, run, mapping) for mapping in mappings.values()],
        findings=_findings(target, run),
        absent={
            name: table["absent"] for name, table in tables.items() if table["present"] and table["absent"]
        }
        | {name: ["the whole table"] for name, table in tables.items() if not table["present"]},
        extra={
            name: table["extra"]
            for name, table in tables.items()
            if table["extra"] and name != "onboarding_data"
        },
        unaccounted=unaccounted(target, run, mappings),
    )


def _line(target: Target, run: Run, mapping: Mapping) -> Line:
    total, new, changed = target.row(
        f"SELECT count(*), count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE changed AND NOT fresh)"
        f" FROM {accepted(mapping.entity)}"
    )
    aside = target.value(
        f"SELECT count(*) FROM {SCHEMA}.remarks WHERE run_id = %s AND entity = %s AND kind = 'set_aside'",
        [run.id, mapping.entity],
    )
    rows = run.shape[mapping.count_of]["rows"] if mapping.count_of else total
    return Line(mapping.entity, mapping.table, int(rows), int(total), int(new), int(changed), int(aside))


def _findings(target: Target, run: Run) -> list[Finding]:
    rows = target.rows(
        f'SELECT kind, entity, "column", reason, count(*), min(suggestion), (array_agg(coalesce(source_id, row_number::text)'
        f" ORDER BY row_number))[1:{EXAMPLES}] FROM {SCHEMA}.remarks WHERE run_id = %s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 5 DESC",
        [run.id],
    )
    return [
        Finding(kind, entity, column, reason, count, suggestion, [str(example) for example in examples])
        for kind, entity, column, reason, count, suggestion, examples in rows
    ]


def unaccounted(target: Target, run: Run, mappings: Pairs[str, Mapping]) -> dict[str, int]:
    """Rows that neither come nor are set aside: there must be none."""
    missing: dict[str, int] = {}
    for mapping in mappings.values():
        if mapping.count_of is not None:
            count = target.value(
                f"SELECT count(*) FROM {mapping.staged} s WHERE NOT EXISTS (SELECT FROM {accepted(mapping.entity)} a"
                f" WHERE a.rowno = s.rowno) AND NOT EXISTS (SELECT FROM {SCHEMA}.remarks r WHERE r.run_id = %s"
                f" AND r.entity = '{mapping.entity}' AND r.kind = 'set_aside' AND r.row_number = s.rowno)",
                [run.id],
            )
            missing |= {mapping.entity: int(count)} if count else {}
    return missing
