"""A run from beginning to end, or from where one that was cut off stopped; and a plan, which leaves nothing behind."""

from dataclasses import replace
from typing import Any

from psycopg.types.json import Jsonb

from migrations.supabase.mappings.catalog import ENTITIES, SOURCES, mappings
from migrations.supabase.mappings.mapping import Mapping, Shape
from migrations.supabase.moving.accepting import accept_all, reserve
from migrations.supabase.moving.bringing import PIECE, bring, insert_piece
from migrations.supabase.moving.counting import assign_companies, count_anew
from migrations.supabase.moving.report import Report, report_of
from migrations.supabase.problems import TargetProblem
from migrations.supabase.progress import Progression
from migrations.supabase.sources.source import Source
from migrations.supabase.staging.copying import is_staged, stage
from migrations.supabase.staging.derived import derive
from migrations.supabase.staging.tidying import tidy
from migrations.supabase.target import ledger
from migrations.supabase.target.connection import Target
from migrations.supabase.target.indexes import are_empty, drop_indexes
from migrations.supabase.target.ledger import SCHEMA, Run

LARGE = ("persons", "leads", "messages")
LARGE_TABLES = ("Persons", "Leads", "OutreachMessages")


def plan(source: Source, target: Target, progress: Progression) -> Report:
    """What a run would bring and set aside. Nothing of it stays. Raises SourceProblem, TargetProblem."""
    with target.undone():
        ledger.prepare(target, ENTITIES)
        run = ledger.begin(target, source.name, {"plan": True})
        shape = _stage(source, target, run, progress)
        table = mappings(Shape(shape, run.dated_at), persons_base=0, first=run.first)
        accept_all(target, run, table, dict.fromkeys(ENTITIES, 0), progress)
        return report_of(target, _with_shape(run, shape), table)


def move(source: Source, target: Target, progress: Progression, *, live: bool = False) -> Report:
    """Bring everything that is new or changed. Run again after a cut it goes on with the same snapshot.

    `live`: the database is in use: what else it holds is no obstacle, and its indexes stay. Raises SourceProblem,
    TargetProblem.
    """
    if ledger.exists(target):
        ledger.prepare(target, ENTITIES)  # an older version of ours may have made it
    run = _resumed(target, source) or _begun(source, target, progress, live=live)
    if not ledger.is_done(target, run, "accepted"):
        _accept(target, run, progress)
    table = declared(target, run)
    for entity in ENTITIES:
        if entity == LARGE[0] and not live and are_empty(target, LARGE_TABLES):
            _fill(target, run, table, progress)
        if entity == "company_assignments":
            _once(target, run, "assign", assign_companies)
        else:
            bring(target, run, table[entity], progress)
    _once(target, run, "member extras", _keep_member_extras)
    _once(target, run, "count", count_anew)
    _once(target, run, "gone", _note_gone)
    return _finish(target, run, table)


def declared(target: Target, run: Run) -> dict[str, Mapping]:
    """The mappings as this run uses them."""
    bases = ledger.fact(target, run, "accepted") or {}
    shape = Shape(run.shape, run.dated_at)
    return dict(mappings(shape, persons_base=bases.get("persons", 0), first=run.first))


def _resumed(target: Target, source: Source) -> Run | None:
    """The run that was cut off, if its snapshot is still there and it is of this source."""
    run = _latest(target)
    if run is None or run.finished or run.source != source.name or not is_staged(target, run):
        return None
    return run


def _latest(target: Target) -> Run | None:
    return ledger.latest(target) if ledger.exists(target) else None


def _begun(source: Source, target: Target, progress: Progression, *, live: bool) -> Run:
    """A new run with its snapshot, in a schema of its own: all of it is there, or nothing."""
    before = _latest(target)
    if before is None and not live and not are_empty(target, ("Projects", "Leads", "Persons", "Clients")):
        raise TargetProblem(
            "Our database isn't empty.",
            "Move into an empty one, or say `--live` to add to what is there: nothing of that is changed.",
        )
    with target.transaction():
        ledger.prepare(target, ENTITIES)
        run = ledger.begin(target, source.name, {"live": live})
        shape = _stage(source, target, run, progress)
        _require_same(target, run)
    return _with_shape(run, shape)


def _require_same(target: Target, run: Run) -> None:
    """Raise TargetProblem when nothing that was brought before is in this source: it is another one."""
    known = ledger.id_map("workspaces")
    if target.value(f"SELECT EXISTS (SELECT FROM {known})") and not target.value(
        f"SELECT EXISTS (SELECT FROM {known} m JOIN {ledger.staged('workspaces')} s"
        f" ON {SCHEMA}.try_uuid(s.id) = m.source_id)"
    ):
        raise TargetProblem(
            f"Of what was moved into this database nothing is in {run.source}.",
            "Go on with the source that was moved, or roll it back first.",
        )


def _stage(source: Source, target: Target, run: Run, progress: Progression) -> dict[str, Any]:
    shape = stage(source, target, run, progress)
    tidy(target, shape)
    derive(target, run, shape)
    target.run(f"UPDATE {SCHEMA}.runs SET shape = %s WHERE run_id = %s", [Jsonb(shape), run.id])
    return shape


def _with_shape(run: Run, shape: dict[str, Any]) -> Run:
    return replace(run, shape=shape)


def _accept(target: Target, run: Run, progress: Progression) -> None:
    with target.transaction():
        sizes = {
            entity: int(target.value(f"SELECT coalesce(max(rowno), 0) FROM {ledger.staged(name)}"))
            for entity, name in SOURCES.items()
        }
        bases = reserve(target, sizes)
        table = mappings(Shape(run.shape, run.dated_at), persons_base=bases["persons"], first=run.first)
        accept_all(target, run, table, bases, progress)
        ledger.note_done(target, run, "accepted", bases)


def _fill(target: Target, run: Run, table: dict[str, Mapping], progress: Progression) -> None:
    """Fill the large tables while they are empty: one transaction, without their indexes, which are made at its end."""
    with target.transaction():
        statements = drop_indexes(target, LARGE_TABLES)
        for entity in LARGE:
            mapping = table[entity]
            last = int(target.value(f"SELECT coalesce(max(rowno), 0) FROM {ledger.accepted(entity)}"))
            progress.begin(f"bringing {mapping.table}", last)
            for low in range(0, last, PIECE):
                insert_piece(target, run, mapping, low, min(low + PIECE, last))
                progress.told(min(PIECE, last - low))
            ledger.note_upto(target, run, f"bring {entity}", last)
        progress.begin("making indexes", len(statements))
        for _, statement in statements:
            target.run(statement)
            progress.told(1)
    for name in LARGE_TABLES:
        target.run(f'ANALYZE "{name}"')


def _once(target: Target, run: Run, step: str, work: Any) -> None:
    if not ledger.is_done(target, run, step):
        with target.transaction():
            work(target, run)
            ledger.note_done(target, run, step)


def _keep_member_extras(target: Target, _: Run) -> None:
    """Further columns of members, who come by way of a table of owners and members alike."""
    member = (
        f"md5({SCHEMA}.try_uuid(s.workspace_id)::text || ' ' || {SCHEMA}.try_uuid(s.user_id)::text)::uuid"
    )
    target.run(
        f"INSERT INTO {SCHEMA}.extras (entity, source_id, data) SELECT DISTINCT ON (a.source_id) 'members', a.source_id,"
        f" s.extra::jsonb FROM {ledger.staged('workspace_members')} s JOIN {ledger.accepted('members')} a"
        f" ON a.source_id = {member} WHERE s.extra IS NOT NULL ORDER BY a.source_id, s.rowno"
        " ON CONFLICT (entity, source_id) DO UPDATE SET data = EXCLUDED.data"
    )


def _note_gone(target: Target, run: Run) -> None:
    """What was brought before and is not at the source any more: said, and left here."""
    if run.first:
        return
    for entity, mapping in declared(target, run).items():
        if mapping.count_of is None and entity not in {"members", "sessions"}:
            continue
        target.run(
            f"INSERT INTO {SCHEMA}.remarks (run_id, entity, source_id, kind, reason, suggestion, value)"
            f" SELECT {run.id}, '{entity}', m.source_id::text, 'deleted_at_source', 'deleted at the source',"
            f" 'Still here as {mapping.table} ' || m.target_id, to_jsonb(m.target_id) FROM {ledger.id_map(entity)} m"
            f" WHERE m.made AND NOT EXISTS (SELECT FROM {mapping.staged} s WHERE {mapping.source_id} = m.source_id)"
        )


def _finish(target: Target, run: Run, table: dict[str, Mapping]) -> Report:
    report = report_of(target, run, table)
    target.run(
        f"UPDATE {SCHEMA}.runs SET finished_at = coalesce(finished_at, now()), report = %s WHERE run_id = %s",
        [Jsonb(report.as_json()), run.id],
    )
    return report
