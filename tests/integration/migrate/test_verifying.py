"""Verification finds every one of fifty planted corruptions, names its table, row and column, and nothing else."""

from typing import Any

from migrations.supabase.mappings.catalog import TABLES
from tests.integration.migrate.conftest import Copy, Moved, ask, verdict_on

COLUMNS = {
    "clients": {"Name": "'x'", "Slug": "'x'", "Status": "'inactive'", "CreatedAt": "now()"},
    "users": {
        "Email": "'x@x.example'",
        "Name": "lower(\"Name\") || '!'",
        "Role": "'member'",
        "Status": "'inactive'",
    },
    "workspaces": {
        "Name": "upper(\"Name\") || ' '",
        "Website": "NULL",
        "OnboardingStatus": "'incomplete'",
        "DiscoveryChatHistory": "jsonb_set(\"DiscoveryChatHistory\", '{0,content}', '\"x\"')",
        "Settings": "'{}'",
        "WebsiteScrape": "'\"x\"'",
        "TimeZone": "'Europe/Berlin'",
        "Worldview": "'x'",
    },
    "members": {"Role": "'viewer'"},
    "onboarding": {"Data": "\"Data\" - 'company'"},
    "sessions": {
        "Messages": '"Messages" - 1',
        "TurnCount": "9",
        "Imported": "false",
        "ThreadID": "gen_random_uuid()",
    },
    "feedback": {"Rating": '6 - "Rating" + 1', "Feedback": "''"},
    "experiments": {
        "Type": "'contrarian'",
        "Industries": "'[]'",
        "WizaFilters": '\'{"job_title": ["Baker"]}\'',
        "Status": "'failed'",
    },
    "campaigns": {
        "Name": "'x'",
        "ExperimentID": "NULL",
        "Status": "'archived'",
        "TotalLeads": '"TotalLeads" + 1',
        "AutopilotEnabled": "true",
    },
    "persons": {"FullName": "'x'", "LinkedinKey": "'x'", "EmailKey": "NULL", "Company": "NULL"},
    "leads": {
        "FullName": "replace(\"FullName\", 'Ü', 'U')",
        "JobTitle": "'Head of  Baking'",
        "Email": "NULL",
        "EmailKey": "NULL",
        "CompanyKey": "'x'",
        "Phone": "'1'",
        "PersonID": "NULL",
        "Status": "'queued'",
        "EnrichmentData": "jsonb_set(\"EnrichmentData\", '{skills,0}', '\"flower\"')",
        "UpdatedAt": "\"UpdatedAt\" + interval '1 microsecond'",
        "OutboundMessage": "'x'",
    },
    "company_assignments": {"CompanyKey": "'x'"},
    "messages": {
        "Content": "\"Content\" || ' '",
        "Subject": "'x'",
        "Format": "'email_warm'",
        "Checks": "'[]'",
    },
}


def plant(target: str, entity: str, column: str, value: str, skip: int) -> int:
    """Spoil one column of the row after `skip` others; its id."""
    table, key = TABLES[entity]
    rows = ask(
        target,
        f'UPDATE "{table}" SET "{column}" = {value} WHERE "{key}" = (SELECT target_id FROM supabase_move.id_map_{entity} m'
        f' JOIN "{table}" t ON t."{key}" = m.target_id WHERE ({value})::text IS DISTINCT FROM t."{column}"::text'
        f' ORDER BY "{key}" OFFSET {skip} LIMIT 1) RETURNING "{key}"',
    )
    assert rows, (entity, column)
    return int(rows[0][0])


def test_each_of_fifty_corruptions_is_found_and_named(moved: Moved, copy_database: Copy) -> None:
    target = copy_database(moved.target)
    planted: set[tuple[str, int, str]] = set()
    for entity, columns in COLUMNS.items():
        for skip, (column, value) in enumerate(columns.items()):
            shifted = skip if entity in {"leads", "persons", "messages", "campaigns"} else 0
            planted.add((TABLES[entity][0], plant(target, entity, column, value, shifted), column))
    gone = plant_missing(target)
    found: dict[tuple[str, int], set[str]] = {}
    for difference in verdict_on(target).differences:
        found.setdefault((difference.table, difference.id), set()).update(
            difference.columns or [difference.what]
        )
        if difference.what == "missing here":
            found[difference.table, difference.id].add("missing here")
    assert len(planted) + len(gone) >= 50
    for table, id_, column in planted:
        assert {column, "counters", "ExperimentID"} & found[table, id_], (table, column)
        found[table, id_] -= {column}
    for table, id_ in gone:
        assert "missing here" in found.pop((table, id_))
    # What is left follows from what was planted: counters and persons of spoilt rows.
    assert {column for columns in found.values() for column in columns} <= {
        "counters",
        "PersonID",
        "ExperimentID",
    }


SWAPS = {
    "leads": ("FullName", "OutboundMessage", "CampaignID", "EnrichmentData", "CreatedAt"),
    "messages": ("LeadID", "Content"),
    "experiments": ("ProjectID", "Type"),
    "campaigns": ("ExperimentID", "Name"),
    "workspaces": ("OwnerUserID", "Name", "WebsiteScrape"),
    "onboarding": ("Data",),
    "sessions": ("Messages",),
    "users": ("Name",),
}
"""Columns of which two rows exchange their values: counts and sums over the table stay what they were."""


def exchange(target: str, entity: str, column: str) -> set[int]:
    """Let two rows exchange the values of one column, each of which the other doesn't have; their ids."""
    table, key = TABLES[entity]
    pair = (
        f'SELECT one."{key}" AS a, two."{key}" AS b, one."{column}" AS va, two."{column}" AS vb FROM "{table}" one'
        f' JOIN "{table}" two ON two."{key}" > one."{key}" AND one."{column}"::text <> two."{column}"::text'
        f' ORDER BY one."{key}", two."{key}" LIMIT 1'
    )
    rows = ask(
        target,
        f'WITH pair AS ({pair}) UPDATE "{table}" t SET "{column}" = CASE t."{key}" WHEN a THEN vb ELSE va END'
        f' FROM pair WHERE t."{key}" IN (a, b) RETURNING t."{key}"',
    )
    assert len(rows) == 2, (entity, column)
    return {int(row[0]) for row in rows}


def test_rows_that_exchanged_a_value_are_both_named(moved: Moved, copy_database: Copy) -> None:
    target = copy_database(moved.target)
    swapped = {
        (TABLES[entity][0], id_, column)
        for entity, columns in SWAPS.items()
        for column in columns
        for id_ in exchange(target, entity, column)
    }
    named = {
        (found.table, found.id, column)
        for found in verdict_on(target).differences
        for column in found.columns
    }
    assert swapped - named == set()


def test_two_lines_of_the_map_that_exchanged_their_ids_are_both_named(
    moved: Moved, copy_database: Copy
) -> None:
    target = copy_database(moved.target)
    ask(
        target,
        "UPDATE supabase_move.id_map_leads m SET target_id = o.target_id FROM supabase_move.id_map_leads o"
        " WHERE m.source_id <> o.source_id AND m.source_id IN (md5('lead 1')::uuid, md5('lead 2')::uuid)"
        " AND o.source_id IN (md5('lead 1')::uuid, md5('lead 2')::uuid)",
    )
    found = [each for each in verdict_on(target).differences if each.table == "Leads"]
    assert len(found) == 2
    assert {column for each in found for column in each.columns} == {"the id map"}


def test_rows_that_nobody_brought_are_counted_and_no_difference(moved: Moved, copy_database: Copy) -> None:
    target = copy_database(moved.target)
    ask(
        target,
        'INSERT INTO "Leads" ("CampaignID", "ProjectID", "FullName") SELECT "CampaignID", "ProjectID", \'Ours\''
        ' FROM "Campaigns" ORDER BY "CampaignID" LIMIT 1',
    )
    verdict = verdict_on(target)
    assert verdict.others == {"Leads": 1}
    assert {found.table for found in verdict.differences} <= {"Campaigns", "Experiments"}


def plant_missing(target: str) -> list[tuple[str, int]]:
    """Delete a lead and a member; their tables and ids."""
    gone: list[tuple[str, int]] = []
    for entity, refusing in (("messages", ""), ("members", "")):
        table, key = TABLES[entity]
        rows: list[tuple[Any, ...]] = ask(
            target,
            f'DELETE FROM "{table}" WHERE "{key}" = (SELECT max("{key}") FROM "{table}"{refusing}) RETURNING "{key}"',
        )
        gone.append((table, int(rows[0][0])))
    return gone
