"""Draft: a model turns what is said of who is looked for into filters; once more when it used words Wiza does not know."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.filters.state import FiltersState
from prompts import render
from tools.filters.answers import FilterDraft

REQUEST = "Write the filters."


async def draft(state: FiltersState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The model's answer, unchecked. Raises ModelFailure."""
    prompt = render("filters/draft", facts=state["question"]["facts"], refused=state.get("refused", [])[:12])
    answer = await runtime.context.models.structured(
        prompt, [{"role": "user", "content": REQUEST}], FilterDraft, meter=runtime.context.meter
    )
    return {"drafted": answer.model_dump(mode="json"), "drafts": state.get("drafts", 0) + 1}
