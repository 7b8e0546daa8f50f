"""`./quiver evals mutate`."""

import tempfile
from itertools import islice
from pathlib import Path

import typer

from evals.dataset.conversation import Conversation
from evals.replay.discovery import Ask
from evals.replay.mutating import Dropped, droppable
from evals.replay.running import produced
from evals.replay.stage import Stage
from evals.replay.together import together
from evals.scorers.registry import score
from evals.scorers.score import Case
from evals.terminal.naming import stop
from evals.terminal.selection import select
from evals.terminal.staging import on_stage
from prompts.loader import library, using

app = typer.Typer(add_completion=False)
Scores = dict[tuple[str, str, int | None], float | None]


@app.command()
def mutate(
    suite: str = typer.Argument(help="discovery, filters or outreach."),
    prompt: str = typer.Option(
        "", help="One prompt, such as discovery/followup; without it, all of the suite."
    ),
    cases: int = typer.Option(3, min=1, help="Cases that each wording is tried on."),
    most: int = typer.Option(10, min=1, help="Sentences that are dropped, at most."),
    sandbox: bool = typer.Option(False, help="Let the sandbox play the models."),
    budget: float = typer.Option(None, min=0, help="US dollars."),
) -> None:
    """Drop a sentence of a prompt at a time. Those whose loss no scorer notices are instructions that nobody tests."""
    chosen = list(islice(select(suite, "dev").cases(), cases))
    ids = [prompt] if prompt else [each for each in library().ids() if each.startswith(f"{suite}/")]
    if not ids or any(each not in library().ids() for each in ids):
        raise stop(ValueError(f"There is no prompt {prompt or suite}."))
    dropped = list(islice((each for prompt_id in ids for each in droppable(library(), prompt_id)), most))

    async def work(stage: Stage) -> list[tuple[Dropped, int]]:
        before = await _scores(stage, chosen)
        return [(each, await _noticed(stage, chosen, each, before)) for each in dropped]

    for each, noticed in on_stage(work, sandbox=sandbox, budget=budget):
        typer.echo(
            f"{'noticed by ' + str(noticed) if noticed else 'NOT TESTED'}  {each.prompt_id}: {' '.join(each.sentence.split())[:110]}"
        )


async def _noticed(stage: Stage, cases: list[Conversation], dropped: Dropped, before: Scores) -> int:
    """How many scores are others without the sentence."""
    with tempfile.TemporaryDirectory() as folder, using(dropped.written(library(), Path(folder))):
        after = await _scores(stage, cases)
    return sum(before.get(place) != after.get(place) for place in before.keys() | after.keys())


async def _scores(stage: Stage, cases: list[Conversation]) -> Scores:
    outputs = await together(produced(stage, case, Ask("forced")) for case in cases)
    return {
        (case.id, each.scorer, each.turn): each.value
        for case, output in zip(cases, outputs, strict=True)
        for each in score(Case(case, output))
    }
