"""Check: code keeps the statements that their sources carry. No model has a say here."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.worldview.state import LeftOut, WorldviewState
from tools.statements.checking import Statement
from tools.statements.checking import check as check_statement
from tools.worldview.markdown import KeptStatement
from tools.worldview.material import stored_sources

DRAFTS = 2
FEWEST = 4
"""Kept statements that make a second draft needless."""


async def check(state: WorldviewState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """Sort the newest draft into what is kept and what is left out; nothing is kept twice."""
    material = state["material"]
    sources = stored_sources(material)
    kept: list[KeptStatement] = list(state.get("kept", []))
    left_out: list[LeftOut] = list(state.get("left_out", []))
    said = {item["text"] for item in kept}
    for item in state["drafted"]:
        found = check_statement(
            item["text"], item["quote"], item["source_id"], sources, names=material["company"]
        )
        if not isinstance(found, Statement):
            left_out.append({"text": item["text"], "why": found})
        elif found.text not in said:
            said.add(found.text)
            kept.append(
                {"section": item["section"], "text": found.text, "quote": found.quote, "source": found.source}
            )
    return {"kept": kept, "left_out": left_out}


def enough(state: WorldviewState) -> bool:
    """Whether the run is over: enough is kept, or there were drafts enough."""
    return len(state["kept"]) >= FEWEST or len(state["drafts"]) >= DRAFTS
