"""`./quiver evals wiring`."""

import typer

from evals.replay.wiring import lost, read_wiring, whole_wiring, write_wiring
from prompts.loader import library

app = typer.Typer(add_completion=False)


@app.command()
def wiring(
    write: bool = typer.Option(False, help="Record the wiring as it is now: after you meant to change it."),
) -> None:
    """Say what a prompt lost: an input, a fence around foreign text, a section, its schema. Exit with 1 when one did."""
    if write:
        write_wiring(library())
        typer.echo(f"Recorded the wiring of {len(whole_wiring(library()))} prompts.")
        return
    recorded = read_wiring()
    problems = [text for prompt_id in library().ids() for text in lost(prompt_id, library(), recorded)]
    problems += [f"{prompt_id} is gone" for prompt_id in recorded.keys() - set(library().ids())]
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("Every prompt is wired as recorded.")
