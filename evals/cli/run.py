"""`./quiver evals run`."""

import importlib
from pathlib import Path
from typing import get_args

import typer

from evals.dataset.reading import DataInvalid
from evals.runs.file import RunInvalid, RunWriter, read_head, read_results
from evals.runs.output import Mode
from evals.runs.scoring import new_head, score_recorded
from evals.runs.summary import summarise
from evals.terminal.naming import run_path, stop
from evals.terminal.selection import Selection, select
from evals.terminal.tables import summary_text
from prompts import load, prompt_ids

app = typer.Typer(add_completion=False)


@app.command()
def run(  # noqa: PLR0913, PLR0917 — the options of a command line
    suite: str = typer.Argument(
        "all", help="discovery, filters, outreach, safety, wiring (probes and ten cases), or all."
    ),
    name: str = typer.Option("last", help="What to keep the run under; the same again goes on with it."),
    mode: str = typer.Option(
        "score",
        help="score: what was recorded. forced: each answer anew, to the recorded history. free: the recorded founder's lines, while they fit. "
        "handover: then a founder who knows the facts. "
        "sim: that founder from the beginning.",
    ),
    only: list[str] = typer.Option([], help="Only cases with this tag (tag:de) or id."),
    split: str = typer.Option("dev", help="dev, holdout, or all."),
    sandbox: bool = typer.Option(
        False, help="Let the sandbox play the models: free, and says something of wiring only."
    ),
    prompts: Path = typer.Option(None, help="A folder of prompts to use in place of the product's."),
    prompt: str = typer.Option("", help="A git revision whose prompts to use."),
    repeat: int = typer.Option(1, min=1, max=50, help="How often each case is run."),
    budget: float = typer.Option(None, min=0, help="US dollars that the whole run may cost."),
    at_once: int = typer.Option(4, min=1, max=32, help="Cases under way at once."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Don't ask before spending."),
) -> None:
    """Run a suite and score what comes out. Killed, it goes on where it was, and pays for nothing twice."""
    path = run_path(name)
    try:
        if mode not in get_args(Mode) or mode == "fork":
            raise stop(
                ValueError(
                    f"There is no mode {mode!r}: score, forced, free, handover, sim (and the command fork)."
                )
            )
        chosen = select(suite, split, only)
        if mode == "score":
            _score(path, name, chosen)
        else:
            replaying = importlib.import_module("evals.terminal.replaying")
            replaying.run(
                path, name, chosen, mode, sandbox=sandbox, prompts=prompts, revision=prompt, repeat=repeat, budget=budget,
                at_once=at_once, ask=not yes,
            )  # fmt: skip
    except (DataInvalid, RunInvalid) as error:
        raise stop(error) from error
    typer.echo(summary_text(read_head(path), summarise(read_results(path))))


def _score(path: Path, name: str, chosen: Selection) -> None:
    head = new_head(
        name, chosen.suite, cases=chosen.count(), prompts={each: load(each).tag for each in prompt_ids()}
    )
    writer = RunWriter(path, head)
    try:
        for _ in score_recorded(chosen.cases(), writer):
            pass
    finally:
        writer.close()
