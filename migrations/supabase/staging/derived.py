"""Tables that are made of staged ones before they are mapped: who is needed, who is where, talks, answers.

All of it follows from what is staged alone, so reading it again gives the same.
"""

import json
from collections.abc import Iterator
from typing import Any

from migrations.supabase.sources.json_text import json_text, parsed
from migrations.supabase.staging.chats import messages_of, user_turns
from migrations.supabase.staging.onboarding import document
from migrations.supabase.target.connection import Target
from migrations.supabase.target.ledger import SCHEMA, Run, staged

UUID = f"{SCHEMA}.try_uuid"
TIME = f"{SCHEMA}.try_time"
JSON = f"{SCHEMA}.try_json"

PEOPLE = f"""
CREATE UNLOGGED TABLE {staged("people")} AS
WITH needed AS (
    SELECT {UUID}(user_id) AS id, min({TIME}(created_at)) AS first_seen, true AS owes FROM {staged("workspaces")} GROUP BY 1
    UNION ALL SELECT {UUID}(user_id), min({TIME}(created_at)), true FROM {staged("discovery_feedback")} GROUP BY 1
    UNION ALL SELECT {UUID}(user_id), min({TIME}(created_at)), false FROM {staged("workspace_members")} GROUP BY 1
), once AS (
    SELECT id, min(first_seen) AS first_seen, bool_or(owes) AS owes FROM needed WHERE id IS NOT NULL GROUP BY 1
), accounts AS (
    SELECT DISTINCT ON ({UUID}(id)) {UUID}(id) AS id, nullif(btrim(email), '') AS email, created_at, updated_at,
        deleted_at IS NOT NULL OR coalesce({TIME}(banned_until) > now(), false) AS closed,
        {JSON}(raw_user_meta_data) AS told
    FROM {staged("users")} ORDER BY {UUID}(id), rowno
)
SELECT row_number() OVER (ORDER BY once.id) AS rowno, once.id, a.email, a.created_at, a.updated_at,
    once.first_seen::text AS first_seen, coalesce(a.closed, %(accounts)s)::text AS closed, (a.id IS NOT NULL)::text AS known,
    left(coalesce(
        nullif(btrim(regexp_replace(a.told ->> 'full_name', '[[:cntrl:][:space:]]+', ' ', 'g')), ''),
        nullif(btrim(regexp_replace(a.told ->> 'name', '[[:cntrl:][:space:]]+', ' ', 'g')), ''),
        nullif(split_part(a.email, '@', 1), ''), 'User'), 200) AS name
FROM once LEFT JOIN accounts a ON a.id = once.id
-- A member whose account is gone is nobody's loss; an owner or an author is kept, closed.
WHERE a.id IS NOT NULL OR once.owes OR NOT %(accounts)s
"""

PLACES = f"""
CREATE UNLOGGED TABLE {staged("places")} AS
SELECT row_number() OVER (ORDER BY workspace_id, user_id) AS rowno, workspace_id, user_id, role, created_at FROM (
    SELECT workspace_id, user_id, created_at, rank, line,
        CASE rank WHEN 0 THEN 'owner' WHEN 1 THEN 'admin' WHEN 2 THEN 'member' ELSE 'viewer' END AS role,
        row_number() OVER (PARTITION BY workspace_id, user_id ORDER BY rank, line) AS choice
    FROM (
        SELECT {UUID}(id) AS workspace_id, {UUID}(user_id) AS user_id, created_at, 0 AS rank, 0 AS line
        FROM {staged("workspaces")}
        UNION ALL
        SELECT {UUID}(m.workspace_id), {UUID}(m.user_id), m.created_at,
            CASE coalesce(nullif(w.means, ''), 'member') WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 WHEN 'member' THEN 2 ELSE 3 END, m.rowno
        FROM {staged("workspace_members")} m
        LEFT JOIN {SCHEMA}.words w ON w.kind = 'ProjectRole' AND w.raw = m.role
        WHERE m.role IS NULL OR w.means IS NOT NULL
    ) both_ways
    WHERE workspace_id IS NOT NULL AND user_id IS NOT NULL
) ranked WHERE choice = 1
"""

MEMBER_REMARKS = f"""
INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, "column", reason, suggestion, value)
SELECT %(run)s, 'workspace_members', m.rowno, m.workspace_id || ' ' || m.user_id,
    CASE WHEN problem = 'duplicate' THEN 'merged' ELSE 'set_aside' END, 'role',
    CASE problem WHEN 'duplicate' THEN 'duplicate member: the highest role counts' WHEN 'word' THEN 'unknown word'
        WHEN 'id' THEN 'no valid id' WHEN 'workspace' THEN 'orphan: no such workspace'
        ELSE 'orphan: no such account' END,
    CASE problem WHEN 'word' THEN m.suggestion WHEN 'workspace' THEN 'The workspace is missing or set aside.'
        WHEN 'account' THEN 'Nobody can sign in as this user.' END,
    to_jsonb(m) - 'problem' - 'suggestion'
FROM (
    SELECT m.*, w.suggestion, CASE
        WHEN {UUID}(m.workspace_id) IS NULL OR {UUID}(m.user_id) IS NULL THEN 'id'
        WHEN m.role IS NOT NULL AND w.means IS NULL THEN 'word'
        WHEN NOT EXISTS (SELECT FROM {staged("workspaces")} x WHERE {UUID}(x.id) = {UUID}(m.workspace_id)) THEN 'workspace'
        WHEN NOT EXISTS (SELECT FROM {staged("people")} p WHERE p.id = {UUID}(m.user_id)) THEN 'account'
        WHEN count(*) OVER (PARTITION BY {UUID}(m.workspace_id), {UUID}(m.user_id)) > 1 AND row_number()
            OVER (PARTITION BY {UUID}(m.workspace_id), {UUID}(m.user_id) ORDER BY m.rowno) > 1 THEN 'duplicate' END AS problem
    FROM {staged("workspace_members")} m LEFT JOIN {SCHEMA}.words w ON w.kind = 'ProjectRole' AND w.raw = m.role
) m WHERE problem IS NOT NULL
"""

NOT_NEEDED = f"""
INSERT INTO {SCHEMA}.remarks (run_id, entity, row_number, source_id, kind, reason, suggestion, value)
SELECT %(run)s, 'users', u.rowno, u.id,
    CASE WHEN {UUID}(u.id) IS NULL THEN 'set_aside' ELSE 'left_out' END,
    CASE WHEN {UUID}(u.id) IS NULL THEN 'no valid id' WHEN p.id IS NULL THEN 'owns and wrote nothing' ELSE 'duplicate account' END,
    CASE WHEN {UUID}(u.id) IS NOT NULL THEN 'Made when they first sign in.' END,
    jsonb_build_object('email', u.email)
FROM (SELECT u.*, row_number() OVER (PARTITION BY {UUID}(u.id) ORDER BY u.rowno) AS copy FROM {staged("users")} u) u
LEFT JOIN {staged("people")} p ON p.id = {UUID}(u.id)
WHERE p.id IS NULL OR u.copy > 1
"""


def derive(target: Target, run: Run, shape: dict[str, Any]) -> None:
    """Make them all. Inside of staging's transaction."""
    for table in ("people", "places", "talks", "answers"):
        target.run(f"DROP TABLE IF EXISTS {staged(table)} CASCADE")
    target.run(PEOPLE, {"accounts": bool(shape["users"]["present"])})
    target.run(PLACES)
    target.run(MEMBER_REMARKS, {"run": run.id})
    target.run(NOT_NEEDED, {"run": run.id})
    _write(
        target,
        "talks",
        ("id", "messages", "turns", "original", "created_at", "updated_at"),
        _talks(target, run),
    )
    answers = (
        "workspace_id",
        "data",
        "website_scrape",
        "favicon_url",
        "worldview",
        "created_at",
        "updated_at",
    )
    _write(target, "answers", answers, _answers(target))


def _write(target: Target, table: str, columns: tuple[str, ...], rows: Iterator[list[str | None]]) -> None:
    described = ", ".join(f"{column} text" for column in columns)
    target.run(
        f"CREATE UNLOGGED TABLE {staged(table)} (rowno bigint GENERATED BY DEFAULT AS IDENTITY, {described})"
    )
    # Reading and writing share a connection: what was read is written in batches.
    batch: list[list[str | None]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            _append(target, table, columns, batch)
            batch = []
    _append(target, table, columns, batch)


BATCH = 100


def _append(target: Target, table: str, columns: tuple[str, ...], rows: list[list[str | None]]) -> None:
    with target.copying(f"COPY {staged(table)} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _talks(target: Target, run: Run) -> Iterator[list[str | None]]:
    asked = (
        f"SELECT id, discovery_chat_history, coalesce({TIME}(created_at)::text, '{run.dated_at}'), created_at, updated_at"
        f" FROM {staged('workspaces')} WHERE discovery_chat_history IS NOT NULL ORDER BY rowno"
    )
    for id_, history, began, created, updated in target.stream(asked):
        messages = messages_of(_loaded(history), str(began).replace(" ", "T"))
        if messages:
            yield [id_, json_text(messages), str(user_turns(messages)), history, created, updated]


def _answers(target: Target) -> Iterator[list[str | None]]:
    asked = f"SELECT workspace_id, data, extra, created_at, updated_at FROM {staged('onboarding_data')} ORDER BY rowno"
    for workspace, data, extra, created, updated in target.stream(asked):
        columns = {name: _loaded(value) for name, value in (_loaded(extra) or {}).items()}
        answers = document(_loaded(data), columns)
        scrape, favicon, view = (
            answers.get(name) for name in ("website_scrape", "favicon_url", "worldview_full")
        )
        yield [
            workspace,
            json_text(answers),
            json_text(scrape) if scrape is not None else None,
            favicon if isinstance(favicon, str) else None,
            view if isinstance(view, str) else json_text(view) if view is not None else None,
            created,
            updated,
        ]


def _loaded(value: Any) -> Any:
    """A value that may be JSON in a text; other texts stay as they are."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "["}:
        return value
    try:
        return parsed(value)
    except (ValueError, RecursionError, json.JSONDecodeError):
        return value
