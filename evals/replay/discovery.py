"""Discovery, replayed: single answers to the recorded history, the whole talk, or samples from one turn on."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass

from evals.dataset.conversation import Artifacts, Conversation, Turn
from evals.replay.founder import SheetFounder
from evals.replay.models import Watched, calls_of, elapsed, watched
from evals.replay.stage import Stage
from evals.replay.talking import GraphTalk, Json, Spoken
from evals.replay.together import together
from evals.runs.output import Mode, Output

AT_ONCE = 4
"""Answers of one case that are made at once in `forced` mode."""
MOST_TURNS = 14
"""User turns of a talk with a simulated founder."""


@dataclass(frozen=True)
class Ask:
    """How a case is replayed. `turn` is the assistant's turn that `fork` begins at."""

    mode: Mode
    sample: int = 0
    turn: int | None = None
    keep_state: bool = False


async def replay(stage: Stage, case: Conversation, ask: Ask) -> Output:
    """What came out. An error of the graph is in the output; RunStopped ends the run."""
    seen = Watched()
    token = watched.set(seen)
    began = time.monotonic()
    made = _Made()
    error: str | None = None
    try:
        if ask.mode == "forced":
            await _forced(stage, case, ask, made)
        elif ask.mode == "fork":
            await _fork(stage, case, ask, made)
        elif ask.mode in {"free", "handover"}:
            await _free(stage, case, ask, made)
        else:
            await _sim(stage, case, ask, made)
    except GraphBroke as broke:
        error = str(broke)
    finally:
        watched.reset(token)
    return Output(
        mode=ask.mode,
        turns=sorted(made.turns, key=lambda turn: turn.i),
        artifacts=Artifacts(experiments=made.experiments),
        calls=calls_of([meter for talk in made.talks for meter in talk.meters], seen.cached),
        ms=elapsed(began),
        error=error,
        valid_prefix=made.valid_prefix,
        wiring=sorted(set(seen.wiring)),
        trails=Counter([line for talk in made.talks for line in await talk.trails()]),
        branches=sorted(seen.branches),
    )


class GraphBroke(Exception):  # noqa: N818 — errors are facts
    """The graph raised: the case failed, the run goes on."""


class _Made:
    """What a replay has made so far."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.talks: list[GraphTalk] = []
        self.experiments: list[Json] | None = None
        self.valid_prefix: int | None = None

    def add(self, spoken: Spoken) -> None:
        self.turns.append(spoken.turn)
        self.experiments = spoken.experiments or self.experiments


async def _forced(stage: Stage, case: Conversation, ask: Ask, made: _Made) -> None:
    """Each recorded answer again, to the history that it had."""
    places = [turn.i for turn in case.turns if turn.role == "assistant"]
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(place: int) -> None:
        async with slots:
            talk = await _talk_at(stage, case, ask, place, made)
            made.add(await _said(talk, case.turns[place - 1], place, ask))

    broke = [reason for reason in await together(_kept(one(place)) for place in places) if reason is not None]
    if broke:
        raise GraphBroke(f"{len(broke)} of {len(places)} answers: {broke[0]}")


async def _fork(stage: Stage, case: Conversation, ask: Ask, made: _Made) -> None:
    """One recorded answer again."""
    place = ask.turn if ask.turn is not None else len(case.turns) - 1
    talk = await _talk_at(stage, case, ask, place, made)
    made.turns += case.turns[:place]
    made.add(await _said(talk, case.turns[place - 1], place, ask))


async def _free(stage: Stage, case: Conversation, ask: Ask, made: _Made) -> None:
    """The recorded founder's lines one after the other, until one answers something else than was asked.

    In `handover` a founder who knows the facts takes over there, and goes on to the set.
    """
    talk = await GraphTalk.begin(stage, case, _thread(case, ask, ask.mode))
    made.talks.append(talk)
    asked: str | None = None
    for turn in case.turns:
        if turn.role != "user":
            continue
        if diverges(case, turn, asked):
            break
        made.turns.append(turn)
        spoken = await _said(talk, turn, turn.i + 1, ask)
        made.add(spoken)
        asked = spoken.turn.asks
        made.valid_prefix = turn.i + 2
    if ask.mode == "handover":
        said = [turn for turn in made.turns if turn.role == "user"]
        told = {fact for turn in said for fact in turn.gives}
        await _played(talk, SheetFounder(case, told=told, spoken=len(said)), asked, ask, made)


async def _sim(stage: Stage, case: Conversation, ask: Ask, made: _Made) -> None:
    """A whole talk with a founder who knows the fact sheet, to the set or until patience ends."""
    talk = await GraphTalk.begin(stage, case, _thread(case, ask, "sim"))
    made.talks.append(talk)
    await _played(talk, SheetFounder(case), None, ask, made)


async def _played(talk: GraphTalk, founder: SheetFounder, asked: str | None, ask: Ask, made: _Made) -> None:
    """The rest of a talk, from this question on."""
    while founder.spoken < MOST_TURNS and made.experiments is None:
        place = len(made.turns)
        said = founder.answer(asked).model_copy(update={"i": place})
        made.turns.append(said)
        spoken = await _said(talk, said, place + 1, ask)
        made.add(spoken)
        asked = spoken.turn.asks


def diverges(case: Conversation, turn: Turn, asked: str | None) -> bool:
    """Whether a recorded answer is none to what was asked: it tells topics, and not the one asked for."""
    told = {fact.slot for name in turn.gives if (fact := case.fact(name))}
    return asked is not None and bool(told) and asked not in told


async def _talk_at(stage: Stage, case: Conversation, ask: Ask, place: int, made: _Made) -> GraphTalk:
    talk = await GraphTalk.begin(stage, case, _thread(case, ask, str(place)), place - 1)
    made.talks.append(talk)
    return talk


async def _said(talk: GraphTalk, turn: Turn, place: int, ask: Ask) -> Spoken:
    """The graph's answer to the founder's turn. Raises GraphBroke for what it raised; what ends the run goes through."""
    from_graph = await talk.attempt(turn.content, place, approval=turn.approval, keep_state=ask.keep_state)
    if isinstance(from_graph, str):
        raise GraphBroke(from_graph)
    return from_graph


async def _kept(work: Awaitable[None]) -> str | None:
    """The reason for which work broke, kept from ending its neighbours."""
    try:
        await work
    except GraphBroke as broke:
        return str(broke)
    return None


def _thread(case: Conversation, ask: Ask, part: str) -> str:
    return f"{case.id}/{ask.mode}/{ask.sample}/{part}"
