"""What reading a site comes to, one level of its pages, and the port of whoever reads it: a route and a job ask the same."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import structlog

from persistence.session import UnitOfWork
from persistence.types import JobID, WorkspaceID
from tools.access import Caller
from tools.errors import QuiverError
from tools.providers.website.reader import Page, WebsiteReader

log = structlog.get_logger(__name__)

LINKED_SECONDS = 8.0
"""Seconds for the linked pages of one level: what is not there by then is left out."""

ReadingStep = Literal["fetch", "extract", "linked", "store", "cleanup", "keep"]
"""What happens in a reading, in this order."""


@dataclass(frozen=True)
class SiteRequest:
    """Which site to read, how many links far from its first page, and on whose bill.

    `keep_in`: the workspace whose reading it is to be; None: it is only answered. `job_id`: the job that holds it.
    """

    url: str
    depth: int
    workspace_id: WorkspaceID
    keep_in: WorkspaceID | None = None
    job_id: JobID | None = None


@dataclass(frozen=True)
class SiteReading:
    """What a site said. `pages` is never empty, the first page is the one that was asked for.

    `snapshots` are the ids of the stored pages, in the same order; empty when nothing is kept.
    """

    pages: tuple[Page, ...]
    cleaned: bool
    snapshots: tuple[int, ...] = ()

    @property
    def first(self) -> Page:
        """The page that was asked for."""
        return self.pages[0]

    @property
    def content(self) -> str:
        """All pages' text."""
        return "\n\n".join(page.text for page in self.pages)

    @property
    def fetched_at(self) -> datetime:
        """When the first page was read."""
        return self.first.fetched_at


StepBegun = Callable[[ReadingStep], Awaitable[None]]
Keep = Callable[[UnitOfWork, SiteReading], Awaitable[None]]


class SiteReader(Protocol):
    """Reads sites. One that broke off goes on where it was when the same is asked again."""

    def accept(self, url: str) -> str:
        """The address in its plain form, as far as it can be judged before anything is asked. Raises WebsiteRefused."""
        ...

    async def read(
        self, caller: Caller, asked: SiteRequest, *, began: StepBegun | None = None, keep: Keep | None = None
    ) -> SiteReading:
        """Read it, and keep it where it is to be kept. `keep` is called first in the transaction that does.

        `began` is told each step before it starts; what it raises ends the reading. A linked page that can't be read is
        left out. Raises WebsiteRefused, WebsiteUnreadable or WebsiteUnreachable for the first page, QuotaExceeded,
        NotFound and Forbidden for who may not keep it.
        """
        ...


async def read_level(reader: WebsiteReader, addresses: Sequence[str]) -> list[Page]:
    """Those of these pages that can be read in time, in their order."""
    tasks = [asyncio.create_task(_try(reader, address)) for address in addresses]
    if not tasks:
        return []
    try:
        done, late = await asyncio.wait(tasks, timeout=LINKED_SECONDS)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if late:
        log.info("website.linked_pages_cut", pages=len(late))
    return [page for task in tasks if task in done and (page := task.result()) is not None]


async def _try(reader: WebsiteReader, url: str) -> Page | None:
    try:
        return await reader.read(url)
    except QuiverError as failure:
        log.info("website.linked_page_left_out", code=failure.error_code)
        return None
