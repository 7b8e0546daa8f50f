"""`./quiver evals view`."""

import typer

from evals.cli.report import report

app = typer.Typer(add_completion=False)


@app.command()
def view(
    run: str = typer.Argument(help="The run."),
    baseline: str = typer.Option("main", help="The run or baseline to show beside it."),
) -> None:
    """Write the report and open it in the browser."""
    report(run, baseline, None, open_it=True)
