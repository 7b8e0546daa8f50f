"""The revision is told which sentences failed and why, and replaces what was heard."""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.outreach.revise import revise
from agents.outreach.state import OutreachState
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tests.unit.agents.outreach.states import a_prospect, a_state
from tools.outreach.drafter import Written

FALSE = "You raised $12M in June."


async def test_the_model_is_told_the_sentence_and_the_reason(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    heard: list[Written] = []

    async def listen(written: Written) -> None:
        heard.append(written)

    objections = [{"sentence": FALSE, "why": "Nothing says 12."}, {"sentence": "", "why": "It asks nothing."}]
    before = a_state(f"Hi Jonna, {FALSE}", lead_id=await a_prospect(graph_bench))
    state: OutreachState = {**before, "objections": objections}  # type: ignore[typeddict-item]
    update = await revise(state, Runtime(context=replace(graph_bench.context, heard=listen)))
    assert update["answers"][0] == f"Hi Jonna, {FALSE}"
    assert len(update["answers"]) == 2
    assert FALSE not in update["answers"][1]
    assert [item.kind for item in heard[:2]] == ["node", "reset"]
    sent = str((await sandbox.calls(kind="text", bodies=True))[-1]["body"])
    assert all(said in sent for said in (f"“{FALSE}”: Nothing says 12.", "It asks nothing."))
