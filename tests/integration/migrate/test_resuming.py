"""A move that was cut off anywhere goes on, and ends as if it had never been cut."""

import psycopg
import pytest

from migrations.supabase.moving.running import move
from migrations.supabase.problems import Busy
from migrations.supabase.progress import Silence
from migrations.supabase.sources.postgres import PostgresSource
from migrations.supabase.target.connection import open_target
from tests.integration.migrate.canonical import canonical
from tests.integration.migrate.conftest import Moved, ask, run, verdict_on


class Cut(Exception):  # noqa: N818 — it plays a process that dies
    """The end of a process, at one of the moments at which it tells how far it is."""


class Cutting(Silence):
    """Dies the n-th time that something is told."""

    def __init__(self, moment: int) -> None:
        self.left = moment

    def begin(self, what: str, total: int) -> None:
        """One of these moments."""
        self.told(total)

    def told(self, rows: int) -> None:
        """Another."""
        self.left -= 1
        if self.left == 0:
            raise Cut


def cut_run(source: str, target: str, moment: int, *, live: bool) -> bool:
    """Whether the run was cut, at this moment."""
    try:
        with open_target(target) as ours:
            move(PostgresSource(source), ours, Cutting(moment), live=live)
    except Cut:
        return True
    return False


@pytest.mark.parametrize(
    "live",
    [
        pytest.param(False, id="without indexes"),
        pytest.param(True, id="with indexes", marks=pytest.mark.full),
    ],
)
def test_cut_at_moment_after_moment_it_ends_as_an_unbroken_run(
    moved: Moved, new_target: object, live: bool
) -> None:
    assert callable(new_target)
    target = new_target()
    # The first while it reads, so that nothing is kept; the later ones while rows come.
    for moment in (5, 19, 16, 7, 9, 4):
        assert cut_run(moved.source, target, moment, live=live)
    report = run(moved.source, target, live=live)
    assert report.unaccounted == {}
    assert canonical(target) == canonical(moved.target)
    assert verdict_on(target).well
    assert ask(target, "SELECT count(*) FROM supabase_move.runs") == [(1,)]


def test_a_second_move_at_the_same_time_refuses(moved: Moved) -> None:
    with (
        open_target(moved.target),
        pytest.raises(Busy, match="Another move") as busy,
        open_target(moved.target),
    ):
        pass
    assert "goes on" in busy.value.advice


def test_a_staged_copy_that_the_server_lost_is_read_again(moved: Moved, copy_database: object) -> None:
    assert callable(copy_database)
    target = copy_database(moved.target)
    # What a crash of the server leaves of unlogged tables: nothing.
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("UPDATE supabase_move.runs SET finished_at = NULL")
        connection.execute(
            "TRUNCATE supabase_move.staging_is_whole, supabase_move.source_leads, supabase_move.accepted_leads"
        )
    report = run(moved.source, target)
    assert {line.new for line in report.lines} == {0}
    assert canonical(target) == canonical(moved.target)
    assert verdict_on(target).well
