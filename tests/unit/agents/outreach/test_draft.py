"""The draft is heard as it is written, and nothing of it is judged yet."""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.outreach.draft import draft
from persistence.models.lead import Lead
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tests.unit.agents.outreach.states import QUOTE, a_prospect, a_state
from tools.outreach.drafter import Written
from tools.outreach.writing.letter import LONGEST
from tools.providers.models.metering import CHARACTERS_A_TOKEN
from tools.suppressions.schemas import SuppressionCreate
from tools.suppressions.service import suppress


async def test_the_model_reads_the_evidence_and_is_heard_word_by_word(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    heard: list[Written] = []

    async def listen(written: Written) -> None:
        heard.append(written)

    context = replace(graph_bench.context, heard=listen)
    update = await draft(a_state(lead_id=await a_prospect(graph_bench)), Runtime(context=context))
    (answer,) = update["answers"]
    assert heard[0] == Written("node", "draft")
    told = "".join(item.text for item in heard if item.kind == "text")
    assert answer.endswith(told)
    assert told
    assert QUOTE in str((await sandbox.calls(kind="text", bodies=True))[-1]["body"])


async def test_nobody_who_was_suppressed_since_is_written_to(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    lead_id = await a_prospect(graph_bench)
    async with graph_bench.context.database.unit_of_work() as uow:
        lead = await uow.session.get_one(Lead, lead_id)
        wanted = SuppressionCreate.model_validate({"kind": "email", "value": lead.email, "reason": "opt_out"})
        await suppress(
            uow, graph_bench.caller, graph_bench.workspace.id, [wanted], graph_bench.context.hashes
        )
    update = await draft(a_state(lead_id=lead_id), Runtime(context=graph_bench.context))
    assert "opt_out" in update["refusal"]["reason"]
    assert await sandbox.calls() == []


async def test_an_answer_that_is_cut_for_its_length_is_on_the_bill(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    await sandbox.behave("long", tokens=30_000)
    update = await draft(a_state(lead_id=await a_prospect(graph_bench)), Runtime(context=graph_bench.context))
    (call,) = graph_bench.context.meter.records
    assert len(update["answers"][0]) >= LONGEST
    assert call.outcome == "stopped"
    assert call.tokens is not None
    assert call.tokens.input > 0
    assert call.tokens.output >= LONGEST / CHARACTERS_A_TOKEN
