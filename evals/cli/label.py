"""`./quiver evals label`."""

from random import Random

import typer

from evals.dataset.conversation import Conversation, Turn
from evals.dataset.reading import conversations
from evals.judging.labels import TurnLabel, Value, add_label, read_labels

app = typer.Typer(add_completion=False)
KEYS: dict[str, Value] = {"p": "pass", "f": "fail", "c": "cannot_tell"}
SHOWN = 4


@app.command()
def label(
    key: str = typer.Argument(help="What is judged, such as question_quality."),
    rater: str = typer.Option(help="Your initials."),
    most: int = typer.Option(20, min=1, help="So many turns at most."),
    seed: int = typer.Option(
        0, help="Which turns are drawn: two raters with the same seed see the same ones."
    ),
) -> None:
    """Show recorded answers blind, one after the other, and keep what you think of each. Labels by two people calibrate a judge."""
    done = {(each.case, each.turn) for each in read_labels(key) if each.rater == rater}
    places = [(case.id, turn.i) for case in _talks() for turn in case.said("assistant")]
    Random(seed).shuffle(places)  # noqa: S311 — a reproducible order, nothing secret
    for case_id, place in [each for each in places if each not in done][:most]:
        case = next(each for each in _talks() if each.id == case_id)
        _show(case, case.turns[place])
        answer = typer.prompt("pass, fail, cannot tell, quit [p/f/c/q]").strip().lower()[:1]
        if answer not in KEYS:
            break
        add_label(key, TurnLabel(case=case_id, turn=place, rater=rater, value=KEYS[answer], made_by="person"))


def _talks() -> list[Conversation]:
    return [case for case in conversations(split="dev") if case.suite == "discovery"]


def _show(case: Conversation, turn: Turn) -> None:
    """The last turns before an answer and the answer: no version, no score, no origin."""
    for before in case.turns[max(0, turn.i - SHOWN) : turn.i]:
        typer.echo(f"{'founder' if before.role == 'user' else 'agent'}: {before.content}")
    typer.echo(f"\n→ {turn.content}\n")
