"""Which staged rows may come, under which id, and what they refer to: `accepted_<entity>`. All others are set aside.

Nothing is written into our tables here, so `plan` does the same and forgets it.
"""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence

from migrations.supabase.mappings.catalog import TABLES
from migrations.supabase.mappings.leads import HAS_KEY, LINKS
from migrations.supabase.mappings.mapping import Mapping, Note
from migrations.supabase.moving.linking import link
from migrations.supabase.progress import Progression
from migrations.supabase.sources.quoting import literal
from migrations.supabase.staging.copying import KEYS
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, Run, accepted, id_map

Bases = Pairs[str, int]


def accept_all(
    target: Target, run: Run, mappings: Pairs[str, Mapping], bases: Bases, progress: Progression
) -> None:
    """Accept every entity in order. Inside of a transaction."""
    for entity in reversed(list(mappings)):
        target.run(f"DROP TABLE IF EXISTS {accepted(entity)}")
    order = [name for name in mappings if name not in {"persons", "leads"}]
    order[order.index("messages") : order.index("messages")] = ["leads", "persons"]
    progress.begin("looking at every row", len(order))
    for entity in order:
        mapping = mappings[entity]
        if entity == "persons":
            link(target, run, bases["persons"])
            _accept_persons(target, run, mapping, bases["persons"])
        else:
            _accept(target, run, mapping, bases[entity])
        progress.told(1)


def reserve(target: Target, sizes: Pairs[str, int]) -> dict[str, int]:
    """Take as many ids as there may be new rows of each entity: a number to be added to row numbers."""
    bases = {}
    for entity, size in sizes.items():
        table, key = TABLES[entity]
        sequence = target.value("SELECT pg_get_serial_sequence(%s, %s)", [f'public."{table}"', key])
        # Changing a sequence keeps others from drawing numbers until the end of the transaction.
        with target.transaction():
            target.run(f"ALTER SEQUENCE {sequence} NO CYCLE")
            last, called = target.row(f"SELECT last_value, is_called FROM {sequence}")
            bases[entity] = int(last) if called else int(last) - 1
            if size:
                target.run("SELECT setval(%s, %s)", [sequence, bases[entity] + size])
    return bases


def _accept(target: Target, run: Run, mapping: Mapping, base: int) -> None:
    reason = _reason(mapping)
    known = "" if run.first else f" LEFT JOIN {id_map(mapping.entity)} m ON m.source_id = {mapping.source_id}"
    # A name must not be met twice in the joins of a mapping: the map is `m`.
    begun = _as_known(mapping, base) if not run.first else _as_new(mapping, base)
    hashed = row_hash(target, mapping)
    refers = "".join(f", {sql} AS {name}" for name, sql in mapping.refers.items())
    where = f" WHERE ({reason}) IS NULL" if mapping.rules else f" WHERE {mapping.source_id} IS NOT NULL"
    changed = "false" if run.first else f"m.source_hash IS DISTINCT FROM {hashed}"
    target.run(
        f"CREATE UNLOGGED TABLE {accepted(mapping.entity)} AS SELECT s.rowno, {mapping.source_id} AS source_id, {begun},"
        f" {changed} AS changed, {hashed} AS source_hash{refers} FROM {mapping.staged} s{mapping.joins}{known}{where}"
    )
    if mapping.rules:
        _set_aside(target, run, mapping, reason)
    if not mapping.unique:
        _drop_copies(target, run, mapping)
    _index(target, mapping)
    note_changes(target, run, mapping)


def _as_new(mapping: Mapping, base: int) -> str:
    """Id, freshness and whether it is ours to make, when nothing was brought before."""
    if mapping.adopts.startswith("NULL"):
        return f"{base} + s.rowno AS target_id, true AS fresh, true AS made"
    return f"coalesce({mapping.adopts}, {base} + s.rowno) AS target_id, true AS fresh, {mapping.adopts} IS NULL AS made"


def _as_known(mapping: Mapping, base: int) -> str:
    """The same after an earlier run, whose map is `m`."""
    return (
        f"coalesce(m.target_id, {mapping.adopts}, {base} + s.rowno) AS target_id, m.source_id IS NULL AS fresh,"
        f" coalesce(m.made, {mapping.adopts} IS NULL) AS made"
    )


def row_hash(target: Target, mapping: Mapping) -> str:
    """64 bits over everything that the source says of a row, each column's hash the seed of the next."""
    found = target.rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attnum",
        [mapping.staged],
    )
    names = [row[0] for row in found if row[0] not in {"rowno", "keyed", *KEYS}]
    hashed = "0::bigint"
    for value in (*(f's."{name}"::text' for name in names), *mapping.hashed):
        hashed = f"hashtextextended(coalesce({value}, '\x01'), {hashed})"
    return hashed


def _reason(mapping: Mapping) -> str:
    cases = "".join(f" WHEN {rule.when} THEN {number}" for number, rule in enumerate(mapping.rules))
    return f"CASE{cases} END" if cases else "NULL"


def _set_aside(target: Target, run: Run, mapping: Mapping, reason: str) -> None:
    """Keep every row that may not come, whole, with the first rule that it breaks."""
    columns = _by_rule(mapping, [literal(rule.column) for rule in mapping.rules])
    reasons = _by_rule(mapping, [literal(rule.reason) for rule in mapping.rules])
    advice = _by_rule(mapping, [rule.suggestion for rule in mapping.rules])
    target.run(
        f'INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, "column", reason, suggestion, value)'
        f" SELECT {run.id}, '{mapping.entity}', s.rowno, to_jsonb(s) ->> 'id', 'set_aside', {columns}, {reasons}, {advice},"
        f" to_jsonb(s) - '{{rowno,keyed}}'::text[] FROM {mapping.staged} s{mapping.joins} WHERE ({reason}) IS NOT NULL"
    )


def _by_rule(mapping: Mapping, values: Sequence[str]) -> str:
    pairs = zip(mapping.rules, values, strict=True)
    return f"CASE{''.join(f' WHEN {rule.when} THEN {value}' for rule, value in pairs)} END"


def _drop_copies(target: Target, run: Run, mapping: Mapping) -> None:
    """Of rows with one id only the first may come."""
    table = accepted(mapping.entity)
    target.run(
        f"WITH twice AS (SELECT source_id, min(rowno) AS kept FROM {table} GROUP BY 1 HAVING count(*) > 1), dropped AS ("
        f"DELETE FROM {table} a USING twice WHERE a.source_id = twice.source_id AND a.rowno <> twice.kept RETURNING a.rowno)"
        f" INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, reason, suggestion, value)"
        f" SELECT {run.id}, '{mapping.entity}', s.rowno, ({mapping.source_id})::text, 'set_aside', 'duplicate id',"
        " 'Another row with this id came before it.', to_jsonb(s)"
        f" FROM dropped JOIN {mapping.staged} s ON s.rowno = dropped.rowno"
    )


def _accept_persons(target: Target, run: Run, mapping: Mapping, base: int) -> None:
    """One person for each lead that stands for itself or for others of its key."""
    if run.first:
        known, begun = "", f"{base} + a.rowno AS target_id, true AS fresh, false AS changed"
    else:
        known = f" LEFT JOIN {id_map('persons')} m ON m.source_id = a.source_id"
        begun = (
            f"coalesce(m.target_id, {base} + a.rowno) AS target_id, m.source_id IS NULL AS fresh,"
            " m.source_id IS NOT NULL AND m.source_hash IS DISTINCT FROM a.source_hash AS changed"
        )
    target.run(
        f"CREATE UNLOGGED TABLE {accepted('persons')} AS SELECT a.rowno, a.source_id, {begun}, true AS made, a.source_hash,"
        f" a.client_id, a.linkedin_key, a.email_key FROM {accepted('leads')} a LEFT JOIN {LINKS} k ON k.rowno = a.rowno{known}"
        f" WHERE {HAS_KEY} AND (k.rowno IS NULL OR k.stands)"
    )
    _index(target, mapping)


def _index(target: Target, mapping: Mapping) -> None:
    table = accepted(mapping.entity)
    if mapping.large:
        target.run(f"CREATE INDEX ON {table} USING brin (rowno) WITH (pages_per_range = 16)")
    else:
        target.run(f"CREATE INDEX ON {table} (source_id)")
    target.run(f"ANALYZE {table} (rowno, source_id)")


def note_changes(target: Target, run: Run, mapping: Mapping) -> None:
    """Keep every value that comes otherwise than it was."""
    if not mapping.notes:
        return
    target.run(
        f'INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, "column", reason, value)'
        f" SELECT {run.id}, '{mapping.entity}', s.rowno, a.source_id::text, 'changed', n.\"column\", n.reason,"
        f' to_jsonb(s) -> n."column" FROM {mapping.staged} s JOIN {accepted(mapping.entity)} a ON a.rowno = s.rowno,'
        f' LATERAL (VALUES {", ".join(_note(note) for note in mapping.notes)}) AS n(holds, "column", reason)'
        f" WHERE n.holds AND ({' OR '.join(f'({note.when})' for note in mapping.notes)})"
    )


def _note(note: Note) -> str:
    return f"({note.when}, {literal(note.column)}, {literal(note.reason)})"
