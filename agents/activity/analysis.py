"""Analysis: a model reads the posts and says what they tell, each sentence with words it copied from one of them."""

from typing import Any

from langgraph.runtime import Runtime

from agents.activity.state import ActivityState
from agents.context import GraphContext
from prompts import render
from tools.activity.schemas import ActivityDraft

REQUEST = "Show what these posts tell."


async def analysis(state: ActivityState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The model's answer, unchecked. Raises ModelFailure."""
    prompt = render("activity/analysis", posts=state["posts"], sender=state["sender"]["about"])
    answer = await runtime.context.models.structured(
        prompt, [{"role": "user", "content": REQUEST}], ActivityDraft, meter=runtime.context.meter
    )
    return {"drafted": answer.model_dump(mode="json")}
