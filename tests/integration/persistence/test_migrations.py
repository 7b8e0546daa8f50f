"""The schema's history: up, down, each step, and twice at once."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from migrations import __file__ as migrations_file
from persistence import schema
from persistence.schema_differences import CHECKPOINT_TABLES
from persistence.session import Database
from persistence.settings import DatabaseSettings

VERSIONS = sorted((Path(migrations_file).parent / "versions").glob("*.py"))
REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory.from_config(schema.configuration("")).walk_revisions()))
]

LEFT_BEHIND = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'c')
    UNION SELECT enumtypid::regtype || ' ' || enumlabel FROM pg_enum
    UNION SELECT attrelid::regclass || ' ' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
            AND relname <> 'alembic_version'
"""


def names(url: str, query: str) -> set[str]:
    """The first column of a query's rows."""
    with psycopg.connect(url) as connection:
        return {str(row[0]) for row in connection.execute(query.encode())}


def test_an_upgrade_from_empty_leaves_nothing_to_report(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    report = schema.check(empty_database_url)
    assert report.problems == []
    assert report.revision == report.head


def test_an_upgrade_can_be_repeated(own_database_url: str) -> None:
    before = names(own_database_url, LEFT_BEHIND)
    schema.upgrade(own_database_url)
    assert names(own_database_url, LEFT_BEHIND) == before


def test_a_downgrade_to_base_leaves_no_table_type_or_view_and_the_way_up_is_open(
    own_database_url: str,
) -> None:
    schema.downgrade(own_database_url, "base")
    assert names(own_database_url, LEFT_BEHIND) == {"alembic_version", "alembic_version_pkc"}
    schema.upgrade(own_database_url)
    assert schema.check(own_database_url).problems == []


def test_each_revision_goes_up_down_and_up_again(empty_database_url: str) -> None:
    config = schema.configuration(empty_database_url)
    for revision in REVISIONS:
        before = names(empty_database_url, LEFT_BEHIND)
        command.upgrade(config, revision)
        after = names(empty_database_url, LEFT_BEHIND)
        assert after > before
        command.downgrade(config, "-1")
        assert names(empty_database_url, LEFT_BEHIND) == before | {"alembic_version", "alembic_version_pkc"}
        command.upgrade(config, revision)
        assert names(empty_database_url, LEFT_BEHIND) == after


def test_a_database_that_is_behind_is_reported(own_database_url: str) -> None:
    schema.downgrade(own_database_url, REVISIONS[-2])
    report = schema.check(own_database_url)
    assert report.revision == REVISIONS[-2]
    assert report.problems == [f"The schema is at {REVISIONS[-2]}; the newest is {REVISIONS[-1]}."]


DAMAGE = [
    ('ALTER TABLE "Leads" ALTER COLUMN "FullName" DROP NOT NULL', ["Leads", "FullName"]),
    (
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'checkpoints_thread_id_idx'::regclass",
        ["checkpoints_thread_id_idx", "incomplete"],
    ),
    ("DROP TABLE checkpoint_writes", ["checkpoint_writes"]),
]
MORE_DAMAGE = [
    ('ALTER TABLE "Leads" DROP COLUMN "Phone"', ["Leads", "Phone"]),
    ('ALTER TABLE "Campaigns" ALTER COLUMN "DailyLeadLimit" SET DEFAULT 51', ["Campaigns", "DailyLeadLimit"]),
    ('DROP INDEX "IX_Leads_LinkedinUrl"', ["IX_Leads_LinkedinUrl"]),
    ("ALTER TYPE \"LeadStatus\" ADD VALUE 'lost'", ["LeadStatus", "lost"]),
    ("DELETE FROM checkpoint_migrations WHERE v > 3", ["checkpoint tables are at 3"]),
]


@pytest.mark.parametrize(
    ("damage", "words"), [*DAMAGE, *(pytest.param(*each, marks=pytest.mark.full) for each in MORE_DAMAGE)]
)
def test_a_damaged_schema_is_reported(own_database_url: str, damage: str, words: list[str]) -> None:
    with psycopg.connect(own_database_url, autocommit=True) as connection:
        connection.execute(damage.encode())
    problems = " ".join(schema.check(own_database_url).problems)
    assert all(word in problems for word in words), problems


@pytest.mark.full
def test_parallel_upgrades_from_several_processes_make_everything_once(empty_database_url: str) -> None:
    script = "import sys; from persistence import schema; schema.upgrade(sys.argv[1])"
    arguments = [sys.executable, "-W", "ignore", "-c", script, empty_database_url]
    processes = [
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    endings = [(process.communicate(timeout=100), process.returncode) for process in processes]
    assert [code for _, code in endings] == [0, 0, 0], endings
    assert schema.check(empty_database_url).problems == []
    assert names(empty_database_url, LEFT_BEHIND) >= CHECKPOINT_TABLES


def test_importing_the_schema_does_not_import_the_api() -> None:
    script = "import sys; import persistence.schema; print([m for m in sys.modules if m.split('.')[0] in ('api', 'fastapi', 'celery')])"
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_migration_files_have_readable_names_and_a_lock_timeout_or_no_lock_both_ways() -> None:
    assert VERSIONS
    for file in VERSIONS:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-\d{4}_[a-z_]+", file.stem), file.name
        text = file.read_text()
        # What is built concurrently holds nobody up while it waits.
        assert text.count("SET LOCAL lock_timeout") >= 2 or "postgresql_concurrently=True" in text, file.name


async def test_readiness_tells_behind_from_current_and_newer(own_database_url: str) -> None:
    database = Database(DatabaseSettings.model_validate({"DATABASE_URL": own_database_url}), pooled=False)
    assert await schema.is_current(database)

    await write_revision(own_database_url, "made by newer code")
    assert await schema.is_current(database)

    await write_revision(own_database_url, REVISIONS[0])
    assert not await schema.is_current(database)

    await write_revision(own_database_url, REVISIONS[-1])
    await asyncio.to_thread(schema.downgrade, own_database_url, "base")
    assert not await schema.is_current(database)


async def test_an_empty_database_is_not_ready(empty_database_url: str) -> None:
    database = Database(DatabaseSettings.model_validate({"DATABASE_URL": empty_database_url}), pooled=False)
    assert not await schema.is_current(database)


async def write_revision(url: str, revision: str) -> None:
    """Set what alembic_version says."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("UPDATE alembic_version SET version_num = %s", (revision[:32],))
