"""Cleanup: a model takes the clutter out of one page, code sees to it that nothing is added. All pages side by side."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.website.state import OnePage
from tools.websites.cleanup import clean_in_time
from tools.websites.pages import page_of


async def cleanup(state: OnePage, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The page's cleaned text, or None: a model that fails or adds words leaves the page as it was extracted."""
    context = runtime.context
    text = await clean_in_time(page_of(state["page"]), context.models, context.meter)
    return {"cleaned": {str(state["number"]): text}}
