"""Followup streams one answer in the user's language, from one model call, and names the rules of a refused set."""

import pytest

from agents.discovery.followup import followup
from agents.events import TextDelta
from tests.factories.states import SAID, known, plan, state
from tests.fixtures.discovery import NodeBench
from tests.fixtures.sandbox import SandboxServer
from tools.discovery.language import detect_language
from tools.errors import ProviderUnavailable
from tools.experiments.sentences import sentence


@pytest.mark.parametrize("language", SAID)
async def test_it_streams_one_answer_that_ends_in_a_question(
    bench: NodeBench, sandbox: SandboxServer, language: str
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.03)
    update, heard = await bench.run(followup, state(language))
    assert len(heard.of(TextDelta)) > 3
    assert heard.text.rstrip().endswith("?")
    assert detect_language(heard.text) == language
    assert bench.context.meter.calls == 1
    assert update["messages"][-1]["content"] == heard.text
    assert {event.text_id for event in heard.of(TextDelta)} == {"answer-4-followup"}
    assert update["prompt_tags"][0].startswith("discovery/followup@")


async def test_a_refused_set_is_explained_by_the_rules_name_with_a_way_out(bench: NodeBench) -> None:
    broken = [{"rule": "contrarian_negates_belief", "arm": "contrarian", "detail": "no belief is quoted"}]
    proposal = {"status": "refused", "insight": "", "pre_evidence": False, "broken": broken, "turn": 4}
    _, heard = await bench.run(followup, state("de", proposal=proposal, plan=plan(mode="refused")))
    assert "contrarian_negates_belief" in heard.text
    assert heard.replies == ["Gib mir jetzt die fünf Experimente"]


async def test_a_contradiction_counts_as_asked_about_once(bench: NodeBench) -> None:
    contradiction = {
        "quote": "two days",
        "earlier": "nine days",
        "question": "Which is right?",
        "asked": False,
    }
    update, _ = await bench.run(
        followup, state(known=known(contradictions=[contradiction]), plan=plan(mode="settle", ask=""))
    )
    assert [item["asked"] for item in update["known"]["contradictions"]] == [True]


async def test_where_nothing_is_known_our_own_words_say_so_first(bench: NodeBench) -> None:
    _, heard = await bench.run(followup, state("de", plan=plan(mode="company", ask="")))
    assert heard.text.startswith(sentence("nothing_known", "de"))
    assert heard.text.count(sentence("nothing_known", "de")) == 1


async def test_a_question_that_left_the_window_is_still_not_asked_again(
    bench: NodeBench, sandbox: SandboxServer
) -> None:
    update, heard = await bench.run(followup, state())
    (asked,) = update["talk"]["questions"]
    assert heard.text.endswith(asked)
    since = await sandbox.last_call()
    again, _ = await bench.run(followup, state(talk=update["talk"]))
    (call,) = await sandbox.calls(since=since, bodies=True)
    assert asked in str(call["body"])
    assert len(again["talk"]["questions"]) == 2


async def test_without_a_model_the_turn_fails(bench: NodeBench, sandbox: SandboxServer) -> None:
    await sandbox.behave("server_error")
    with pytest.raises(ProviderUnavailable):
        await bench.run(followup, state())
