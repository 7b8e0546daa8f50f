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
from tools.discovery.schemas import StyleGuide
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
    assert not style_due({**later, "style": known_style(later, "en")})  # type: ignore[arg-type, typeddict-item]


def guide(examples: str, language: str = "en") -> Style:
    whole = {**dict.fromkeys(StyleGuide.model_fields, ""), "language": language}
    return {"guide": whole, "learned_from": 0, "examples": examples}


MARK = examples_mark(VOICE)


@pytest.mark.parametrize(
    ("own", "kept", "known"),
    [
        (None, guide(MARK), guide(MARK)),
        (None, guide(MARK, "en-GB"), guide(MARK, "en-GB")),
        (None, guide(MARK, "de"), None),
        (None, guide("old"), None),
        (None, {**guide(MARK), "guide": {"language": "en"}}, None),
        (guide("old"), None, guide("old")),
        (guide("old"), guide(MARK), guide(MARK)),
        ({**guide(MARK), "learned_from": 7}, guide(MARK), {**guide(MARK), "learned_from": 7}),
        (guide(MARK), guide("old"), guide(MARK)),
    ],
)
def test_a_talk_takes_another_ones_guide_over_where_that_is_of_these_examples_and_its_language(
    own: Style | None, kept: Style | None, known: Style | None
) -> None:
    stored = brief(facts=VOICE) if kept is None else brief(facts=VOICE, style=kept)
    talk = state(brief=stored) if own is None else state(brief=stored, style=own)
    assert known_style(talk, "en-US") == known


async def test_a_talk_without_examples_learns_from_its_own_words_and_for_itself(bench: NodeBench) -> None:
    said = [
        message("user", "Never say synergy. " + "We sell to steel traders and they like it short. " * 12, 1)
    ]
    talk = state(messages=said)
    assert style_due(talk)
    await bench.run(style, talk)
    assert "style" not in await stored_brief(bench)
    later = state(messages=said, brief=brief(style=guide("")))
    assert known_style(later, "en") is None


def test_where_examples_were_taken_away_a_word_is_not_enough_to_learn_from() -> None:
    talk = state(brief=brief(style=guide(MARK)), messages=[message("user", "Hello", 1)])
    assert known_style(talk, "en") is None
    assert not style_due(talk)


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
