"""A second run brings what is new or changed, says what is gone, and overwrites nobody's work here."""

from migrations.supabase.moving.report import Report
from tests.integration.migrate.conftest import Copy, Moved, ask, run, verdict_on
from tests.integration.migrate.old_data import named

CHANGES = """
UPDATE leads SET full_name = 'Changed there', linkedin_url = 'https://www.linkedin.com/in/lead-2' WHERE id = md5('lead 1')::uuid;
UPDATE leads SET linkedin_url = 'https://www.linkedin.com/in/lead-1' WHERE id = md5('lead 2')::uuid;
UPDATE leads SET full_name = 'Changed on both sides' WHERE id = md5('lead 3')::uuid;
DELETE FROM generated_messages WHERE id = md5('message 5')::uuid;
DELETE FROM leads WHERE id = md5('lead 5')::uuid;
INSERT INTO leads (id, campaign_id, full_name, linkedin_url, created_at)
    SELECT md5('lead new')::uuid, campaign_id, 'New there', 'linkedin.com/in/lead-7', '2020-01-01' FROM leads WHERE id = md5('lead 7')::uuid;
UPDATE workspaces SET discovery_chat_history = discovery_chat_history || '[{"role": "user", "content": "One more"}]' WHERE name = 'Tenant 1';
"""


def counts(report: Report, entity: str) -> tuple[int, int]:
    """New and changed."""
    line = next(line for line in report.lines if line.entity == entity)
    return line.new, line.changed


def reasons(report: Report, kind: str) -> set[tuple[str, str, int]]:
    return {(found.entity, found.reason, found.count) for found in report.findings if found.kind == kind}


def test_an_unchanged_source_brings_nothing_anew(moved: Moved, copy_database: Copy) -> None:
    target = copy_database(moved.target)
    report = run(moved.source, target)
    assert {(line.new, line.changed) for line in report.lines} == {(0, 0)}
    assert verdict_on(target).well


def test_what_changed_at_the_source_is_brought_and_what_changed_here_is_kept(
    moved: Moved, copy_database: Copy
) -> None:
    source, target = copy_database(moved.source), copy_database(moved.target)
    ask(source, CHANGES)
    ask(source, "UPDATE experiments SET type = 'bullseye' WHERE id = %s", named("e-type"))
    ask(source, "UPDATE leads SET status = 'found' WHERE id = %s", named("l-10"))
    third = ask(
        target, "SELECT target_id FROM supabase_move.id_map_leads WHERE source_id = md5('lead 3')::uuid"
    )[0][0]
    ask(
        target,
        'UPDATE "Leads" SET "FullName" = \'Changed here\', "Version" = "Version" + 1 WHERE "LeadID" = %s',
        third,
    )

    report = run(source, target)

    assert counts(report, "leads") == (2, 3)
    assert counts(report, "experiments") == (1, 0)
    assert reasons(report, "conflict") == {("leads", "changed at the source and here", 1)}
    assert ("leads", "deleted at the source", 1) in reasons(report, "deleted_at_source")
    assert ("messages", "deleted at the source", 1) in reasons(report, "deleted_at_source")
    names = dict(
        ask(
            target,
            'SELECT m.source_id, t."FullName" || coalesce(\' \' || t."LinkedinKey", \'\') FROM "Leads" t'
            ' JOIN supabase_move.id_map_leads m ON m.target_id = t."LeadID"'
            " WHERE m.source_id IN (md5('lead 1')::uuid, md5('lead 2')::uuid, md5('lead 3')::uuid, md5('lead new')::uuid)",
        )
    )
    assert set(names.values()) == {
        "Changed there lead-2",
        "Lead Ünal 2 lead-1",
        "Changed here lead-3",
        "New there",
    }
    assert ask(
        target,
        'SELECT e."Name" FROM "Campaigns" c JOIN "Experiments" e USING ("ExperimentID") WHERE c."Name" = %s',
        "c-lone",
    ) == [("e-type",)]
    verdict = verdict_on(target)
    assert [(found.table, found.columns, found.changed_here) for found in verdict.differences] == [
        ("Leads", ["FullName", "Version"], True)
    ]
    assert not ask(
        target, 'SELECT FROM "Persons" GROUP BY "ClientID", "LinkedinKey" HAVING count("LinkedinKey") > 1'
    )
