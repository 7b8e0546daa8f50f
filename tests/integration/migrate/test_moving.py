"""A move brings every row or says why not, and the values as our product keeps them."""

from collections.abc import Callable
from hashlib import md5
from typing import Any
from uuid import UUID

from migrations.supabase.moving.running import plan
from migrations.supabase.progress import Silence
from migrations.supabase.sources.postgres import PostgresSource
from migrations.supabase.target.connection import open_target
from tests.integration.migrate.conftest import Moved, ask, run, verdict_on
from tests.integration.migrate.old_data import named

MEMBER = UUID(md5(f"{named('odd')} {named('twin')}".encode()).hexdigest())


def brought(moved: Moved, entity: str, name: str, columns: str, table: str, key: str) -> Any:
    """Columns of what became of something; None when it was not brought."""
    rows = ask(
        moved.target,
        f'SELECT {columns} FROM supabase_move.id_map_{entity} m JOIN "{table}" t ON t."{key}" = m.target_id'
        " WHERE m.source_id = %s",
        named(name),
    )
    return rows[0] if rows else None


def lead(moved: Moved, name: str, columns: str) -> Any:
    return brought(moved, "leads", name, columns, "Leads", "LeadID")


def experiment(moved: Moved, name: str, columns: str) -> Any:
    return brought(moved, "experiments", name, columns, "Experiments", "ExperimentID")


def workspace(moved: Moved, name: str, columns: str) -> Any:
    return brought(moved, "workspaces", name, columns, "Projects", "ProjectID")


def test_a_server_that_works_in_parallel_wherever_it_may_brings_the_same(
    moved: Moved, new_target: Callable[[], str]
) -> None:
    target = new_target()
    name = target.rpartition("/")[2]
    for setting in ("parallel_setup_cost = 0", "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0"):
        ask(target, f'ALTER DATABASE "{name}" SET {setting}')
    report = run(moved.source, target)
    assert report.unaccounted == {}
    assert report.lines == moved.report.lines
    assert verdict_on(target).well


def test_every_row_is_here_or_set_aside_with_its_reason(moved: Moved) -> None:
    assert moved.report.unaccounted == {}
    for line in moved.report.lines:
        if line.entity not in {"clients", "users", "members", "sessions", "persons"}:
            assert line.rows == line.accepted + line.set_aside, line
    aside = {
        (found.entity, found.column, found.reason)
        for found in moved.report.findings
        if found.kind == "set_aside"
    }
    assert {
        ("leads", "status", "unknown word"),
        ("leads", "outcome", "unknown word"),
        ("leads", "full_name", "no name"),
        ("leads", "campaign_id", "no campaign"),
        ("leads", "campaign_id", "orphan: no such campaign"),
        ("leads", "workspace_id", "its campaign is another workspace's"),
        ("workspaces", "onboarding_status", "unknown word"),
        ("workspaces", "user_id", "no owner"),
        ("workspace_members", "role", "unknown word"),
        ("workspace_members", "role", "orphan: no such account"),
        ("experiments", "type", "unknown word"),
        ("feedback", "rating", "no rating from 1 to 5"),
        ("messages", "message_type", "unknown word"),
        ("onboarding", "workspace_id", "orphan: no such workspace"),
    } <= aside


def test_a_set_aside_row_is_kept_whole_with_a_suggestion(moved: Moved) -> None:
    found = ask(
        moved.target,
        "SELECT value ->> 'full_name', suggestion FROM supabase_move.remarks WHERE source_id = %s",
        str(named("l-10")),
    )
    assert found[0][0] == "Odd word"
    assert "words.py" in found[0][1]


def test_a_name_of_white_space_is_none(moved: Moved) -> None:
    assert lead(moved, "l-13", '"FullName"') is None
    said = "SELECT reason FROM supabase_move.remarks WHERE source_id = %s"
    assert ask(moved.target, said, str(named("l-13"))) == [("no name",)]


def test_a_clean_copy_verifies(moved: Moved) -> None:
    verdict = verdict_on(moved.target)
    assert verdict.differences == []
    assert verdict.well
    assert verdict.rows["Leads"] > 120


def test_a_plan_tells_the_same_and_leaves_nothing(moved: Moved, new_target: Any) -> None:
    target = new_target()
    with open_target(target) as ours:
        planned = plan(PostgresSource(moved.source), ours, Silence())
    assert planned.lines == moved.report.lines
    assert ask(target, "SELECT to_regclass('supabase_move.runs')") == [(None,)]
    assert ask(target, 'SELECT count(*) FROM "Projects"') == [(0,)]


def test_people_come_once_with_an_organisation_and_their_roles(moved: Moved) -> None:
    assert brought(moved, "users", "odd", '"Name", "Email", "Status"::text', "Users", "UserID") == (
        "odd Ω",
        "same@mail.example",
        "active",
    )
    assert brought(moved, "users", "gone", '"Name", "Email", "Status"::text', "Users", "UserID") == (
        "User",
        None,
        "inactive",
    )
    assert brought(moved, "users", "lurker", '"Name"', "Users", "UserID") is None
    roles = ask(
        moved.target,
        'SELECT u."SupabaseUserID", pu."Role"::text FROM "ProjectUsers" pu JOIN "Users" u USING ("UserID")'
        ' JOIN supabase_move.id_map_workspaces m ON m.target_id = pu."ProjectID" WHERE m.source_id = %s',
        named("odd"),
    )
    assert dict(roles) == {named("odd"): "owner", named("twin"): "admin"}
    kept = ask(
        moved.target,
        "SELECT data FROM supabase_move.extras WHERE entity = 'members' AND source_id = %s",
        MEMBER,
    )
    assert kept == [({"invited_by": "somebody"},)]
    names = ask(moved.target, 'SELECT count(*), count(DISTINCT "ClientID") FROM "Users"')
    assert names[0][0] == names[0][1]


def test_no_secret_of_an_account_is_copied(moved: Moved) -> None:
    assert ask(moved.target, "SELECT count(*) FROM supabase_move.extras WHERE entity = 'users'") == [(0,)]
    staged = ask(moved.target, "SELECT to_jsonb(s)::text FROM supabase_move.source_users s")
    assert not [row for row in staged if "secret" in row[0]]


def test_a_workspace_keeps_what_it_was_told(moved: Moved) -> None:
    name, status, history = workspace(
        moved, "odd", '"Name", "OnboardingStatus"::text, "DiscoveryChatHistory"'
    )
    assert (len(name), status) == (255, "incomplete")
    assert [entry["content"] for entry in history] == ["Grüße 👋", "Hi"]
    plain = ask(
        moved.target, 'SELECT "Settings", "WebsiteScrape" FROM "Projects" WHERE "Name" = %s', "Tenant 1"
    )
    assert plain == [(None, "We bake. 1")]
    assert workspace(moved, "unnamed", '"Name"') == ("Unnamed",)


def test_both_shapes_of_onboarding_become_the_same_document(moved: Moved) -> None:
    documents = dict(
        ask(
            moved.target,
            'SELECT p."Name", o."Data" FROM "OnboardingData" o JOIN "Projects" p USING ("ProjectID")',
        )
    )
    assert documents["Tenant 1"] == {
        "company": {"companyName": "Tenant 1"},
        "customerEvidence": {"hasPayingCustomers": True},
        "website_scrape": "We bake. 1",
    }
    assert documents["x" * 255] == {
        "foundingStory": {"triggerMoment": "We were bored"},
        "customerEvidence": {"bestCustomers": [{"dealSize": 5, "statedProblem": "∞"}]},
    }


def test_words_and_json_of_experiments_are_ours(moved: Moved) -> None:
    columns = '"Type"::text, "Status"::text, "Industries", "WizaFilters"'
    assert experiment(moved, "e-fine", columns) == ("bullseye", "pending", ["A", "5"], {"imported": ["list"]})
    assert experiment(moved, "e-nul", columns) == ("variable_a", "pending", ["one"], {"a": "xy"})
    assert experiment(moved, "e-type", columns) is None


def test_awkward_leads_come_whole(moved: Moved) -> None:
    columns = '"FullName", "LinkedinKey", "EmailKey", "CompanyKey"'
    assert lead(moved, "l-1", columns) == (
        "Zoë 🍞 𝔘",
        "zoe",
        "zoe@xn--bcker-gra.example",
        "xn--bcker-gra.example",
    )
    assert lead(moved, "l-12", '"FullName", "Outcome"::text') == (
        'O\'Brien \\ "quoted"\t\n{a,b}',
        "meeting_booked",
    )
    assert lead(moved, "l-4", '"Status"::text, "Outcome"::text') == ("found", "closed_won")
    long = lead(moved, "l-5", 'length("FullName"), "LinkedinUrl", "Email", "Status"::text, "Outcome"')
    assert long == (255, None, None, "found", None)
    huge = lead(moved, "l-1", '"EnrichmentData"')[0]
    assert len(huge["text"]) == 300_000
    assert lead(moved, "l-2", '"EnrichmentData"') == ({"imported": [1, 2]},)
    kept = ask(moved.target, "SELECT data FROM supabase_move.extras WHERE source_id = %s", named("l-1"))
    assert kept == [({"notes": "kept", "tags": ["a", "b c"], "raw": '{"nul": "\\u0000"}'},)]


def test_of_leads_with_one_key_the_first_keeps_it_and_all_are_one_person(moved: Moved) -> None:
    first, second, third, elsewhere = (
        lead(moved, name, '"LinkedinKey", "EmailKey", "PersonID"') for name in ("l-1", "l-2", "l-3", "l-4")
    )
    assert (first[0], second[0], third[1]) == ("zoe", None, None)
    assert first[2] == second[2] == third[2]
    assert elsewhere[0] == "zoe"
    assert elsewhere[2] != first[2]


def test_generated_messages_become_drafts_with_a_format(moved: Moved) -> None:
    columns = '"Format"::text, "MessageType"::text, "IsFollowup", "Subject", "Content", "Status"::text'
    message = {
        name: brought(moved, "messages", name, columns, "OutreachMessages", "OutreachMessageID")
        for name in ("m-1", "m-2", "m-3")
    }
    assert message["m-1"] == ("linkedin_inmail", "initial_outreach", False, None, "Hi ☕", "draft")
    assert message["m-2"] == ("email_cold", "follow_up", True, "Again", "Still there?", "draft")
    assert message["m-3"][3:5] == (None, "Subject: only a subject\n")
    checks = ask(
        moved.target, 'SELECT "Checks" FROM "OutreachMessages" WHERE "Content" = %s', "Shall we connect? 1"
    )
    assert [check["detail"] for check in checks[0][0]] == ["context 1"]


def test_counters_are_counted_from_the_leads(moved: Moved) -> None:
    counted = ask(
        moved.target,
        'SELECT c."TotalLeads" = count(l.*) FROM "Campaigns" c LEFT JOIN "Leads" l USING ("CampaignID") GROUP BY c."CampaignID"',
    )
    assert set(counted) == {(True,)}
    assert experiment(moved, "e-fine", '"LeadsFound"')[0] > 0
