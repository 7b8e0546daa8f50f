"""What can't be done is said in words, with what to do, and nothing is half done."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from migrations.supabase.commands import app
from migrations.supabase.problems import SourceProblem, TargetProblem
from tests.fixtures.database import create_database
from tests.integration.migrate.conftest import Moved, ask, run
from tests.integration.migrate.old_schema import SCHEMA

NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


def said(*arguments: str) -> tuple[int, str]:
    """Exit code, and all that the command printed."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_wrong_source_is_named_without_its_password(moved: Moved) -> None:
    code, output = said("plan", "postgresql://nobody:hush@127.0.0.1:1/nothing", "--target", moved.target)
    assert (code, "doesn't answer" in output, "hush" in output) == (2, True, False)
    assert "port 5432" in output
    code, output = said("plan", "/no/such/folder", "--target", moved.target)
    assert (code, "There is no folder" in output) == (2, True)


def test_a_wrong_target_is_named(moved: Moved, empty_database_url: str) -> None:
    code, output = said("run", moved.source, "--target", NOBODY)
    assert (code, "Our database doesn't answer" in output) == (2, True)
    code, output = said("run", moved.source, "--target", empty_database_url)
    assert (code, "./quiver db upgrade" in output) == (2, True)
    assert ask(empty_database_url, "SELECT to_regnamespace('supabase_move')") == [(None,)]
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num text)")
        connection.execute("INSERT INTO alembic_version VALUES ('2020_old')")
    code, output = said("run", moved.source, "--target", empty_database_url)
    assert (code, "2020_old" in output) == (2, True)


def test_a_target_in_use_is_refused_unless_told_to(moved: Moved, new_target: Callable[[], str]) -> None:
    target = new_target()
    ask(target, 'INSERT INTO "Clients" ("Name", "Slug") VALUES (\'Here\', \'here\')')
    with pytest.raises(TargetProblem, match="isn't empty") as problem:
        run(moved.source, target)
    assert "--live" in problem.value.advice
    assert ask(target, "SELECT to_regnamespace('supabase_move')") == [(None,)]


def test_another_source_than_the_one_moved_is_refused(moved: Moved, postgres_url: str) -> None:
    other = create_database(postgres_url)
    ask(other, SCHEMA)
    ask(other, "INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Of somebody else')")
    with pytest.raises(TargetProblem, match="nothing is in"):
        run(other, moved.target)


def test_a_source_that_is_empty_or_something_else_is_refused(
    postgres_url: str, new_target: Callable[[], str]
) -> None:
    target, other = new_target(), create_database(postgres_url)
    ask(other, "CREATE TABLE invoices (id int)")
    with pytest.raises(SourceProblem, match=r"no table `workspaces`.*invoices"):
        run(other, target)
    ask(other, SCHEMA)
    with pytest.raises(SourceProblem, match="holds no rows"):
        run(other, target)
    ask(other, "ALTER TABLE leads RENAME full_name TO fullname")
    with pytest.raises(SourceProblem, match="`leads` has no column `full_name`") as problem:
        run(other, target)
    assert "`fullname`" in problem.value.advice
    assert ask(target, "SELECT to_regnamespace('supabase_move')") == [(None,)]


def test_a_role_that_may_not_read_everything_is_refused(
    moved: Moved, copy_database: Callable[[str], str], new_target: Callable[[], str]
) -> None:
    source, target = copy_database(moved.source), new_target()
    role = f"reader_{source[-8:]}"
    ask(source, f"CREATE ROLE {role} LOGIN")
    url = source.replace("postgres@", f"{role}@")
    with pytest.raises(SourceProblem, match="permission denied"):
        run(url, target)
    ask(source, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    with pytest.raises(SourceProblem, match="users") as problem:
        run(url, target)
    assert "--without-accounts" in problem.value.advice
    ask(source, f"GRANT USAGE ON SCHEMA auth TO {role}; GRANT SELECT ON auth.users TO {role}")
    # A policy that shows a part only must not pass for the whole.
    ask(source, "ALTER TABLE leads ENABLE ROW LEVEL SECURITY")
    with pytest.raises(SourceProblem, match="row-level security"):
        run(url, target)
    ask(source, "ALTER TABLE leads DISABLE ROW LEVEL SECURITY")
    assert run(url, target).unaccounted == {}
    ask(source, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_role_that_may_not_write_here_is_refused(moved: Moved, new_target: Callable[[], str]) -> None:
    target = new_target()
    role = f"writer_{target[-8:]}"
    ask(target, f"CREATE ROLE {role} LOGIN; GRANT SELECT ON alembic_version TO {role}")
    with pytest.raises(TargetProblem, match="refuses: permission denied") as problem:
        run(moved.source, target.replace("postgres@", f"{role}@"))
    assert "owns our tables" in problem.value.advice
    ask(target, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_nothing_to_verify_or_take_back_is_said(new_target: Callable[[], str]) -> None:
    target = new_target()
    assert said("verify", "--target", target)[0] == 2
    assert said("rollback", "--target", target)[0] == 2
    code, output = said("status", "--target", target)
    assert (code, "Nothing was ever moved" in output) == (0, True)


def test_the_commands_report_for_people_and_programs(moved: Moved, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert said("verify", "--target", moved.target, "--json", str(report))[0] == 0
    assert '"well": true' in report.read_text()
    code, output = said("status", "--target", moved.target)
    assert (code, "finished" in output, "Leads" in output) == (0, True, True)
