"""`./quiver evals show`."""

import typer

from evals.dataset.conversation import Approval, Conversation
from evals.dataset.reading import conversations
from evals.runs.file import Result, read_results
from evals.runs.output import recorded
from evals.runs.scoring import item_of
from evals.scorers.registry import score
from evals.scorers.score import Case, Score
from evals.terminal.naming import existing

app = typer.Typer(add_completion=False)
MARKS = {"pass": "✓", "fail": "✗", "score": "·", "na": " ", "error": "!"}


@app.command()
def show(
    case: str = typer.Argument(help="A case's id."),
    run: str = typer.Option("", help="The run to show it from; without one, as it was recorded."),
    turn: int = typer.Option(-1, help="Only this turn."),
    reveal_holdout: bool = typer.Option(False, help="Show the text of a hold-out case; think first."),
) -> None:
    """Print a case turn by turn with what scorers said of it."""
    found = next(conversations(ids=[case]), None)
    if found is None:
        typer.echo(f"There is no case {case}.", err=True)
        raise typer.Exit(2)
    if found.split == "holdout" and not reveal_holdout:
        typer.echo(f"{case} is in the hold-out: its text is not shown (--reveal-holdout).", err=True)
        raise typer.Exit(2)
    results = (
        [result for result in read_results(existing(run)) if result.item.case == case]
        if run
        else [_recorded(found)]
    )
    for result in results:
        typer.echo(_text(found, result, turn))


def _recorded(case: Conversation) -> Result:
    item = item_of(case, recorded(case))
    return Result(item, score(Case(case, item.output)))


def _text(case: Conversation, result: Result, only: int) -> str:
    lines = [f"{case.id} · {case.suite} · {case.source.origin} · {case.cluster} · {' '.join(case.tags)}"]
    produced = {turn.i: turn for turn in result.item.output.turns}
    turns = case.turns if result.item.output.mode == "forced" else result.item.output.turns
    for turn in turns:
        if only not in (-1, turn.i):
            continue
        said = produced.get(turn.i, turn)
        lines.append(f"\n[{turn.i}] {turn.role}{f' asks {said.asks}' if said.asks else ''}\n{said.content}")
        if turn.approval is not None:
            lines.append(
                f"    {'yes' if turn.approval.approved else 'no'} to the card{_reason(turn.approval)}"
            )
        lines += [_line(score) for score in result.scores if score.turn == turn.i]
    if only == -1:
        lines.append("\nthe whole")
        lines += [_line(score) for score in result.scores if score.turn is None and score.verdict != "na"]
    return "\n".join(lines)


def _reason(approval: Approval) -> str:
    return f": {approval.reason}" if approval.reason else ""


def _line(score: Score) -> str:
    value = f" {score.value:.2f}" if score.verdict == "score" and score.value is not None else ""
    return f"    {MARKS[score.verdict]} {score.scorer}{value}{': ' + score.reason if score.reason else ''}"
