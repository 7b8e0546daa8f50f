"""Draft: a model reads all sources and writes statements, each with words it copied from one of them."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.worldview.state import Drafted, WorldviewState
from prompts import render
from tools.worldview.schemas import WorldviewDraft

REQUEST = "Draft the statements about this company."
MOST = 40
"""Statements looked at: a model that writes more is repeating itself."""


async def draft(state: WorldviewState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The model's statements, unchecked. Raises ModelFailure."""
    material = state["material"]
    prompt = render(
        "worldview/draft",
        company={"name": material["company"], "website": material["website"]},
        facts=[item for item in material["sources"] if item["kind"] == "onboarding"],
        pages=[{**item, "title": item["stored"]} for item in material["sources"] if item["kind"] == "page"],
        refused=state.get("left_out", [])[-12:],
    )
    answer = await runtime.context.models.structured(
        prompt, [{"role": "user", "content": REQUEST}], WorldviewDraft, meter=runtime.context.meter
    )
    drafted: list[Drafted] = [
        {
            "section": item.section.value,
            "text": item.text,
            "quote": item.quote,
            "source_id": item.source_id,
        }
        for item in answer.statements[:MOST]
    ]
    return {"drafted": drafted, "drafts": [*state.get("drafts", []), len(drafted)]}
