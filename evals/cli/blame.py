"""`./quiver evals blame`."""

import typer

from evals.replay.blaming import Attempt, blame, verdict
from evals.replay.stage import Stage
from evals.terminal.staging import on_stage, one_case

app = typer.Typer(add_completion=False)


@app.command("blame")
def blame_case(
    case: str = typer.Argument(help="A talk that ended badly."),
    sandbox: bool = typer.Option(False, help="Let the sandbox play the models."),
    budget: float = typer.Option(None, min=0, help="US dollars."),
) -> None:
    """Find the turn at which a talk went wrong: take it up again at ever other turns, and see from where it still ends well."""
    found = one_case(case)

    async def work(stage: Stage) -> list[Attempt]:
        return await blame(stage, found)

    attempts = on_stage(work, sandbox=sandbox, budget=budget)
    for attempt in attempts:
        typer.echo(f"before turn {attempt.turn}: {'ends well' if attempt.saved else attempt.why}")
    typer.echo(verdict(attempts))
