"""Blame, judges and dropped sentences over the real graph and the sandbox: that they go their way, not that the sandbox is wise."""

from pathlib import Path

import pytest

from evals.dataset.reading import conversations
from evals.judging.judge import judge
from evals.replay.blaming import Attempt, blame, verdict
from evals.replay.discovery import Ask
from evals.replay.mutating import droppable
from evals.replay.running import produced
from evals.replay.stage import Stage
from prompts.loader import library, using

pytestmark = pytest.mark.full
"""`make test-full PART=evals`: a quarter of a minute."""


async def test_a_talk_is_taken_up_at_fewer_turns_than_it_has(stage: Stage) -> None:
    case = next(conversations(ids=["disc-3008"]))
    attempts = await blame(stage, case)

    assert 1 <= len(attempts) <= 4
    assert {attempt.turn for attempt in attempts} <= {turn.i for turn in case.said("assistant")}
    assert all(attempt.saved or attempt.why for attempt in attempts)


def test_the_verdict_names_the_turn_between_the_last_that_saves_and_the_first_that_does_not() -> None:
    assert "look at turn 3" in verdict(
        [Attempt(1, True, ""), Attempt(3, True, ""), Attempt(5, False, "no set came of it")]
    )
    assert "No turn saves it" in verdict([Attempt(1, False, "x")])
    assert "Every turn saves it" in verdict([Attempt(1, True, "")])


async def test_a_judge_answers_in_its_form(stage: Stage) -> None:
    case = next(conversations(ids=["disc-1001"]))
    value, reasons = await judge(stage, "question_quality", case.turns[:3], case.turns[3])

    assert value in {"pass", "fail", "cannot_tell"}
    assert reasons


async def test_a_wording_without_a_sentence_is_another_wording_to_the_models(
    stage: Stage, tmp_path: Path
) -> None:
    case = next(conversations(ids=["disc-1033"]))
    dropped = next(droppable(library(), "discovery/followup"))
    own = await produced(stage, case, Ask("forced"))
    with using(dropped.written(library(), tmp_path)):
        changed = await produced(stage, case, Ask("forced"))

    followups = {call.prompt for call in own.calls if call.prompt.startswith("discovery/followup")}
    assert not followups & {call.prompt for call in changed.calls}
