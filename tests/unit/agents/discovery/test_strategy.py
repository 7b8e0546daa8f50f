"""Strategy notes what was said with words that really were said, finds replies, and survives a model that can't."""

import pytest

from agents.discovery.strategy import strategy
from agents.events import HypothesesNoted
from tests.factories.states import SAID, known, message, state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer

QUESTION = "What had just happened at the last customer who came to you?"


def spoken(language: str) -> object:
    begun = state(language)
    return {**begun, "messages": [*begun["messages"], message("assistant", QUESTION, 4)]}


@pytest.mark.parametrize("language", SAID)
async def test_every_note_stands_in_a_source(bench: NodeBench, language: str) -> None:
    unread = {**spoken(language), "known": known(unread=[1, 2, 3])}  # type: ignore[dict-item]
    update, heard = await bench.run(strategy, unread)
    said = " ".join(SAID[language])
    notes = [item for items in update["known"]["notes"].values() for item in items]
    assert notes
    assert all(item["quote"] in said or item["stored"].startswith("onboarding:") for item in notes)
    assert all(item["stored"] for item in notes)
    (event,) = heard.of(HypothesesNoted)
    assert all(
        shown["evidence"] is None or shown["evidence"]["source"].startswith(("turn:turn-", "onboarding:"))
        for shown in event.known.values()
    )
    assert not heard.text


async def test_it_suggests_replies_to_the_question_just_asked(bench: NodeBench) -> None:
    update, heard = await bench.run(strategy, spoken("en"))
    assert 1 <= len(heard.replies) <= 4
    assert len(update["talk"]["asked"]) == 1


async def test_before_the_answer_there_are_no_replies(bench: NodeBench) -> None:
    update, heard = await bench.run(strategy, state())
    assert heard.replies == []
    assert update["talk"]["asked"] == []


async def test_an_unusable_answer_costs_the_notes_and_is_made_up_for(
    bench: NodeBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave("garbage", kind="structured")
    before = spoken("en")
    update, heard = await bench.run(strategy, before)
    assert update["known"]["unread"] == [4]
    assert heard.of(HypothesesNoted) == []
    assert update["talk"]["asked"] == ["trigger"]
    await sandbox.behave_well()
    since = await sandbox.last_call()
    update, _ = await bench.run(strategy, {**before, **update})  # type: ignore[dict-item]
    assert update["known"]["unread"] == []
    (call,) = await sandbox.calls(since=since, bodies=True)
    assert SAID["en"][3] in str(call)


async def test_invented_quotes_leave_no_note(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("fabricating")
    update, _ = await bench.run(strategy, spoken("en"))
    assert update["known"]["notes"] == {}
    assert update["known"]["beliefs"] == []
