"""`./quiver evals fork`."""

from pathlib import Path

import typer

from evals.replay.choosing import chosen_prompts
from evals.replay.discovery import Ask
from evals.replay.errors import RunStopped
from evals.replay.running import produced
from evals.replay.stage import Stage
from evals.runs.output import Output
from evals.scorers.registry import score
from evals.scorers.score import Case
from evals.terminal.naming import stop
from evals.terminal.staging import on_stage, one_case

app = typer.Typer(add_completion=False)


@app.command()
def fork(
    case: str = typer.Argument(help="A talk's id."),
    turn: int = typer.Option(help="The assistant's turn to make again."),
    samples: int = typer.Option(3, "-n", min=1, max=50, help="How often."),
    prompts: Path = typer.Option(None, help="A folder of prompts."),
    prompt: str = typer.Option("", help="A git revision whose prompts to use."),
    sandbox: bool = typer.Option(False, help="Let the sandbox play the models."),
    budget: float = typer.Option(None, min=0, help="US dollars."),
) -> None:
    """Make one answer again, so many times, from the history that it had: was it the turn, or what came before?"""
    found = one_case(case)
    if turn not in {each.i for each in found.said("assistant")}:
        raise stop(
            ValueError(
                f"Turn {turn} is none of the assistant's: {[each.i for each in found.said('assistant')]}"
            )
        )

    async def work(stage: Stage) -> list[Output]:
        return [await produced(stage, found, Ask("fork", sample, turn)) for sample in range(samples)]

    try:
        with chosen_prompts(prompts, prompt):
            outputs = on_stage(work, sandbox=sandbox, budget=budget)
    except RunStopped as error:
        raise stop(error) from error
    typer.echo(f"recorded: {found.turns[turn].content}\n")
    for number, output in enumerate(outputs):
        said = next((each.content for each in output.turns if each.i == turn), output.error)
        failed = [
            f"{each.scorer}: {each.reason}"
            for each in score(Case(found, output))
            if each.turn == turn and each.verdict == "fail"
        ]
        typer.echo(f"#{number}: {said}\n    {'; '.join(failed) or 'nothing to object'}")
