"""Taking back exactly what was brought, and nothing that came after it without saying so.

What points at rows that go would go with them. So before anything is deleted the foreign keys of the database itself are
followed, to name every row that was written after the move; such rows, and brought ones that were changed here, make a
rollback refuse unless it is told to, and are exported first.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from migrations.supabase.mappings.catalog import ENTITIES, TABLES
from migrations.supabase.mappings.mapping import Mapping
from migrations.supabase.moving.running import declared
from migrations.supabase.problems import Refused, TargetProblem
from migrations.supabase.progress import Progression
from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.target import ledger
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, id_map

THREADS = ("checkpoint_writes", "checkpoint_blobs", "checkpoints")
CASCADES = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, string_agg(
    format('child.%I = parent.%I', ca.attname, pa.attname), ' AND ')
FROM pg_constraint c JOIN LATERAL unnest(c.conkey, c.confkey) AS k(child, parent) ON true
JOIN pg_attribute ca ON ca.attrelid = c.conrelid AND ca.attnum = k.child
JOIN pg_attribute pa ON pa.attrelid = c.confrelid AND pa.attnum = k.parent
WHERE c.contype = 'f' AND c.confdeltype = 'c' AND c.connamespace = 'public'::regnamespace GROUP BY c.oid, 1, 2
"""


@dataclass
class Undoing:
    """What a rollback takes back: rows brought, of these changed here since, and rows written after, by table."""

    brought: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    exported_to: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


def roll_back(target: Target, progress: Progression, *, discard: bool, folder: Path | None) -> Undoing:
    """Take everything back that was brought, in one transaction.

    Rows that were changed or written here since are exported to `folder`; they go only with `discard`. Raises Refused,
    TargetProblem.
    """
    run = ledger.latest(target) if ledger.exists(target) else None
    if run is None:
        raise TargetProblem("Nothing was moved into this database.", "")
    with target.transaction():
        target.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        mappings = declared(target, run)
        undoing = _examined(target, mappings, progress)
        if folder is not None and (undoing.changed or undoing.written):
            _export(target, folder)
            undoing.exported_to = str(folder)
        if (undoing.changed or undoing.written) and not discard:
            raise Refused(
                _refusal(undoing),
                "Say `--discard-changes` to lose them; `--export FOLDER` writes them down first.",
            )
        _delete(target, progress)
    return undoing


def _examined(target: Target, mappings: dict[str, Mapping], progress: Progression) -> Undoing:
    """Find all rows that would go: `going(relation, place, kind)`, by their physical place within this transaction."""
    target.run("CREATE TEMP TABLE going (relation text, place tid, kind text) ON COMMIT DROP")
    progress.begin("looking at what was brought", len(ENTITIES))
    undoing = Undoing()
    for entity in ENTITIES:
        table, key = TABLES[entity]
        mark = mappings[entity].mark if entity in mappings else 't."ExperimentID"'
        target.run(
            f"INSERT INTO going SELECT '{quoted(table)}', t.ctid,"
            f" CASE WHEN ({mark}) IS DISTINCT FROM m.mark THEN 'changed' ELSE 'brought' END"
            f" FROM {id_map(entity)} m JOIN {quoted(table)} t ON t.{quoted(key)} = m.target_id WHERE m.made"
        )
        progress.told(1)
    target.run("CREATE INDEX ON going (relation, place)")
    target.run("ANALYZE going")
    _follow(target)
    for relation, kind, count in target.rows(
        "SELECT relation, kind, count(*) FROM going GROUP BY 1, 2 ORDER BY 1"
    ):
        getattr(undoing, str(kind))[relation.strip('"')] = int(count)
    return undoing


def _follow(target: Target) -> None:
    """Add what the database would delete along, until nothing is added any more."""
    cascades = target.rows(CASCADES)
    fresh = True
    while fresh:
        fresh = False
        for child, parent, matches in cascades:
            # Rows that came with the move are there already; what hangs on them as well was written after it.
            added = target.run(
                f"INSERT INTO going SELECT '{child}', child.ctid, 'written' FROM {child} child JOIN {parent} parent ON {matches}"
                f" JOIN going g ON g.relation = '{parent}' AND g.place = parent.ctid"
                f" WHERE NOT EXISTS (SELECT FROM going known WHERE known.relation = '{child}' AND known.place = child.ctid)"
                " GROUP BY child.ctid"
            )
            fresh = fresh or added > 0


def _export(target: Target, folder: Path) -> None:
    """One file of JSON lines a table, with all that was changed or written here."""
    folder.mkdir(parents=True, exist_ok=True)
    for (relation,) in target.rows("SELECT DISTINCT relation FROM going WHERE kind <> 'brought' ORDER BY 1"):
        rows = target.stream(
            f"SELECT (to_jsonb(t) || jsonb_build_object('_kind', g.kind))::text FROM {relation} t JOIN going g"
            f" ON g.relation = '{relation}' AND g.place = t.ctid WHERE g.kind <> 'brought'"
        )
        table = relation.strip('"')
        with (folder / f"{table}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{row[0]}\n" for row in rows)


def _refusal(undoing: Undoing) -> str:
    lost = [*_listed(undoing.changed, "changed"), *_listed(undoing.written, "written")]
    return f"Since the move people worked here: {', '.join(lost)}."


def _listed(counts: dict[str, int], what: str) -> Iterator[str]:
    for table, count in counts.items():
        yield f"{count:,} of {table} {what}"


def _delete(target: Target, progress: Progression) -> None:
    """Delete what was brought, the last first; the database takes along what hangs on it."""
    threads = (
        'SELECT t."ThreadID"::text FROM "DiscoverySessions" t JOIN going g'
        " ON g.relation = '\"DiscoverySessions\"' AND g.place = t.ctid"
    )
    for table in THREADS:
        target.run(f"DELETE FROM {table} WHERE thread_id IN ({threads})")
    progress.begin("taking back", len(ENTITIES))
    for entity in reversed(ENTITIES):
        table, key = TABLES[entity]
        target.run(
            f"DELETE FROM {quoted(table)} t USING {id_map(entity)} m WHERE t.{quoted(key)} = m.target_id AND m.made"
        )
        target.run(f"DELETE FROM {id_map(entity)}")
        progress.told(1)
    target.run(f"DELETE FROM {SCHEMA}.extras")
    target.run(f"UPDATE {SCHEMA}.runs SET rolled_back_at = now() WHERE rolled_back_at IS NULL")
