"""`./quiver db`: the schema of the database, our tables and the checkpoints'."""

import typer

from api.settings import read_section, settings_environment
from persistence import schema
from persistence.settings import DatabaseSettings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The schema of the database.")


def _url() -> str:
    return read_section(DatabaseSettings, settings_environment()).url


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
