"""A rollback takes back exactly what was brought, and nobody's work without being told to."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from migrations.supabase.mappings.catalog import TABLES
from migrations.supabase.problems import Refused
from migrations.supabase.progress import Silence
from migrations.supabase.rollback import Undoing, roll_back
from migrations.supabase.target.connection import open_target
from tests.integration.migrate.conftest import Copy, Moved, ask, run, verdict_on

LIVE = """
INSERT INTO "Clients" ("Name", "Slug") VALUES ('Here before', 'here-before');
INSERT INTO "Users" ("SupabaseUserID", "Name", "ClientID") SELECT md5('user 1')::uuid, 'Signed in early', "ClientID" FROM "Clients";
INSERT INTO "Projects" ("ClientID", "Name") SELECT "ClientID", 'Live workspace' FROM "Clients";
INSERT INTO "Campaigns" ("ProjectID", "Name") SELECT "ProjectID", 'Live campaign' FROM "Projects";
INSERT INTO "Persons" ("ClientID", "LinkedinKey", "FullName") SELECT "ClientID", 'lead-2', 'Known before' FROM "Clients";
INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName", "LinkedinKey") SELECT "CampaignID", "ProjectID", 'Live lead', 'lead-2' FROM "Campaigns";
"""


def take_back(target: str, *, discard: bool = False, folder: Path | None = None) -> Undoing:
    with open_target(target) as ours:
        return roll_back(ours, Silence(), discard=discard, folder=folder)


def contents(target: str) -> dict[str, list[str]]:
    """Every row of every table of ours."""
    return {
        table: [row[0] for row in ask(target, f'SELECT to_jsonb(t)::text FROM "{table}" t ORDER BY 1')]
        for table, _ in TABLES.values()
    }


def test_a_move_into_a_live_database_is_taken_back_to_the_last_row(
    old_database: str, new_target: Callable[[], str]
) -> None:
    target = new_target()
    ask(target, LIVE)
    before = contents(target)
    run(old_database, target, live=True)
    assert verdict_on(target).well
    adopted = ask(target, "SELECT made FROM supabase_move.id_map_users WHERE source_id = md5('user 1')::uuid")
    assert adopted == [(False,)]
    known = ask(
        target,
        'SELECT count(*) FROM "Leads" JOIN "Persons" USING ("PersonID") WHERE "Persons"."FullName" = %s',
        "Known before",
    )
    assert known[0][0] == 1
    take_back(target)
    assert contents(target) == before


def test_work_done_here_makes_it_refuse_until_it_is_told_to(
    moved: Moved, copy_database: Copy, tmp_path: Path
) -> None:
    target = copy_database(moved.target)
    ask(
        target,
        'UPDATE "Campaigns" SET "Name" = \'Renamed\', "Version" = 2 WHERE "CampaignID" = (SELECT min("CampaignID") FROM "Campaigns")',
    )
    ask(
        target,
        'INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName") SELECT "CampaignID", "ProjectID", \'Added here\' FROM "Campaigns" LIMIT 1',
    )
    before = contents(target)
    with pytest.raises(Refused, match=r"1 of Campaigns changed, 1 of Leads written") as refused:
        take_back(target, folder=tmp_path / "lost")
    assert "--discard-changes" in refused.value.advice
    assert contents(target) == before
    undoing = take_back(target, discard=True, folder=tmp_path / "lost")
    assert (undoing.changed, undoing.written) == ({"Campaigns": 1}, {"Leads": 1})
    exported = json.loads((tmp_path / "lost" / "Leads.jsonl").read_text())
    assert (exported["FullName"], exported["_kind"]) == ("Added here", "written")
    assert not any(contents(target).values())


def test_after_a_rollback_everything_can_be_brought_again(moved: Moved, copy_database: Copy) -> None:
    target = copy_database(moved.target)
    take_back(target)
    report = run(moved.source, target)
    assert [line.new for line in report.lines] == [line.new for line in moved.report.lines]
    assert verdict_on(target).well
