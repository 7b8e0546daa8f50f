"""Style learns from the founder's own words and never loses the words they refuse."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from agents.discovery.style import style
from agents.discovery.style_source import examples_mark, known_style, style_due
from persistence.session import UnitOfWork
from tests.factories.states import FACTS, SAID, brief, message, state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer
from tools.discovery.brief import CompanyBrief, load_brief
from tools.discovery.learned_style import Style
from tools.turns.lease import LeaseLost

VOICE = [
    {
        "id": "onboarding:voice.contentExamples",
        "text": "Hi Anna – short one. Your close takes nine days, ours two. Tom",
    },
    {"id": "onboarding:voice.wordsNeverUsed", "text": "synergy, leverage"},
]


@pytest.mark.parametrize("language", SAID)
async def test_the_refused_words_are_in_the_guide_whatever_the_model_says(
    bench: NodeBench, language: str
) -> None:
    update, heard = await bench.run(style, state(language, brief=brief(facts=[*FACTS, *VOICE])))
    assert update["style"]["guide"]["words_never_used"][:2] == ["synergy", "leverage"]
    assert not heard.text


async def test_what_the_guide_copies_was_really_written(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("fabricating")
    update, _ = await bench.run(style, state(brief=brief(facts=[*FACTS, *VOICE])))
    guide = update["style"]["guide"]
    assert guide["words_never_used"] == ["synergy", "leverage"]
    assert (guide["words_used"], guide["openings"], guide["endings"], guide["examples"]) == ([], [], [], [])


async def test_an_unusable_answer_keeps_the_old_guide(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("garbage", kind="structured")
    update, _ = await bench.run(style, state())
    assert "style" not in update


async def test_it_is_due_with_examples_or_enough_talk_and_again_when_the_examples_change(
    bench: NodeBench,
) -> None:
    short = state(messages=[message("user", "Hello", 1)])
    assert not style_due(short)
    assert style_due({**short, "messages": [message("user", "x" * 600, 1)]})
    taught = {**short, "brief": brief(facts=VOICE)}
    assert style_due(taught)
    learned, _ = await bench.run(style, taught)
    assert not style_due({**taught, **learned})  # type: ignore[typeddict-item]
    changed = brief(facts=[{**VOICE[0], "text": "Dear Sir"}])
    assert style_due({**taught, **learned, "brief": changed})  # type: ignore[typeddict-item]


async def test_what_a_talk_has_learned_the_next_one_knows(bench: NodeBench) -> None:
    taught = state(brief=brief(facts=VOICE), messages=[message("user", "Hello", 1)])
    learned, _ = await bench.run(style, taught)
    stored = (await stored_brief(bench))["style"]
    assert stored == learned["style"]
    later = {**taught, "brief": brief(facts=VOICE, style=stored)}
    assert style_due(taught)
    assert not style_due({**later, "style": known_style(later)})  # type: ignore[arg-type, typeddict-item]


def guide(examples: str) -> Style:
    return {"guide": {"tone": "plain"}, "learned_from": 0, "examples": examples}


def test_a_talk_keeps_its_own_guide_unless_another_learned_from_newer_examples() -> None:
    mark = examples_mark(VOICE)
    assert known_style(state(style=guide("old"), brief=brief(facts=VOICE))) == guide("old")
    assert known_style(state(brief=brief(facts=VOICE, style=guide("old")))) == guide("old")
    both = state(style=guide("old"), brief=brief(facts=VOICE, style=guide(mark)))
    assert known_style(both) == guide(mark)
    own = {**guide(mark), "learned_from": 7}
    assert known_style(state(style=own, brief=brief(facts=VOICE, style=guide(mark)))) == own
    assert known_style(state(style=guide(mark), brief=brief(facts=VOICE, style=guide("old")))) == guide(mark)


def test_a_guide_of_other_examples_is_only_where_learning_begins() -> None:
    talk = state(brief=brief(facts=VOICE, style=guide("old")))
    assert style_due({**talk, "style": known_style(talk)})  # type: ignore[typeddict-item]


async def test_a_database_that_is_away_costs_the_next_talk_its_guide_not_this_one(bench: NodeBench) -> None:
    async def away(_uow: UnitOfWork) -> None:
        raise OperationalError("SELECT", {}, OSError())

    update, _ = await NodeBench(replace(bench.context, guard=away), []).run(
        style, state(brief=brief(facts=VOICE))
    )
    assert update["style"]["guide"]
    assert "style" not in await stored_brief(bench)


async def test_a_process_that_lost_the_turn_keeps_nothing(bench: NodeBench) -> None:
    async def lost(_uow: UnitOfWork) -> None:
        raise LeaseLost

    with pytest.raises(LeaseLost):
        await NodeBench(replace(bench.context, guard=lost), []).run(style, state(brief=brief(facts=VOICE)))
    assert "style" not in await stored_brief(bench)


async def stored_brief(bench: NodeBench) -> CompanyBrief:
    context = bench.context
    return await load_brief(context.database.direct, context.caller, context.workspace_id)
