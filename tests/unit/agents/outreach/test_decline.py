"""There are two revisions; then the reason is which checks are still broken."""

from langgraph.runtime import Runtime

from agents.outreach.decline import decline
from agents.outreach.graph import after_check, after_packet
from agents.outreach.state import OutreachState
from tests.fixtures.graphs import GraphBench
from tests.unit.agents.outreach.states import a_state

OBJECTIONS = [{"sentence": "You raised $12M.", "why": "Nothing says so."}]


async def test_after_two_revisions_a_draft_that_fails_is_declined(graph_bench: GraphBench) -> None:
    ways = []
    for count in (1, 2, 3):
        state: OutreachState = {**a_state(*["Hi"] * count), "objections": OBJECTIONS}  # type: ignore[typeddict-item]
        ways.append(after_check(state))
    assert ways == ["revise", "revise", "decline"]
    update = await decline(state, Runtime(context=graph_bench.context))
    assert update["kept"] is False
    assert "2 revisions" in update["refusal"]["reason"]
    assert update["refusal"]["missing"] == ["“You raised $12M.”: Nothing says so."]


async def test_a_reason_that_was_given_is_the_reason(graph_bench: GraphBench) -> None:
    state: OutreachState = {**a_state(), "refusal": {"reason": "Nothing is known.", "missing": []}}
    assert after_packet(state) == "decline"
    update = await decline(state, Runtime(context=graph_bench.context))
    assert update == {"kept": False, "refusal": {"reason": "Nothing is known.", "missing": []}}
