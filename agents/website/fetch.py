"""Fetch: the first page's bytes, kept until they are read, so that nothing is fetched twice."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.website.state import WebsiteState
from tools.websites.pages import stored_answer


async def fetch(state: WebsiteState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The answer behind the address. Raises WebsiteRefused, WebsiteUnreadable, WebsiteUnreachable."""
    await runtime.context.began("fetch")
    return {"fetched": stored_answer(await runtime.context.pages.fetch(state["url"]))}
