"""Extract: the readable text of the first page, its head and its links."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.website.state import WebsiteState
from tools.websites.pages import fetched_answer, page_text


async def extract(state: WebsiteState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The first page. Raises WebsiteUnreadable when there is no text in it."""
    await runtime.context.began("extract")
    fetched = state["fetched"]
    assert fetched is not None
    page = await runtime.context.pages.extract(state["url"], fetched_answer(fetched))
    return {"pages": [page_text(page)], "levels": [1], "tried": [], "fetched": None}
