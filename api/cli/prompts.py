"""`./quiver prompts`: lint, lock and read the prompts."""

import typer

from prompts import prompt_ids
from prompts.lint import lint as lint_prompts
from prompts.lock import write_lock
from prompts.prompt import PromptInvalid
from prompts.sample import render_sample

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The prompts: Markdown files in prompts/.")


@app.command()
def lint() -> None:
    """Exit with 1 when a prompt breaks a rule or changed without a new version."""
    problems = lint_prompts()
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def lock() -> None:
    """Write prompts/lock.json. A changed prompt needs a higher version first."""
    try:
        write_lock()
    except PromptInvalid as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo("Locked.")


@app.command()
def render(
    prompt_id: str = typer.Argument("", help="Such as discovery/strategy; without it, a list."),
) -> None:
    """Print a prompt as a model reads it, with its hand-written sample inputs."""
    if not prompt_id:
        typer.echo("\n".join(prompt_ids()))
        return
    try:
        prompt = render_sample(prompt_id)
    except PromptInvalid as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"[{prompt.tag}]\n\n{prompt.text}")
