"""Store: the pages as they were read, with date and hash, before any model sees them. The only node that writes."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.website.state import WebsiteState
from persistence.types import WorkspaceID
from tools.websites.pages import page_of
from tools.websites.snapshots import store_snapshots


async def store(state: WebsiteState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The ids of what was stored; none when nobody keeps the reading. Raises NotFound, Forbidden."""
    context, keep_in = runtime.context, state["keep_in"]
    await context.began("store")
    ids: list[int] = []
    if keep_in is not None:
        pages = [page_of(page) for page in state["pages"]]
        async with context.database.unit_of_work() as uow:
            ids = await store_snapshots(uow, context.caller, WorkspaceID(keep_in), pages)
    # Told here, before the pages part: a run that ends there has asked no model.
    await context.began("cleanup")
    return {"snapshots": ids}
