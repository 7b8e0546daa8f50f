"""Reads one page of a website: asked politely, fetched under guard, turned into clean text."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime

import httpx

from persistence.types import utc_now
from tools.providers.website.door import DoorKeeper
from tools.providers.website.errors import WebsiteUnreachable, WebsiteUnreadable
from tools.providers.website.fetcher import Fetched, Fetcher
from tools.providers.website.parser import Extracted, PageParser
from tools.providers.website.resolver import Resolver, SystemResolver
from tools.providers.website.robots import Robots
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import Target, parse_target
from tools.text.cleaning import clean_text

READABLE = {"text/html", "application/xhtml+xml", "text/plain"}
MAX_SHORT = 1000


@dataclass(frozen=True)
class PageLink:
    """A link of a page: an absolute http(s) address and its words."""

    url: str
    text: str


@dataclass(frozen=True)
class Page:
    """What a page said at `fetched_at`. `asked` is the address we were given, `url` where redirects ended."""

    asked: str
    url: str
    title: str | None
    description: str | None
    favicon: str | None
    text: str
    links: tuple[PageLink, ...]
    fetched_at: datetime

    @property
    def content_hash(self) -> str:
        """SHA-256 of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class WebsiteReader:
    """Reads public websites. One per process; close it."""

    def __init__(
        self, settings: WebsiteSettings, resolver: Resolver | None = None, *, parser: PageParser | None = None
    ) -> None:
        """A `parser` given here is shared: closing the reader leaves it open."""
        self.settings = settings
        self._resolver = resolver or SystemResolver()
        self._doors = DoorKeeper(settings, self._resolver)
        self._fetcher = Fetcher(settings, self._doors)
        self._robots = Robots(self._fetcher, settings.user_agent)
        self._parser = parser or PageParser(settings.parse_deadline, settings.max_characters)
        self._shares_parser = parser is not None
        self._places = asyncio.Semaphore(settings.concurrency)

    def accept(self, url: str) -> str:
        """The address in its plain form, as far as it can be judged before anything is asked. Raises WebsiteRefused."""
        target = parse_target(url)
        self._doors.check_name(target)
        return str(target)

    async def fetch(self, url: str) -> Fetched:
        """The page behind a web address, robots.txt and redirects included, within the deadline.

        Raises WebsiteRefused, WebsiteUnreadable or WebsiteUnreachable.
        """
        target = parse_target(url)
        async with self._places:
            try:
                async with asyncio.timeout(self.settings.deadline):
                    return await self._fetcher.get(
                        target, before=self._robots.check, check=_check_answer, limit=self.settings.max_bytes
                    )
            except TimeoutError as error:
                raise WebsiteUnreachable("The website takes too long to answer.") from error

    async def extract(self, asked: str, fetched: Fetched) -> Page:
        """The readable text of a fetched page. Raises WebsiteUnreadable when there is none."""
        page = _page(
            str(parse_target(asked)),
            fetched.target,
            await self._parser.extract(fetched),
            self.settings.max_characters,
        )
        if not page.text:
            raise WebsiteUnreadable(
                "The page has no readable text without running its scripts.", code="website_empty"
            )
        return page

    async def read(self, url: str) -> Page:
        """Fetch and extract."""
        return await self.extract(url, await self.fetch(url))

    async def close(self) -> None:
        """Give back connections, threads and the parser's process."""
        if not self._shares_parser:
            await self._parser.close()
        await self._fetcher.close()
        self._resolver.close()


def _check_answer(response: httpx.Response) -> None:
    """Refuse by status, type and announced length before the body is read."""
    if response.status_code >= 400 or response.status_code < 200 or response.is_redirect:
        raise WebsiteUnreachable(f"The website answered {response.status_code}.")
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in READABLE:
        raise WebsiteUnreadable("This address is no web page.", code="website_wrong_type")


def _page(asked: str, target: Target, found: Extracted, limit: int) -> Page:
    text = clean_text(found.text, limit).text.strip()
    return Page(
        asked=asked,
        url=str(target),
        title=_short(found.title),
        description=_short(found.description),
        favicon=found.favicon,
        text=text or _short(found.description) or "",
        links=tuple(PageLink(link.url, clean_text(link.text, 200).text) for link in found.links),
        fetched_at=utc_now(),
    )


def _short(text: str | None) -> str | None:
    return clean_text(text, MAX_SHORT).text.strip() or None if text else None
