"""`./quiver db`: the schema of the database, our tables and the checkpoints', and whether its counters are true."""

import asyncio

import typer
from sqlalchemy import select

from api.settings import read_section, settings_environment
from persistence import schema
from persistence.models.workspace import Workspace
from persistence.session import Database
from persistence.settings import DatabaseSettings
from tools.campaigns.recount import recount

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The schema of the database.")


def _settings() -> DatabaseSettings:
    return read_section(DatabaseSettings, settings_environment())


def _url() -> str:
    """Where the schema can be changed: not through a pooler in transaction mode."""
    try:
        return _settings().direct_url
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@app.command()
def upgrade() -> None:
    """Bring the database to the newest schema. Safe to run twice, and by two at once."""
    schema.upgrade(_url())
    typer.echo("The schema is up to date.")


@app.command()
def downgrade(
    revision: str = typer.Argument(help="The revision to go back to; `base` removes every table."),
) -> None:
    """Go back to an older schema. Data that only the newer one holds is lost."""
    schema.downgrade(_url(), revision)
    typer.echo(f"The schema is at {revision}.")


@app.command()
def check() -> None:
    """Exit with 1 when the database is not at the newest schema."""
    report = schema.check(_url())
    for line in report.problems:
        typer.echo(line)
    if report.problems:
        raise typer.Exit(1)
    typer.echo("The schema is up to date.")


@app.command()
def counters(
    repair: bool = typer.Option(False, "--repair", help="Set what is wrong to what the leads say."),
) -> None:
    """Count the leads anew, and exit with 1 when a campaign's or an experiment's counter says otherwise."""
    wrong = asyncio.run(_recount(repair=repair))
    for name in wrong:
        typer.echo(f"{'repaired' if repair else 'WRONG'}: {name}")
    if wrong and not repair:
        raise typer.Exit(1)
    typer.echo("The counters are true.")


async def _recount(*, repair: bool) -> list[str]:
    """The names of counters that were wrong, a workspace at a time so that nobody waits long for it."""
    database = Database(_settings(), pooled=False)
    wrong: list[str] = []
    try:
        async with database.unit_of_work() as uow:
            workspaces = (
                (await uow.session.execute(select(Workspace.id).order_by(Workspace.id))).scalars().all()
            )
        for workspace_id in workspaces:
            async with database.unit_of_work() as uow:
                wrong += await recount(uow, workspace_id)
                if not repair:
                    await uow.session.rollback()
    finally:
        await database.close()
    return wrong
