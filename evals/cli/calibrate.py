"""`./quiver evals calibrate`."""

import typer

from evals.dataset.reading import DataInvalid, conversations
from evals.judging.calibration import Place, calibrate, keep, mark, trusted
from evals.judging.judge import judge, judge_prompt
from evals.judging.labels import Value, by_people, read_labels
from evals.replay import cache
from evals.replay.errors import RunStopped
from evals.replay.stage import Stage
from evals.terminal.judging import agree, judge_model
from evals.terminal.naming import stop
from evals.terminal.staging import on_stage

app = typer.Typer(add_completion=False)
RUNS = 3


@app.command("calibrate")
def calibrate_judge(
    key: str = typer.Argument(help="The judge, such as question_quality."),
    sandbox: bool = typer.Option(
        False, help="Let the sandbox play the judge: shows the way, calibrates nothing."
    ),
    budget: float = typer.Option(None, min=0, help="US dollars."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Don't ask before spending."),
) -> None:
    """Compare a judge with people's labels. Until it is good enough, for this wording, model and labels, its scores are grey."""
    try:
        labels = list(read_labels(key))
    except DataInvalid as error:
        raise stop(error) from error
    people = by_people(iter(labels))
    if not people:
        others = f" ({len(labels)} are synthetic or a model's: they calibrate nothing)" if labels else ""
        raise stop(
            ValueError(f"No person has labelled {key} yet{others}: ./quiver evals label {key} --rater YOU")
        )
    try:
        chosen = judge_model(sandbox=sandbox)
        if not sandbox:
            agree(len(people), len(people) * RUNS, chosen, budget, yes=yes)
    except RunStopped as error:
        raise stop(error) from error

    async def work(stage: Stage) -> list[dict[Place, Value]]:
        return [await _run(stage, key, people.keys(), number) for number in range(RUNS)]

    found = calibrate(people, on_stage(work, sandbox=sandbox, budget=budget, settings=chosen.settings))
    holds_for = mark(judge_prompt(key).hash, chosen.name, people)
    if not sandbox:
        keep(key, holds_for, found)
    for name, value in vars(found).items():
        typer.echo(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
    problems = found.problems() or (["the sandbox judged"] if sandbox else [])
    typer.echo("trusted" if trusted(key, holds_for) and not problems else f"grey: {'; '.join(problems)}")


async def _run(stage: Stage, key: str, places: object, number: int) -> dict[Place, Value]:
    """One look of the judge at every labelled turn. Each of its runs is asked anew."""
    cache.sample.set(number)
    wanted: set[Place] = set(places)  # type: ignore[call-overload]
    found: dict[Place, Value] = {}
    for case in conversations(ids={case for case, _ in wanted}):
        for turn in case.said("assistant"):
            if (case.id, turn.i) in wanted:
                found[case.id, turn.i] = (await judge(stage, key, case.turns[: turn.i], turn))[0]
    return found
