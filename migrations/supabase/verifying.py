"""Whether what came is what was there: counts, relations, and every column of every row after mapping.

The staged snapshot is mapped once more and laid beside our tables, by id. A row that differs is named with its columns.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from migrations.supabase.mappings.catalog import TABLES
from migrations.supabase.mappings.leads import HAS_KEY
from migrations.supabase.mappings.mapping import Mapping
from migrations.supabase.moving.bringing import PIECE
from migrations.supabase.moving.counting import OF_EXPERIMENTS, OURS, counted
from migrations.supabase.moving.report import unaccounted
from migrations.supabase.moving.running import declared
from migrations.supabase.problems import TargetProblem
from migrations.supabase.progress import Progression
from migrations.supabase.sources.quoting import name as quoted
from migrations.supabase.staging.copying import is_staged
from migrations.supabase.target import ledger
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, Run, accepted, id_map, staged

SHOWN = 1_000
"""So many differences of one table are named; all are counted."""


@dataclass(frozen=True)
class Difference:
    """One row that isn't as it should be. `changed_here`: the product changed it since, which its version tells."""

    table: str
    id: int
    source_id: str
    columns: list[str]
    what: str
    changed_here: bool = False


@dataclass
class Verdict:
    """What was found. `rows` are those that were brought and compared, by table."""

    run_id: int
    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unaccounted: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    """Rows that were not brought: here before the move, or written since. No difference."""

    @property
    def well(self) -> bool:
        """Whether everything is as it should be."""
        return not self.counts and not self.unaccounted

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self) | {"well": self.well}


def verify(target: Target, progress: Progression) -> Verdict:
    """Compare everything of the newest run. Raises TargetProblem when there is nothing to compare with."""
    run = _finished_run(target)
    table = declared(target, run)
    verdict = Verdict(run.id, unaccounted=unaccounted(target, run, table))
    with target.transaction():
        target.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for mapping in table.values():
            _compare(target, mapping, verdict, progress)
        for found in _relations(target):
            _add(verdict, found)
        verdict.others = _others(target)
    return verdict


def _finished_run(target: Target) -> Run:
    run = ledger.latest(target) if ledger.exists(target) else None
    if run is None or not run.finished:
        raise TargetProblem("Nothing was moved to its end yet.", "Run `./quiver migrate run` first.")
    if not is_staged(target, run):
        raise TargetProblem(
            "The staged copy of the source is gone (the database server went down since).",
            "Run `./quiver migrate run` once more: it reads the source anew.",
        )
    return run


def _compare(target: Target, mapping: Mapping, verdict: Verdict, progress: Progression) -> None:
    """Every row of one table, piece by piece."""
    last = int(target.value(f"SELECT coalesce(max(rowno), 0) FROM {accepted(mapping.entity)}"))
    progress.begin(f"comparing {mapping.table}", last)
    statement = _comparison(target, mapping)
    rows = 0
    for low in range(0, last, PIECE):
        high = min(low + PIECE, last)
        found = target.rows(
            f"{statement} AND a.rowno > {low} AND a.rowno <= {high} AND s.rowno > {low} AND s.rowno <= {high}"
        )
        for id_, source_id, columns, missing, changed in found:
            what = "missing here" if missing else "differs"
            _add(verdict, Difference(mapping.table, id_, source_id, list(columns), what, bool(changed)))
        progress.told(high - low)
    rows = int(target.value(f"SELECT count(*) FROM {accepted(mapping.entity)} WHERE made"))
    verdict.rows[mapping.table] = rows


def _comparison(target: Target, mapping: Mapping) -> str:
    """SQL of the rows that differ: our id, the source's, the columns, whether it is missing, whether it was changed here."""
    different = dict(_columns(target, mapping))
    # A line of the map that names another row would lead the next run, and a rollback, to the wrong one.
    different["the id map"] = "m.target_id IS DISTINCT FROM a.target_id"
    names = ", ".join(f"CASE WHEN {sql} THEN '{column}' END" for column, sql in different.items())
    key = f"t.{quoted(mapping.key)}"
    return (
        f"SELECT a.target_id, a.source_id::text, array_remove(ARRAY[{names}]::text[], NULL), {key} IS NULL,"
        f" ({mapping.mark}) IS DISTINCT FROM m.mark"
        f" FROM {mapping.staged} s JOIN {accepted(mapping.entity)} a ON a.rowno = s.rowno{mapping.scan_joins}"
        f" LEFT JOIN {id_map(mapping.entity)} m ON m.source_id = a.source_id"
        f" LEFT JOIN {quoted(mapping.table)} t ON {key} = a.target_id"
        f" WHERE a.made AND ({key} IS NULL OR {' OR '.join(different.values())})"
    )


def _columns(target: Target, mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Each column of our table with SQL that says whether it differs. Columns that nothing is mapped to hold their default."""
    defaults = target.rows(
        "SELECT a.attname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d"
        " ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = %s::regclass AND a.attnum > 0"
        " AND NOT a.attisdropped ORDER BY a.attnum",
        [f'public."{mapping.table}"'],
    )
    for column, default in defaults:
        mine = f"t.{quoted(column)}"
        if column == mapping.key or column in mapping.uncompared:
            continue
        if column == "Version":
            # The map holds what it was when we wrote the row last.
            yield column, f"{mine} IS DISTINCT FROM m.mark"
        elif column in mapping.columns:
            yield column, _differs(mapping, column, mine)
        elif default is None or "(" not in default:
            yield column, f"{mine} IS DISTINCT FROM {default or 'NULL'}"


def _differs(mapping: Mapping, column: str, mine: str) -> str:
    expected = mapping.columns[column]
    differs = f"({expected}) IS DISTINCT FROM {mine}"
    if column in mapping.fixed:
        # Who a person is was said when they came first; a later change at the source doesn't touch it.
        return f"(m.changed_in IS NULL AND {differs})"
    if column in mapping.raw_json:
        return f"CASE WHEN {mapping.raw_json[column]} = {mine}::text THEN false ELSE {differs} END"
    return differs


def _relations(target: Target) -> Iterator[Difference]:
    """What isn't a column of one row: persons behind leads, companies' experiments, counters, extras, the maps."""
    for table, id_, source_id, columns, what in target.rows(
        " UNION ALL ".join(f"({sql})" for sql in _checks())
    ):
        yield Difference(table, id_ or 0, str(source_id), list(columns), what)


def _checks() -> Iterator[str]:
    leads = accepted("leads")
    yield (
        "SELECT 'Leads', a.target_id, a.source_id::text, ARRAY['PersonID'], 'not the person of its keys'"
        f' FROM {leads} a JOIN "Leads" t ON t."LeadID" = a.target_id LEFT JOIN "Persons" p ON p."PersonID" = t."PersonID"'
        f' AND p."ClientID" = a.client_id AND (p."LinkedinKey" = a.linkedin_key OR p."EmailKey" = a.email_key)'
        f' WHERE a.made AND ({HAS_KEY} AND p."PersonID" IS NULL OR NOT {HAS_KEY} AND t."PersonID" IS NOT NULL)'
    )
    yield (
        "SELECT 'CompanyAssignments', m.target_id, m.source_id::text, ARRAY['ExperimentID'], CASE WHEN t.\"CompanyKey\" IS NULL"
        " THEN 'missing here' ELSE 'not as it was made' END"
        f' FROM {id_map("company_assignments")} m LEFT JOIN "CompanyAssignments" t ON t."CompanyAssignmentID" = m.target_id'
        f' LEFT JOIN {leads} a ON a.source_id = m.source_id WHERE t."CompanyKey" IS NULL OR t."ExperimentID" IS DISTINCT FROM m.mark'
        ' OR t."Origin"::text <> \'migration\' OR (a.source_id IS NOT NULL AND (t."CompanyKey" IS DISTINCT FROM a.company_key'
        ' OR t."ProjectID" IS DISTINCT FROM a.workspace_id))'
    )
    yield (
        "SELECT 'Campaigns', n.id, '', ARRAY['counters'], 'not what its leads say' FROM"
        f' ({counted(OURS)}) n JOIN "Campaigns" t ON t."CampaignID" = n.id WHERE (t."TotalLeads", t."ContactedCount",'
        ' t."RepliedCount", t."MeetingsBooked") IS DISTINCT FROM (n.total::int, n.contacted::int, n.replied::int, n.met::int)'
    )
    yield (
        f"SELECT 'Experiments', n.id, '', ARRAY['counters'], 'not what its leads say' FROM ({OF_EXPERIMENTS}) n"
        ' JOIN "Experiments" t ON t."ExperimentID" = n.id WHERE (t."LeadsFound", t."LeadsWarming", t."MeetingsBooked")'
        " IS DISTINCT FROM (n.total::int, n.contacted::int, n.met::int)"
    )
    for entity in ("workspaces", "experiments", "campaigns", "leads", "messages", "feedback"):
        source = staged(
            {"messages": "generated_messages", "feedback": "discovery_feedback"}.get(entity, entity)
        )
        yield (
            f"SELECT 'extras', a.target_id, a.source_id::text, ARRAY['data'], 'further columns of {entity} are not kept'"
            f" FROM {source} s JOIN {accepted(entity)} a ON a.rowno = s.rowno LEFT JOIN {SCHEMA}.extras x"
            f" ON x.entity = '{entity}' AND x.source_id = a.source_id"
            " WHERE s.extra IS NOT NULL AND x.data IS DISTINCT FROM s.extra::jsonb"
        )


def _others(target: Target) -> dict[str, int]:
    """Rows of our tables that the map doesn't know."""
    counts = {
        table: target.value(
            f"SELECT count(*) FROM {quoted(table)} t WHERE NOT EXISTS"
            f" (SELECT FROM {id_map(entity)} m WHERE m.target_id = t.{quoted(key)})"
        )
        for entity, (table, key) in TABLES.items()
    }
    return {table: int(count) for table, count in counts.items() if count}


def _add(verdict: Verdict, found: Difference) -> None:
    verdict.counts[found.table] = verdict.counts.get(found.table, 0) + 1
    if verdict.counts[found.table] <= SHOWN:
        verdict.differences.append(found)
