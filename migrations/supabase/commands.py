"""`./quiver migrate`: plan, run, verify, rollback, status."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from api.settings import read_section, settings_environment
from migrations.supabase import printing
from migrations.supabase.moving.running import move
from migrations.supabase.moving.running import plan as make_plan
from migrations.supabase.problems import MoveProblem, TargetProblem
from migrations.supabase.progress import shown
from migrations.supabase.rollback import roll_back
from migrations.supabase.sources.folder import FolderSource
from migrations.supabase.sources.postgres import PostgresSource
from migrations.supabase.sources.source import Source
from migrations.supabase.status import status_of
from migrations.supabase.target.connection import open_target
from migrations.supabase.verifying import verify as compare
from persistence.session import psycopg_url
from persistence.settings import DatabaseSettings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Move a Supabase database into ours. The order of a cut-over is in migrations/supabase/README.md.",
)
SOURCE = typer.Argument(
    help="postgresql://… of the old database (only read), or a folder of CSV, JSON or JSONL exports.",
    envvar="SUPABASE_SOURCE",
)
TARGET = typer.Option(None, "--target", help="Our database. Default: DATABASE_URL.")
JSON = typer.Option(None, "--json", help="Write the report as JSON to this file; `-` is standard output.")
ACCOUNTS = typer.Option(
    False, "--without-accounts", help="Do without auth.users: people come without name and address."
)


@app.command()
def plan(
    source: str = SOURCE,
    target: str | None = TARGET,
    report: str | None = JSON,
    without_accounts: bool = ACCOUNTS,
) -> None:
    """Say what would come and what would be set aside. Nothing stays written."""
    with _failures(), open_target(_url(target)) as ours, shown() as progress:
        planned = make_plan(_source(source, accounts=not without_accounts), ours, progress)
    _say(report, planned.as_json(), printing.report_lines(planned, planned=True))


@app.command()
def run(
    source: str = SOURCE,
    target: str | None = TARGET,
    report: str | None = JSON,
    without_accounts: bool = ACCOUNTS,
    live: bool = typer.Option(
        False, "--live", help="Our database is in use: add to what is there, keep its indexes."
    ),
) -> None:
    """Bring what is new or changed. Run again after a cut it goes on; run again later it brings what came since."""
    with _failures(), open_target(_url(target)) as ours, shown() as progress:
        done = move(_source(source, accounts=not without_accounts), ours, progress, live=live)
    _say(report, done.as_json(), printing.report_lines(done, planned=False))
    if done.unaccounted:
        raise typer.Exit(1)


@app.command()
def verify(target: str | None = TARGET, report: str | None = JSON) -> None:
    """Compare every row of the newest run with its source's snapshot; exit with 1 when anything differs."""
    with _failures(), open_target(_url(target)) as ours, shown() as progress:
        verdict = compare(ours, progress)
    _say(report, verdict.as_json(), printing.verdict_lines(verdict))
    if not verdict.well:
        raise typer.Exit(1)


@app.command()
def rollback(
    target: str | None = TARGET,
    report: str | None = JSON,
    export: Path | None = typer.Option(
        None, "--export", help="Folder for what was changed or written here since."
    ),
    discard_changes: bool = typer.Option(
        False, "--discard-changes", help="Take back what was changed or written here, too."
    ),
) -> None:
    """Take back exactly what was brought. Refuses when people have worked here since."""
    with _failures(), open_target(_url(target)) as ours, shown() as progress:
        undoing = roll_back(ours, progress, discard=discard_changes, folder=export)
    _say(report, undoing.as_json(), printing.undoing_lines(undoing))


@app.command()
def status(target: str | None = TARGET, report: str | None = JSON) -> None:
    """Say which runs there were, how far the newest is, and what was brought in all."""
    with _failures(), open_target(_url(target), alone=False) as ours:
        found = status_of(ours)
    _say(report, found.as_json(), found.lines())


def _url(given: str | None) -> str:
    """Our database for psycopg. Raises TargetProblem."""
    try:
        return psycopg_url(given or read_section(DatabaseSettings, settings_environment()).direct_url)
    except ValidationError as error:
        raise TargetProblem("There is no usable DATABASE_URL.", "Set it, or say --target URL.") from error
    except ValueError as error:
        raise TargetProblem(str(error), "Or say --target URL.") from error


def _source(given: str, *, accounts: bool) -> Source:
    if given.startswith(("postgresql://", "postgres://")):
        return PostgresSource(given, accounts=accounts)
    return FolderSource(Path(given))


def _say(path: str | None, report: dict[str, Any], lines: Iterable[str]) -> None:
    """Print a report for people, or write it for programs."""
    if path == "-":
        typer.echo(json.dumps(report, indent=1, default=str))
        return
    if path is not None:
        Path(path).write_text(json.dumps(report, indent=1, default=str) + "\n")
    for line in lines:
        typer.echo(line)


@contextmanager
def _failures() -> Iterator[None]:
    """Say what is wrong and what to do, and exit with 2."""
    try:
        yield
    except MoveProblem as problem:
        print(problem.message, file=sys.stderr)
        if problem.advice:
            print(problem.advice, file=sys.stderr)
        raise typer.Exit(2) from problem
