"""`./quiver evals judge`."""

import typer

from evals.dataset.reading import DataInvalid
from evals.judging.judge import judge_prompt
from evals.judging.scoring import answers_in, judge_run, unjudged
from evals.judging.standing import JUDGES, signature, why_grey
from evals.replay.errors import RunStopped
from evals.replay.stage import Stage
from evals.runs.file import RunInvalid, read_head, read_results
from evals.runs.summary import summarise
from evals.terminal.judging import agree, judge_model
from evals.terminal.naming import existing, stop
from evals.terminal.staging import on_stage
from evals.terminal.tables import summary_text

app = typer.Typer(add_completion=False)


@app.command("judge")
def judge_answers(
    run: str = typer.Argument(help="The run whose answers are judged."),
    key: str = typer.Option("question_quality", "--judge", help="The judge."),
    sandbox: bool = typer.Option(False, help="Let the sandbox play the judge: shows the way, says nothing."),
    budget: float = typer.Option(None, min=0, help="US dollars."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Don't ask before spending."),
) -> None:
    """Let a judge look at every answer of a run. Its scores are grey, and gate nothing, until `calibrate` bears it out.

    The judge is EVALS_JUDGE_MODEL, never the model under test. Killed, it goes on where it was.
    """
    if key not in JUDGES:
        raise stop(ValueError(f"There is no judge {key!r}: {', '.join(JUDGES)}."))
    path = existing(run)
    try:
        chosen = judge_model(sandbox=sandbox, under_test=read_head(path).model or None)
        by = signature(chosen.name, judge_prompt(key).hash)
        waiting = unjudged(path, key, by)
        if waiting and not sandbox:
            agree(len(waiting), answers_in(waiting), chosen, budget, yes=yes)

        async def work(stage: Stage) -> int:
            return await judge_run(stage, path, key, by, typer.echo)

        count = on_stage(work, sandbox=sandbox, budget=budget, settings=chosen.settings) if waiting else 0
        grey = why_grey(key, {by})
    except (RunStopped, RunInvalid, DataInvalid) as error:
        raise stop(error) from error
    typer.echo(summary_text(read_head(path), summarise(read_results(path))))
    typer.echo(f"{key} looked at {count} items: {f'grey, it decides nothing: {grey}' if grey else 'trusted'}")
