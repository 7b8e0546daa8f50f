"""The draft shows the model every source, and what was thrown away before."""

from langgraph.runtime import Runtime

from agents.worldview.draft import draft
from agents.worldview.state import WorldviewState
from tests.fixtures.graphs import GraphBench
from tests.fixtures.sandbox import SandboxServer
from tools.worldview.material import Material

MATERIAL: Material = {
    "company": "Tidewerk",
    "website": "https://tidewerk.example/",
    "language": "en",
    "sources": [
        {"id": "onboarding:company.pitch", "stored": "onboarding:company.pitch", "kind": "onboarding", "text": "We plan crews for harbour tugs."},
        {"id": "page:1", "stored": "page:https://tidewerk.example/", "kind": "page", "text": "14 day trial. Then EUR 89 per tug and month."},
    ],
}  # fmt: skip


async def test_a_draft_holds_statements_with_quotes_of_the_sources(
    graph_bench: GraphBench, sandbox: SandboxServer
) -> None:
    state: WorldviewState = {"material": MATERIAL, "left_out": [{"text": "Rich and famous.", "why": "other_words"}], "drafts": [3]}  # fmt: skip
    update = await draft(state, Runtime(context=graph_bench.context))
    texts = [source["text"] for source in MATERIAL["sources"]]
    assert update["drafts"] == [3, len(update["drafted"])]
    assert update["drafted"]
    assert all(any(item["quote"] in text for text in texts) for item in update["drafted"])
    sent = str((await sandbox.calls(kind="structured", bodies=True))[-1])
    assert "Rich and famous." in sent
    assert all(text in sent for text in texts)
