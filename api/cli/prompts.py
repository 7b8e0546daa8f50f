"""`./quiver prompts`: lint, lock, read and compare the prompts."""

import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

import typer

from prompts import prompt_ids
from prompts.diff import diff_prompts
from prompts.lint import lint as lint_prompts
from prompts.loader import FOLDER, PromptLibrary, library
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


@app.command()
def diff(
    prompt_id: str = typer.Argument("", help="Such as discovery/strategy; without it, all."),
    against: str = typer.Option("HEAD", help="The git revision to compare with."),
) -> None:
    """Print what changed in the prompts since a git revision: tags, then lines, partials included."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _check_out(against, Path(folder))
            lines = list(diff_prompts(PromptLibrary(Path(folder) / FOLDER.name), library(), prompt_id))
        except PromptInvalid as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(1) from problem
    typer.echo("\n".join(lines) if lines else f"No prompt differs from {against}.")


def _check_out(revision: str, folder: Path) -> None:
    """Put the prompts of a revision into a folder. Raises PromptInvalid when git can't tell them."""
    if revision.startswith("-"):
        raise PromptInvalid(f"{revision!r} is not a revision")
    command = ["git", "archive", "--format=tar", revision, FOLDER.name]
    try:
        done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, check=True)  # noqa: S603 — our own words
    except (OSError, subprocess.CalledProcessError) as error:
        raise PromptInvalid(f"git can't tell the prompts of {revision!r}") from error
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
