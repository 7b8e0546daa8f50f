"""`./quiver evals rescore`."""

import typer

from evals.runs.file import RunInvalid, read_head, read_results
from evals.runs.scoring import rescore as rescore_run
from evals.runs.summary import summarise
from evals.terminal.naming import existing, stop
from evals.terminal.tables import summary_text

app = typer.Typer(add_completion=False)


@app.command()
def rescore(run: str = typer.Argument(help="A run's name, or its file.")) -> None:
    """Score a run anew with the scorers as they are now. Asks no model and costs nothing."""
    path = existing(run)
    try:
        count, missing = rescore_run(path)
    except RunInvalid as error:
        raise stop(error) from error
    typer.echo(
        f"Scored {count} items anew."
        + (f" Not in the data set any more: {', '.join(missing)}" if missing else "")
    )
    typer.echo(summary_text(read_head(path), summarise(read_results(path))))
