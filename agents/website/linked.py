"""Linked: one level of the pages that those of the level before lead to, on the same host."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import GraphContext
from agents.website.state import WebsiteState
from tools.websites.pages import addresses_of, host_of, next_addresses, page_text
from tools.websites.reading import read_level


async def linked(state: WebsiteState, runtime: Runtime[GraphContext]) -> dict[str, Any]:
    """The pages of one more level, as many as there is room for; pages that can't be read are left out."""
    await runtime.context.began("linked")
    reader, pages, levels = runtime.context.pages, state["pages"], state["levels"]
    room = reader.settings.max_pages - len(pages)
    addresses = next_addresses(newest(state), [*addresses_of(pages), *state["tried"]], room)
    said = {page["text"] for page in pages}
    host = host_of(pages[0]["url"])
    found = [page_text(page, host) for page in await read_level(reader, addresses) if page.text not in said]
    pages = [*pages, *found]
    return {"pages": pages, "levels": [*levels, len(pages)], "tried": [*state["tried"], *addresses]}


def newest(state: WebsiteState) -> list[Any]:
    """The pages of the newest level."""
    levels = [0, *state["levels"]]
    return state["pages"][levels[-2] :]


def goes_deeper(state: WebsiteState) -> bool:
    """Whether another level is wanted and may hold something."""
    return len(state["levels"]) <= state["depth"] and any(page["links"] for page in newest(state))
