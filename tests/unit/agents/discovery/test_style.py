"""Style learns from the founder's own words and never loses the words they refuse."""

import pytest

from agents.discovery.style import style
from agents.discovery.style_source import style_due
from tests.factories.states import FACTS, SAID, brief, message, state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer

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
