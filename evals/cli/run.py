"""`./quiver evals run`."""

from typing import Literal, cast

import typer

from evals.cli.naming import run_path, stop
from evals.cli.tables import summary_text
from evals.dataset.conversation import SUITES, Split, Suite
from evals.dataset.reading import DataInvalid, conversations
from evals.runs.file import RunInvalid, RunWriter, read_head, read_results
from evals.runs.scoring import new_head, score_recorded
from evals.runs.summary import summarise
from prompts import load, prompt_ids

app = typer.Typer(add_completion=False)


@app.command()
def run(
    suite: str = typer.Argument("all", help="discovery, filters, outreach, safety, or all."),
    name: str = typer.Option("last", help="What to keep the run under; the same again goes on with it."),
    mode: str = typer.Option("score", help="score: what was recorded."),
    only: list[str] = typer.Option([], help="Only cases with this tag (tag:de) or id."),
    split: str = typer.Option("dev", help="dev, holdout, or all."),
) -> None:
    """Run a suite and score what comes out. Killed, it goes on where it was."""
    if suite not in (*SUITES, "all"):
        raise stop(ValueError(f"There is no suite {suite!r}: {', '.join(SUITES)}, or all."))
    path = run_path(name)
    tags = [each.removeprefix("tag:") for each in only if each.startswith("tag:")]
    ids = [each for each in only if not each.startswith("tag:")]
    wanted = None if suite == "all" else cast(Suite, suite)
    part: Literal["dev", "holdout"] | None = None if split == "all" else cast(Split, split)
    try:
        count = sum(1 for _ in conversations(suite=wanted, split=part, tags=tags, ids=ids))
        head = new_head(name, suite, cases=count, prompts={each: load(each).tag for each in prompt_ids()})
        writer = RunWriter(path, head)
        try:
            for _ in score_recorded(conversations(suite=wanted, split=part, tags=tags, ids=ids), writer):
                pass
        finally:
            writer.close()
    except (DataInvalid, RunInvalid) as error:
        raise stop(error) from error
    typer.echo(summary_text(read_head(path), summarise(read_results(path))))
