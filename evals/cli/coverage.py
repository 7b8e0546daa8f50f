"""`./quiver evals coverage`."""

import typer

from evals.analysis.coverage import cover_recorded, cover_runs
from evals.dataset.reading import DataInvalid
from evals.runs.file import RunInvalid
from evals.terminal.covering import coverage_text
from evals.terminal.naming import existing, stop

app = typer.Typer(add_completion=False)


@app.command()
def coverage(
    runs: list[str] = typer.Argument(None, help="Runs, taken together; without one, what was recorded."),
) -> None:
    """Say what the cases go through, and what they never hit. Edges of graphs and branches of templates: of a replay."""
    try:
        typer.echo(coverage_text(cover_runs([existing(run) for run in runs]) if runs else cover_recorded()))
    except (RunInvalid, DataInvalid) as error:
        raise stop(error) from error
