"""`./quiver evals lint`."""

from pathlib import Path

import typer

from evals.dataset.lint import lint as lint_data
from evals.dataset.reading import DATA, conversations
from evals.judging.labels import lint_labels

app = typer.Typer(add_completion=False)


@app.command()
def lint(
    files: list[Path] = typer.Argument(None, help="Files to check; without any, the whole data set."),
    data: Path = typer.Option(DATA, help="The folder of the data set."),
) -> None:
    """Exit with 1 when a line of the data set or of the labels breaks a rule; each problem with file and line."""
    missing = [path for path in files or [] if not path.is_file()]
    if missing:
        typer.echo(f"there is no file {missing[0]}", err=True)
        raise typer.Exit(1)
    problems = lint_data(data, files=files or None)
    if not files and not problems:
        problems = list(lint_labels(_answers(data)))
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("The data set is in order.")


def _answers(data: Path) -> dict[str, set[int]]:
    return {case.id: {turn.i for turn in case.said("assistant")} for case in conversations(data)}
