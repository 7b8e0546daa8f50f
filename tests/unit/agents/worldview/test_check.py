"""What is kept of a draft is decided by the sources' words."""

from langgraph.runtime import Runtime

from agents.worldview.check import check, enough
from agents.worldview.state import Drafted, WorldviewState
from tests.fixtures.graphs import GraphBench
from tests.unit.agents.worldview.test_draft import MATERIAL

TRUE: Drafted = {"section": "company", "text": "Tidewerk plans crews for harbour tugs.", "quote": "plan crews for harbour tugs", "source_id": "page:1"}  # fmt: skip
MADE_UP: Drafted = {"section": "proof", "text": "Saves 40 % of the cost.", "quote": "saves 40 %", "source_id": "page:1"}  # fmt: skip
STRETCHED: Drafted = {"section": "proof", "text": "The trial lasts 30 days.", "quote": "14 day trial", "source_id": "page:1"}  # fmt: skip


async def test_a_statement_stays_with_the_source_that_really_holds_its_quote(graph_bench: GraphBench) -> None:
    state: WorldviewState = {"material": MATERIAL, "drafted": [TRUE, MADE_UP, STRETCHED, TRUE]}
    update = await check(state, Runtime(context=graph_bench.context))
    assert [(item["text"], item["source"]) for item in update["kept"]] == [
        (TRUE["text"], "onboarding:company.pitch")
    ]
    assert [item["why"] for item in update["left_out"]] == ["quote_not_found", "number_not_in_source"]


async def test_a_second_draft_adds_to_the_first_and_is_the_last(graph_bench: GraphBench) -> None:
    kept = {"section": "company", "text": "Before.", "quote": "Before.", "source": "page:x"}
    state: WorldviewState = {
        "material": MATERIAL,
        "drafted": [TRUE],
        "kept": [kept],
        "left_out": [],
        "drafts": [1],
    }  # type: ignore[list-item]
    update = await check(state, Runtime(context=graph_bench.context))
    assert [item["text"] for item in update["kept"]] == ["Before.", TRUE["text"]]
    assert not enough({**state, **update})  # type: ignore[typeddict-item]
    assert enough({**state, **update, "drafts": [1, 1]})  # type: ignore[typeddict-item]
    assert enough({**state, "kept": [kept] * 4})  # type: ignore[list-item]
