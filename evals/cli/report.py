"""`./quiver evals report`."""

import webbrowser
from pathlib import Path

import typer

from evals.dataset.reading import DataInvalid
from evals.report.making import report_of
from evals.runs.file import RUNS, RunInvalid
from evals.terminal.loading import located
from evals.terminal.naming import existing, stop

app = typer.Typer(add_completion=False)


@app.command()
def report(
    run: str = typer.Argument(help="The run."),
    baseline: str = typer.Option("main", help="The run or baseline to show beside it."),
    out: Path | None = typer.Option(None, help="Where to write the page; without it, beside the runs."),
    open_it: bool = typer.Option(False, "--open", help="Open it in the browser."),
) -> None:
    """Write both runs on one page: verdict, table, what is newly broken, the talks beside each other. It opens from disk."""
    path = existing(run)
    target = out or RUNS / f"{path.stem}.html"
    try:
        text = report_of(located(baseline), path)
    except (RunInvalid, DataInvalid) as error:
        raise stop(error) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {target}.")
    if open_it:
        webbrowser.open(target.resolve().as_uri())
