"""The website reader as the product has it: a recorded run of the graph."""

from typing import Any

from agents.context import nobody
from agents.runs import GraphRuns
from agents.website import graph as website
from agents.website.state import WebsiteState
from tools.access import Caller
from tools.providers.website.reader import WebsiteReader
from tools.runs.service import RunRequest
from tools.websites.pages import page_of
from tools.websites.reading import Keep, SiteReading, SiteRequest, StepBegun
from tools.websites.service import GRAPH, keep_reading


class GraphSiteReader:
    """Fills the port `SiteReader`."""

    def __init__(self, runs: GraphRuns, pages: WebsiteReader) -> None:
        self._runs = runs
        self._pages = pages
        self._graph = website.build().compile()

    def accept(self, url: str) -> str:
        """The address in its plain form. Raises WebsiteRefused."""
        return self._pages.accept(url)

    async def read(
        self, caller: Caller, asked: SiteRequest, *, began: StepBegun | None = None, keep: Keep | None = None
    ) -> SiteReading:
        """As the port says."""
        tell: Any = began or nobody
        state = _begun(asked, self.accept(asked.url))
        request = _request(caller, asked, state)
        async with self._runs.run(self._graph, caller, request, dict(state), began=tell) as done:
            reading = reading_of(done.state)
            await tell("keep")
            async with self._runs.open() as uow:
                if keep is not None:
                    await keep(uow, reading)
                if asked.keep_in is not None:
                    await keep_reading(uow, caller, asked.keep_in, reading)
                await done.end(uow)
        return reading


def reading_of(state: dict[str, Any]) -> SiteReading:
    """What a run that is over came to."""
    texts = [state["cleaned"].get(str(number)) for number in range(len(state["pages"]))]
    pages = tuple(page_of(page, text) for page, text in zip(state["pages"], texts, strict=True))
    return SiteReading(pages, cleaned=all(text is not None for text in texts), snapshots=tuple(state["snapshots"]))  # fmt: skip


def _begun(asked: SiteRequest, url: str) -> WebsiteState:
    return {"url": url, "depth": asked.depth, "keep_in": asked.keep_in}


def _request(caller: Caller, asked: SiteRequest, state: WebsiteState) -> RunRequest:
    """The run's request. A job's is its own: only whoever holds it goes on with it."""
    job = {} if asked.job_id is None else {"job": str(asked.job_id)}
    return RunRequest(
        GRAPH,
        asked.workspace_id,
        caller.user_id,
        {**state, **job},
        job_id=asked.job_id,
        held=asked.job_id is not None,
    )
