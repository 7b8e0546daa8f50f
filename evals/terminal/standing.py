"""`./quiver evals` without a command: the last run, and what is sensible to do next."""

import typer

from evals.runs.file import read_head, read_results
from evals.runs.summary import summarise
from evals.terminal.naming import latest
from evals.terminal.tables import summary_text


def print_standing() -> None:
    """The last run in one screen."""
    path = latest()
    if path is None:
        typer.echo("No run yet. Begin with: ./quiver evals run discovery --mode score --name main")
        return
    head = read_head(path)
    summary = summarise(read_results(path))
    typer.echo(summary_text(head, summary))
    unfinished = summary.samples < head.cases * head.repeat
    typer.echo(
        f"\nnext: ./quiver evals {'run ' + str(head.suite) + ' --name ' + head.name if unfinished else 'report ' + head.name}"
    )
