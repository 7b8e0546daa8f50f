"""The check holds the newest answer to every rule, whatever the model says of it."""

import pytest
from langgraph.runtime import Runtime

from agents.outreach.check import check
from tests.factories.outreach import SENDER
from tests.fixtures.graphs import GraphBench
from tests.unit.agents.outreach.states import a_state

FACT = SENDER.facts[0]
TRUE = "You are hiring two crew planners for your night desk in Husum."
LETTER = "Subject: a question for Brennholt\n\nHi Jonna,\n\n{said}\n\n{fact} Is this on your desk?\n\nMaik"
GOOD = LETTER.format(said=TRUE, fact=FACT)


async def test_a_draft_that_holds_is_kept_as_it_would_be_sent(graph_bench: GraphBench) -> None:
    update = await check(a_state(GOOD), Runtime(context=graph_bench.context))
    assert update["objections"] == []
    assert SENDER.opt_out_line in update["draft"]["body"]
    claim = next(item for item in update["review"]["claims"] if item["text"] == TRUE)
    assert "signal.1" in claim["evidenceIds"]
    assert "signal.1" in {item["id"] for item in update["review"]["evidence"]}


@pytest.mark.parametrize(
    "said",
    [
        "You are hiring three crew planners for your night desk in Husum.",
        f"{TRUE} Congratulations on your Series B!",
        f"{TRUE} We helped Halvorsen Marine save 40%.",
    ],
)
async def test_a_sentence_that_nothing_carries_is_objected_to_by_name(
    graph_bench: GraphBench, said: str
) -> None:
    update = await check(a_state(LETTER.format(said=said, fact=FACT)), Runtime(context=graph_bench.context))
    sentences = [item["sentence"] for item in update["objections"] if item["sentence"]]
    assert sentences
    assert all(sentence in said for sentence in sentences)
    assert all(item["why"] for item in update["objections"])


async def test_a_decline_is_read_as_one(graph_bench: GraphBench) -> None:
    answer = "DECLINE: Nothing shows the pain.\nMISSING: A page."
    update = await check(a_state(answer), Runtime(context=graph_bench.context))
    assert update["refusal"] == {"reason": "Nothing shows the pain.", "missing": ["A page."]}
    assert update["draft"] is None


async def test_what_only_the_sender_profile_can_mend_is_no_objection_and_stays_a_failed_check(
    graph_bench: GraphBench,
) -> None:
    bare = SENDER.model_copy(update={"postal_address": None, "opt_out_line": None})
    update = await check(a_state(GOOD, sender=bare), Runtime(context=graph_bench.context))
    assert update["objections"] == []
    failed = {item["name"] for item in update["review"]["checks"] if item["hard"] and not item["passed"]}
    assert failed == {"sender_identity", "opt_out"}
