"""A folder of exports brings the same as the database it was exported from."""

import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from migrations.supabase.moving.report import Report
from migrations.supabase.moving.running import move
from migrations.supabase.progress import Silence
from migrations.supabase.sources.folder import FolderSource
from migrations.supabase.target.connection import open_target
from tests.integration.migrate.canonical import canonical
from tests.integration.migrate.conftest import Moved, ask, verdict_on

TABLES = (
    *(
        "workspaces",
        "workspace_members",
        "onboarding_data",
        "experiments",
        "campaigns",
        "leads",
        "generated_messages",
    ),
    *("discovery_feedback", "auth.users"),
)


def export(source: str, folder: Path, form: str) -> None:
    """Write every table of a source as CSV, JSON lines or a JSON array."""
    with psycopg.connect(source) as connection:
        for table in TABLES:
            rows = f"SELECT * FROM {table} ORDER BY ctid"
            if form == "csv":
                with (folder / f"{table}_rows.csv").open("wb") as file:
                    file.writelines(_copied(connection, f"COPY ({rows}) TO STDOUT (FORMAT csv, HEADER)"))
                continue
            found = [
                row[0] for row in connection.execute(f"SELECT row_to_json(r)::text FROM ({rows}) r".encode())
            ]
            text = "\n".join(found) + "\n" if form == "jsonl" else "[" + ",\n".join(found) + "]"
            (folder / f"{table}.{form}").write_text(text)


def _copied(connection: psycopg.Connection, statement: str) -> list[bytes]:
    with connection.cursor().copy(statement.encode()) as copy:
        return [bytes(block) for block in copy]


def move_folder(folder: Path, target: str) -> Report:
    with open_target(target) as ours:
        return move(FolderSource(folder), ours, Silence())


@pytest.mark.parametrize(
    "form", ["csv", *(pytest.param(form, marks=pytest.mark.full) for form in ("jsonl", "json"))]
)
def test_exports_bring_what_the_database_brings(
    moved: Moved, new_target: Callable[[], str], tmp_path: Path, form: str
) -> None:
    export(moved.source, tmp_path, form)
    target = new_target()
    report = move_folder(tmp_path, target)
    assert report.unaccounted == {}
    assert [(line.entity, line.accepted) for line in report.lines] == [
        (line.entity, line.accepted) for line in moved.report.lines
    ]
    assert verdict_on(target).well
    # What has no time is dated by each move's own snapshot.
    undated = (
        'SELECT count(*) FROM "Leads" WHERE "CreatedAt" < \'2024-01-01\' OR "CreatedAt" > \'2026-01-01\''
    )
    assert ask(target, undated) == ask(moved.target, undated)
    assert canonical(target)["company_assignments"] == canonical(moved.target)["company_assignments"]


def test_broken_lines_are_set_aside_with_their_number(
    moved: Moved, new_target: Callable[[], str], tmp_path: Path
) -> None:
    export(moved.source, tmp_path, "jsonl")
    with (tmp_path / "leads.jsonl").open("ab") as file:
        good = json.loads((tmp_path / "leads.jsonl").read_text().splitlines()[0])
        file.write(b'{"id": broken\n[1]\n')
        file.write(json.dumps(good).encode() + b"\n")
        file.write(json.dumps({**good, "id": "no uuid", "full_name": "A\x00B"}).encode() + b"\n")
        deep = '{"a":' * 400 + "1" + "}" * 400
        file.write(f'{{"id": "{good["id"]}", "enrichment_data": {deep}}}\n'.encode())
    target = new_target()
    report = move_folder(tmp_path, target)
    aside = {
        (found.reason.partition(":")[0], found.count)
        for found in report.findings
        if found.kind == "set_aside" and found.entity == "leads"
    }
    assert {("unreadable", 1), ("duplicate id", 1), ("no valid id", 1)} <= aside
    lines = ask(
        target,
        "SELECT row_number FROM supabase_move.remarks WHERE reason LIKE 'unreadable%%' AND entity = 'leads' ORDER BY 1",
    )
    assert [row[0] - lines[0][0] for row in lines] == [0, 1, 4]
