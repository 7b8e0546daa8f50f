"""`./quiver evals gate`."""

from pathlib import Path
from typing import Literal

import typer

from evals.gating.gate import decide
from evals.gating.thresholds import FILE, read_thresholds
from evals.gating.verdict_text import junit, markdown
from evals.runs.file import RunInvalid
from evals.terminal.loading import leaked_holdout, load
from evals.terminal.naming import stop

app = typer.Typer(add_completion=False)


@app.command()
def gate(
    run: str = typer.Argument(help="The run that is to go out."),
    baseline: str = typer.Option("main", help="The run or baseline it is measured by."),
    profile: str = typer.Option(
        "quality", help="quality, or wiring: whether prompts still get and ask for all they need."
    ),
    thresholds: Path = typer.Option(FILE, help="The limits."),
    junit_file: Path = typer.Option(None, "--junit", help="Write the verdict as JUnit XML, too."),
    markdown_file: Path = typer.Option(None, "--markdown", help="Write the verdict as Markdown, too."),
) -> None:
    """Exit with 0 when the run may go out, 1 when it may not, 2 when that can't be told."""
    if profile not in {"quality", "wiring"}:
        raise stop(ValueError(f"There is no profile {profile!r}: quality or wiring."))
    chosen: Literal["quality", "wiring"] = "wiring" if profile == "wiring" else "quality"
    try:
        decision = decide(
            load(baseline), load(run), read_thresholds(thresholds), chosen, leaked=leaked_holdout()
        )
    except RunInvalid as error:
        raise stop(error) from error
    text = markdown(decision)
    typer.echo(text)
    if junit_file:
        junit_file.write_text(junit(decision), encoding="utf-8")
    if markdown_file:
        markdown_file.write_text(text, encoding="utf-8")
    raise typer.Exit(int(decision.outcome))
