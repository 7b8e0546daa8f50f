"""The rows themselves: new ones are inserted, changed ones updated where nobody changed them here meanwhile.

Each piece is one transaction together with its lines of the map and the note of how far it has come, so that a process
that dies leaves no row without its line.
"""

from collections.abc import Iterator

from migrations.supabase.mappings.mapping import Mapping
from migrations.supabase.progress import Progression
from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import (
    SCHEMA,
    Run,
    accepted,
    id_map,
    is_done,
    note_done,
    note_upto,
    upto,
)

PIECE = 50_000
"""Rows a transaction: a killed run repeats at most so many."""


def bring(target: Target, run: Run, mapping: Mapping, progress: Progression) -> None:
    """Bring one entity, from where an earlier attempt of this run stopped."""
    step = f"bring {mapping.entity}"
    if is_done(target, run, f"{step}: all"):
        return
    last = int(target.value(f"SELECT coalesce(max(rowno), 0) FROM {accepted(mapping.entity)}"))
    at = upto(target, run, step)
    progress.begin(f"bringing {mapping.table}", last - at)
    for low, high in _pieces(at, last):
        with target.transaction():
            insert_piece(target, run, mapping, low, high)
            note_upto(target, run, step, high)
        progress.told(high - low)
    with target.transaction():
        if not run.first:
            _update(target, run, mapping)
        if mapping.keeps_extras:
            _keep_extras(target, mapping)
        note_done(target, run, f"{step}: all")


def _pieces(low: int, last: int) -> Iterator[tuple[int, int]]:
    while low < last:
        high = min(low + PIECE, last)
        yield low, high
        low = high


def insert_piece(target: Target, run: Run, mapping: Mapping, low: int, high: int) -> None:
    """Insert the new rows of one piece, and their lines of the map."""
    names = ", ".join([quoted(mapping.key), *(quoted(name) for name in mapping.columns)])
    values = ", ".join(["a.target_id", *mapping.columns.values()])
    between = f"a.rowno > {low} AND a.rowno <= {high}"
    target.run(
        f"INSERT INTO {quoted(mapping.table)} ({names}) SELECT {values} FROM {mapping.staged} s"
        f" JOIN {accepted(mapping.entity)} a ON a.rowno = s.rowno{mapping.scan_joins}"
        f" WHERE {between} AND s.rowno > {low} AND s.rowno <= {high} AND a.fresh AND a.made"
    )
    mark = mapping.first_mark or mapping.mark
    joined = (
        ""
        if mapping.first_mark
        else f" LEFT JOIN {quoted(mapping.table)} t ON t.{quoted(mapping.key)} = a.target_id"
    )
    target.run(
        f"INSERT INTO {id_map(mapping.entity)} (source_id, target_id, source_hash, mark, made, run_id)"
        f" SELECT a.source_id, a.target_id, a.source_hash, {mark}, a.made, {run.id}"
        f" FROM {accepted(mapping.entity)} a{joined} WHERE {between} AND a.fresh"
    )


def _update(target: Target, run: Run, mapping: Mapping) -> None:
    """Bring what changed at the source; what changed here as well is left as it is, and said."""
    table, key, rows = quoted(mapping.table), quoted(mapping.key), accepted(mapping.entity)
    target.run(
        f"INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, reason, suggestion, value)"
        f" SELECT {run.id}, '{mapping.entity}', a.rowno, a.source_id::text, 'conflict',"
        " CASE WHEN t IS NULL THEN 'changed at the source, deleted here' ELSE 'changed at the source and here' END,"
        " 'What is here was kept.', to_jsonb(s)"
        f" FROM {rows} a JOIN {mapping.staged} s ON s.rowno = a.rowno JOIN {id_map(mapping.entity)} m ON m.source_id = a.source_id"
        f" LEFT JOIN {table} t ON t.{key} = a.target_id"
        f" WHERE a.changed AND NOT a.fresh AND a.made AND (t.{key} IS NULL OR ({mapping.mark}) IS DISTINCT FROM m.mark)"
    )
    if mapping.entity == "leads":
        _let_keys_go(target, mapping)
    settings = [
        f"{quoted(name)} = {sql}" for name, sql in mapping.columns.items() if name not in mapping.fixed
    ]
    if mapping.unchanged_version:
        settings.append('"Version" = t."Version" + 1')
    target.run(
        f"WITH done AS (UPDATE {table} t SET {', '.join(settings)} FROM {mapping.staged} s"
        f" JOIN {rows} a ON a.rowno = s.rowno JOIN {id_map(mapping.entity)} m ON m.source_id = a.source_id{mapping.scan_joins}"
        f" WHERE t.{key} = a.target_id AND a.changed AND NOT a.fresh AND a.made AND ({mapping.mark}) IS NOT DISTINCT FROM m.mark"
        f" RETURNING a.source_id, a.source_hash, ({mapping.mark}) AS mark)"
        f" UPDATE {id_map(mapping.entity)} m SET source_hash = done.source_hash, mark = done.mark, changed_in = {run.id}"
        " FROM done WHERE done.source_id = m.source_id"
    )


def _let_keys_go(target: Target, mapping: Mapping) -> None:
    """Two leads may have exchanged a key: both let go of it before either takes the other's."""
    target.run(
        f'UPDATE "Leads" t SET "LinkedinKey" = NULL, "EmailKey" = NULL FROM {accepted(mapping.entity)} a'
        f' JOIN {id_map(mapping.entity)} m ON m.source_id = a.source_id WHERE t."LeadID" = a.target_id AND a.changed'
        f" AND NOT a.fresh AND a.made AND ({mapping.mark}) IS NOT DISTINCT FROM m.mark"
    )


def _keep_extras(target: Target, mapping: Mapping) -> None:
    """Columns that have no place here, of each row that came."""
    target.run(
        f"INSERT INTO {SCHEMA}.extras (entity, source_id, data) SELECT '{mapping.entity}', a.source_id, s.extra::jsonb"
        f" FROM {mapping.staged} s JOIN {accepted(mapping.entity)} a ON a.rowno = s.rowno WHERE s.extra IS NOT NULL"
        " ON CONFLICT (entity, source_id) DO UPDATE SET data = EXCLUDED.data"
    )
