"""`./quiver evals view`."""

from pathlib import Path

import typer

from evals.cli.report import report
from evals.dataset.reading import DataInvalid
from evals.report.inspect_log import write_inspect_log
from evals.runs.file import RUNS, RunInvalid
from evals.terminal.naming import existing, stop

app = typer.Typer(add_completion=False)
LOGS = RUNS / "inspect"


@app.command()
def view(
    run: str = typer.Argument(help="The run."),
    baseline: str = typer.Option("main", help="The run or baseline to show beside it."),
    inspect: bool = typer.Option(False, "--inspect", help="Write a log for Inspect AI's viewer instead."),
    logs: Path = typer.Option(LOGS, help="The folder of these logs."),
) -> None:
    """Write the report and open it in the browser; with `--inspect`, write the run as a log that Inspect AI shows."""
    if not inspect:
        report(run, baseline, None, open_it=True)
        return
    try:
        path = write_inspect_log(existing(run), logs)
    except (RunInvalid, DataInvalid) as error:
        raise stop(error) from error
    typer.echo(f"Wrote {path}. Open it with: inspect view --log-dir {logs}")
    typer.echo("(Inspect is no part of ours: uv pip install -r pyproject.toml --extra evals-view)")
