"""The draft is heard as it is written, and nothing of it is judged yet."""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.outreach.draft import draft
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tests.unit.agents.outreach.states import QUOTE, a_state
from tools.outreach.drafter import Written


async def test_the_model_reads_the_evidence_and_is_heard_word_by_word(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    heard: list[Written] = []

    async def listen(written: Written) -> None:
        heard.append(written)

    context = replace(graph_bench.context, heard=listen)
    update = await draft(a_state(), Runtime(context=context))
    (answer,) = update["answers"]
    assert heard[0] == Written("node", "draft")
    told = "".join(item.text for item in heard if item.kind == "text")
    assert answer.endswith(told)
    assert told
    assert QUOTE in str((await sandbox.calls(kind="text", bodies=True))[-1]["body"])
