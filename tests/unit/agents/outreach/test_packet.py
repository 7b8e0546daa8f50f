"""The packet holds what is stored, and says at once when nothing may be written."""

from langgraph.runtime import Runtime

from agents.outreach.packet import packet
from persistence.models.outreach import OutreachFormat
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import QUOTE, make_prospect, make_sender
from tools.outreach.drafter import Wish


async def test_it_holds_the_evidence_and_no_refusal(graph_bench: GraphBench) -> None:
    async with graph_bench.context.database.unit_of_work() as uow:
        await make_sender(uow, graph_bench.workspace)
        lead = await make_prospect(uow, graph_bench.workspace)
    wish = Wish(lead.id, OutreachFormat.EMAIL_COLD)
    update = await packet({"wish": wish.as_json()}, Runtime(context=graph_bench.context))
    assert QUOTE in [item["text"] for item in update["packet"]["evidence"]]
    assert (update["refusal"], update["suppressed"], update["answers"]) == (None, None, [])
    followup = Wish(lead.id, OutreachFormat.EMAIL_COLD, number=2)
    update = await packet({"wish": followup.as_json()}, Runtime(context=graph_bench.context))
    assert "Nothing was sent" in update["refusal"]["reason"]
