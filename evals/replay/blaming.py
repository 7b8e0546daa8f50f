"""Blame: whose fault a bad end was. The talk is taken up again at each turn; where it first can't be saved, it went wrong before."""

from dataclasses import dataclass

from evals.dataset.conversation import Artifacts, Conversation
from evals.replay.discovery import MOST_TURNS
from evals.replay.founder import SheetFounder
from evals.replay.stage import Stage
from evals.replay.talking import GraphTalk
from evals.runs.output import Output
from evals.scorers.registry import BY_NAME
from evals.scorers.score import Case

END = ("set_as_expected", "five_kinds", "controlled", "set_rules", "distinct", "quotes_stand")
"""What a good end is."""


@dataclass(frozen=True)
class Attempt:
    """A talk taken up before the answer `turn`: whether it ended well."""

    turn: int
    saved: bool
    why: str


async def blame(stage: Stage, case: Conversation) -> list[Attempt]:
    """The attempts of a bisection: with the recorded history up to the latest turn from which the talk still ends well."""
    places = [turn.i for turn in case.said("assistant")]
    tried: dict[int, Attempt] = {}
    low, high = 0, len(places) - 1
    while low <= high:
        middle = (low + high + 1) // 2
        attempt = await taken_up(stage, case, places[middle])
        tried[middle] = attempt
        if attempt.saved:
            low = middle + 1
        else:
            high = middle - 1
    return [tried[place] for place in sorted(tried)]


def verdict(attempts: list[Attempt]) -> str:
    """What a bisection says."""
    saved = [attempt.turn for attempt in attempts if attempt.saved]
    lost = [attempt.turn for attempt in attempts if not attempt.saved]
    if not saved:
        return "No turn saves it: not even a talk from its beginning ends well. The prompts of the end are to blame, or the facts."
    if not lost:
        return "Every turn saves it: with this wording the talk ends well wherever it is taken up."
    return f"Taken up before turn {max(saved)} it ends well, before turn {min(lost)} it does not: look at turn {max(saved)}."


async def taken_up(stage: Stage, case: Conversation, place: int) -> Attempt:
    """Go on from the recorded history before this answer, with a founder who knows the rest, to the set."""
    talk = await GraphTalk.begin(stage, case, f"{case.id}/blame/{place}", place - 1)
    founder = SheetFounder(case, told={name for turn in case.turns[:place] for name in turn.gives})
    turns, experiments = list(case.turns[:place]), None
    said = case.turns[place - 1]
    while experiments is None and founder.spoken < MOST_TURNS:
        spoken = await talk.attempt(said.content, len(turns), approval=said.approval)
        if isinstance(spoken, str):
            return Attempt(place, saved=False, why=spoken)
        turns.append(spoken.turn)
        experiments = spoken.experiments
        if experiments is None:
            said = founder.answer(spoken.turn.asks).model_copy(update={"i": len(turns)})
            turns.append(said)
    output = Output(mode="sim", turns=turns, artifacts=Artifacts(experiments=experiments))
    failed = [
        score
        for name in END
        for score in BY_NAME[name].scores(Case(case, output))
        if score.verdict in {"fail", "error"}
    ]
    if experiments is None:
        return Attempt(place, saved=False, why="no set came of it")
    return Attempt(
        place, saved=not failed, why="; ".join(f"{score.scorer}: {score.reason}" for score in failed[:2])
    )
