"""Reading a site: its first page, pages it links to, and the clean-up of their words. Holds no transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from urllib.parse import urlsplit

import structlog

from tools.errors import QuiverError
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter
from tools.providers.website.reader import Page, WebsiteReader
from tools.websites.cleanup import clean_page

log = structlog.get_logger(__name__)

LINKED_SECONDS = 12.0
"""Seconds for all linked pages together: what is not there by then is left out."""
CLEANUP_SECONDS = 15.0
"""Seconds for the model: what is not cleaned by then stays as extracted."""

TELLING = ("about", "company", "product", "solution", "pricing", "price", "customer", "case", "service", "feature", "ueber", "über", "produkt", "preis", "kunden", "leistung", "propos", "tarif", "client", "produit", "empresa", "precio", "cliente")  # fmt: skip
"""Words in the address or the link of pages that say most about a company."""


class ReadingStep(IntEnum):
    """The steps of a reading, numbered as in `tools/jobs/steps.py`."""

    FETCH = 0
    EXTRACT = 1
    CLEAN_UP = 2
    SAVE = 3


StepBegun = Callable[[ReadingStep], Awaitable[None]]


@dataclass(frozen=True)
class SiteReading:
    """What a site said. `pages` is never empty, the first page is the one that was asked for."""

    pages: tuple[Page, ...]
    cleaned: bool
    meter: UsageMeter = field(default_factory=UsageMeter)

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


@dataclass(frozen=True)
class SiteReader:
    """What reading a site needs: the guarded reader and the models."""

    pages: WebsiteReader
    models: ModelRouter


async def read_site(
    reader: SiteReader, url: str, *, depth: int = 0, begin: StepBegun | None = None
) -> SiteReading:
    """Read a site to `depth` links from its first page, at most as many pages as the setting allows.

    `begin` is told each step before it starts. A linked page that can't be read is left out.
    Raises WebsiteRefused, WebsiteUnreadable or WebsiteUnreachable for the first page.
    """
    tell = begin or _nobody
    await tell(ReadingStep.FETCH)
    fetched = await reader.pages.fetch(url)
    await tell(ReadingStep.EXTRACT)
    first = await reader.pages.extract(url, fetched)
    pages = [first, *await _linked(reader.pages, first, depth)]
    await tell(ReadingStep.CLEAN_UP)
    meter = UsageMeter()
    cleaned = await _clean_up(reader.models, pages, meter)
    done = tuple(replace(page, text=text or page.text) for page, text in zip(pages, cleaned, strict=True))
    return SiteReading(done, cleaned=all(text is not None for text in cleaned), meter=meter)


async def _linked(reader: WebsiteReader, first: Page, depth: int) -> list[Page]:
    """Pages of the same host, level by level, the telling ones first."""
    found: list[Page] = []
    level, seen = [first], {_key(first.asked), _key(first.url)}
    try:
        async with asyncio.timeout(LINKED_SECONDS):
            for _ in range(depth):
                room = reader.settings.max_pages - 1 - len(found)
                addresses = _next_addresses(level, urlsplit(first.url).hostname, seen)[:room]
                seen.update(map(_key, addresses))
                level = [page for page in await asyncio.gather(*(_try(reader, a) for a in addresses)) if page]
                level = [page for page in level if page.content_hash != first.content_hash]
                found += level
    except TimeoutError:
        log.info("website.linked_pages_cut", read=len(found))
    return found


async def _try(reader: WebsiteReader, url: str) -> Page | None:
    try:
        return await reader.read(url)
    except QuiverError as failure:
        log.info("website.linked_page_left_out", code=failure.error_code)
        return None


def _next_addresses(level: Iterable[Page], host: str | None, seen: set[str]) -> list[str]:
    """The links of these pages that stay on the host and are new, the telling ones first."""
    links = [link for page in level for link in page.links if urlsplit(link.url).hostname == host]
    ranked = sorted(links, key=lambda link: not _is_telling(f"{urlsplit(link.url).path} {link.text}"))
    fresh: dict[str, str] = {}
    for link in ranked:
        if _key(link.url) not in seen:
            fresh.setdefault(_key(link.url), link.url)
    return list(fresh.values())


def _is_telling(words: str) -> bool:
    lowered = words.lower()
    return any(word in lowered for word in TELLING)


def _key(url: str) -> str:
    """What makes two addresses the same page: host, path without a last slash, and query."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    return f"{parts.hostname}{parts.path.rstrip('/')}?{parts.query}"


async def _clean_up(models: ModelRouter, pages: Sequence[Page], meter: UsageMeter) -> list[str | None]:
    """Each page's cleaned text, or None."""
    tasks = [asyncio.create_task(clean_page(page, models, meter)) for page in pages]
    try:
        _, late = await asyncio.wait(tasks, timeout=CLEANUP_SECONDS)
    except asyncio.CancelledError:
        late = set(tasks)
        raise
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if late:
        log.warning("website.cleanup_late", pages=len(late))
    return [None if task in late else task.result() for task in tasks]


async def _nobody(_step: ReadingStep) -> None:
    """Nobody wants to know."""
