"""`./quiver evals baseline`."""

import typer

from evals.gating.baseline import keep
from evals.runs.file import RunInvalid
from evals.terminal.naming import existing, stop

app = typer.Typer(add_completion=False)


@app.command()
def baseline(
    run: str = typer.Argument(help="The run to measure later ones by."),
    name: str = typer.Option("main", help="The baseline's name."),
) -> None:
    """Keep a run in evals/baselines/, without what was said in it."""
    try:
        path = keep(existing(run), name)
    except RunInvalid as error:
        raise stop(error) from error
    typer.echo(f"Wrote {path.name}.")
