"""The schema `supabase_move` in our database: what was brought, what was set aside, and how far a run has come.

`id_map_<entity>`, `runs`, `steps`, `remarks` and `extras` last. What is staged (`source_<table>`, `accepted_<entity>`, …)
is unlogged: it survives our own death, not that of the server, and is then read again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from migrations.supabase.target.connection import Target

SCHEMA = "supabase_move"

LASTING = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.runs (
    run_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text NOT NULL, options jsonb NOT NULL,
    snapshot_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz, rolled_back_at timestamptz,
    first boolean NOT NULL, shape jsonb, report jsonb
);
CREATE TABLE IF NOT EXISTS {SCHEMA}.steps (
    run_id int NOT NULL, step text NOT NULL, done_at timestamptz NOT NULL DEFAULT now(), upto bigint, fact jsonb,
    PRIMARY KEY (run_id, step)
);
CREATE TABLE IF NOT EXISTS {SCHEMA}.remarks (
    run_id int NOT NULL, entity text NOT NULL, row_number bigint, source_id text, kind text NOT NULL, "column" text,
    reason text NOT NULL, suggestion text, value jsonb
);
CREATE INDEX IF NOT EXISTS remarks_of_run ON {SCHEMA}.remarks (run_id, kind, entity);
CREATE TABLE IF NOT EXISTS {SCHEMA}.extras (
    entity text NOT NULL, source_id uuid NOT NULL, data jsonb NOT NULL, PRIMARY KEY (entity, source_id)
);
"""

CASTS = "".join(
    f"""
CREATE OR REPLACE FUNCTION {SCHEMA}.try_{name}(raw text) RETURNS {kind} LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE AS $$
BEGIN RETURN raw::{kind}; EXCEPTION WHEN data_exception OR program_limit_exceeded THEN RETURN NULL; END $$;
"""
    for name, kind in (("uuid", "uuid"), ("json", "jsonb"), ("int", "int"))
)
"""Casts that answer NULL where a value is none of the kind. What catches errors can't run in parallel."""

SHAPES = f"""
CREATE OR REPLACE FUNCTION {SCHEMA}.try_time(raw text) RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
DECLARE found timestamptz;
BEGIN
    found := raw::timestamptz;
    RETURN CASE WHEN found BETWEEN '1000-01-01' AND '3000-01-01' THEN found END;
EXCEPTION WHEN data_exception THEN RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION {SCHEMA}.wrapped(value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'object' THEN value WHEN 'null' THEN NULL
        ELSE jsonb_strip_nulls(nullif(jsonb_build_object('imported', value), '{{"imported": null}}')) END $$;
CREATE OR REPLACE FUNCTION {SCHEMA}.texts(raw text) RETURNS jsonb LANGUAGE sql STABLE PARALLEL UNSAFE AS $$
    SELECT CASE jsonb_typeof(given)
        WHEN 'array' THEN (SELECT coalesce(jsonb_agg(CASE jsonb_typeof(item) WHEN 'string' THEN item
            ELSE to_jsonb(item::text) END ORDER BY place), '[]'::jsonb)
            FROM jsonb_array_elements(given) WITH ORDINALITY AS items(item, place) WHERE jsonb_typeof(item) <> 'null')
        WHEN 'string' THEN jsonb_build_array(given)
        WHEN 'null' THEN NULL
        ELSE (SELECT jsonb_agg(btrim(part)) FROM regexp_split_to_table(raw, '\\s*,\\s*') AS part WHERE btrim(part) <> '') END
    FROM (SELECT {SCHEMA}.try_json(raw)) AS parsed(given) $$;
"""
"""A usable time; a JSON object of any JSON; a list of texts of JSON, or of words between commas."""


@dataclass(frozen=True)
class Run:
    """One run. `first`: nothing had been brought before it. `dated_at`: the first run's snapshot, which dates what has no time."""

    id: int
    source: str
    first: bool
    snapshot_at: str
    dated_at: str
    shape: dict[str, Any]
    finished: bool


def prepare(target: Target, entities: Iterable[str]) -> None:
    """Make the lasting tables, unless they are there."""
    target.run(LASTING)
    target.run(CASTS)
    target.run(SHAPES)
    maps = []
    for entity in entities:
        target.run(
            f"CREATE TABLE IF NOT EXISTS {id_map(entity)} (source_id uuid PRIMARY KEY, target_id bigint NOT NULL,"
            " source_hash bigint, mark bigint, made boolean NOT NULL, run_id int NOT NULL, changed_in int)"
        )
        maps.append(
            f'SELECT \'{entity}\'::varchar(50) AS "EntityType", source_id AS "SupabaseID",'
            f' target_id AS "BackendID" FROM {id_map(entity)}'
        )
    target.run(f"CREATE OR REPLACE VIEW {SCHEMA}.migration_id_map AS {' UNION ALL '.join(maps)}")


def exists(target: Target) -> bool:
    """Whether anything was ever begun in this database."""
    return bool(target.value(f"SELECT to_regclass('{SCHEMA}.runs') IS NOT NULL"))


def id_map(entity: str) -> str:
    """The map of one entity: the source's id, ours, and what both looked like when they were last the same."""
    return f"{SCHEMA}.id_map_{entity}"


def staged(table: str) -> str:
    """Where a table of the source is staged."""
    return f"{SCHEMA}.source_{table}"


def accepted(entity: str) -> str:
    """The staged rows that may come, with what they refer to."""
    return f"{SCHEMA}.accepted_{entity}"


def latest(target: Target) -> Run | None:
    """The newest run that was not rolled back."""
    found = target.rows(
        "SELECT run_id, source, first, snapshot_at::text, min(snapshot_at) OVER ()::text, coalesce(shape, '{}'),"
        f" finished_at IS NOT NULL FROM {SCHEMA}.runs WHERE rolled_back_at IS NULL ORDER BY run_id DESC LIMIT 1"
    )
    return Run(*found[0]) if found else None


def begin(target: Target, source: str, options: dict[str, Any]) -> Run:
    """Note a new run."""
    target.run(
        f"INSERT INTO {SCHEMA}.runs (source, options, first) VALUES (%s, %s,"
        f" NOT EXISTS (SELECT FROM {SCHEMA}.runs WHERE rolled_back_at IS NULL))",
        [source, Jsonb(options)],
    )
    run = latest(target)
    assert run is not None
    return run


def is_done(target: Target, run: Run, step: str) -> bool:
    """Whether a step of a run was finished."""
    return bool(target.rows(f"SELECT 1 FROM {SCHEMA}.steps WHERE run_id = %s AND step = %s", [run.id, step]))


def note_done(target: Target, run: Run, step: str, fact: Any = None) -> None:
    """Note that a step is finished, in the transaction that did it."""
    target.run(
        f"INSERT INTO {SCHEMA}.steps (run_id, step, fact) VALUES (%s, %s, %s)"
        " ON CONFLICT (run_id, step) DO UPDATE SET fact = EXCLUDED.fact, done_at = now()",
        [run.id, step, Jsonb(fact)],
    )


def fact(target: Target, run: Run, step: str) -> Any:
    """What was noted with a step; None when it isn't done."""
    found = target.rows(f"SELECT fact FROM {SCHEMA}.steps WHERE run_id = %s AND step = %s", [run.id, step])
    return found[0][0] if found else None


def upto(target: Target, run: Run, step: str) -> int:
    """How far a step has come, in row numbers of staging."""
    found = target.rows(f"SELECT upto FROM {SCHEMA}.steps WHERE run_id = %s AND step = %s", [run.id, step])
    return int(found[0][0]) if found and found[0][0] is not None else 0


def note_upto(target: Target, run: Run, step: str, row: int) -> None:
    """Note how far a step has come, in the transaction that brought it there."""
    target.run(
        f"INSERT INTO {SCHEMA}.steps (run_id, step, upto) VALUES (%s, %s, %s)"
        " ON CONFLICT (run_id, step) DO UPDATE SET upto = EXCLUDED.upto, done_at = now()",
        [run.id, step, row],
    )


def remark(
    target: Target,
    run: Run,
    entity: str,
    kind: str,
    reason: str,
    *,
    value: Any = None,
    line: int | None = None,
) -> None:
    """Keep one remark."""
    target.run(
        f"INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, kind, reason, value) VALUES (%s, %s, %s, %s, %s, %s)",
        [run.id, entity, line, kind, reason, Jsonb(value)],
    )
