"""What holds is kept."""

from langgraph.runtime import Runtime

from agents.outreach.graph import after_check, after_packet
from agents.outreach.keep import keep
from agents.outreach.state import OutreachState
from tests.fixtures.graphs import GraphBench
from tests.unit.agents.outreach.states import a_state


async def test_a_message_without_objections_is_kept(graph_bench: GraphBench) -> None:
    state: OutreachState = {
        **a_state("Hi"),
        "draft": {"format": "email_cold", "body": "Hi"},
        "objections": [],
    }
    assert after_packet(state) == "draft"
    assert after_check(state) == "keep"
    assert await keep(state, Runtime(context=graph_bench.context)) == {"kept": True}
