"""Pages as plain JSON, for as long as a reading goes on: what was fetched, what a page says, and where it leads."""

import base64
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict
from urllib.parse import urlsplit

from tools.providers.website.fetcher import Fetched
from tools.providers.website.reader import Page, PageLink
from tools.providers.website.target import parse_target

MOST_LINKS = 40
"""Links kept of a page: more than are ever followed."""

TELLING = ("about", "company", "product", "solution", "pricing", "price", "customer", "case", "service", "feature", "ueber", "über", "produkt", "preis", "kunden", "leistung", "propos", "tarif", "client", "produit", "empresa", "precio", "cliente")  # fmt: skip
"""Words in the address or the link of pages that say most about a company."""


class StoredAnswer(TypedDict):
    """A website's answer that was not read yet; `body` is compressed, in base 64."""

    url: str
    status: int
    content_type: str
    charset: str | None
    body: str


class PageText(TypedDict):
    """What a page said at `fetched_at` (ISO 8601). `links` are [address, words] of the same host, the telling ones first."""

    asked: str
    url: str
    title: str | None
    description: str | None
    favicon: str | None
    text: str
    links: list[list[str]]
    fetched_at: str


def stored_answer(fetched: Fetched) -> StoredAnswer:
    """The answer as it is kept until it is read."""
    return {
        "url": str(fetched.target),
        "status": fetched.status,
        "content_type": fetched.content_type,
        "charset": fetched.charset,
        "body": base64.b64encode(zlib.compress(fetched.body)).decode(),
    }


def fetched_answer(stored: StoredAnswer) -> Fetched:
    """The answer as it came."""
    body = zlib.decompress(base64.b64decode(stored["body"]))
    return Fetched(
        parse_target(stored["url"]), stored["status"], stored["content_type"], stored["charset"], body
    )


def page_text(page: Page, host: str | None = None) -> PageText:
    """The page, with its links to `host`; left out, the page's own."""
    host = host or host_of(page.url)
    links = [link for link in page.links if host_of(link.url) == host]
    ranked = sorted(links, key=lambda link: not _is_telling(f"{urlsplit(link.url).path} {link.text}"))
    return {
        "asked": page.asked,
        "url": page.url,
        "title": page.title,
        "description": page.description,
        "favicon": page.favicon,
        "text": page.text,
        "links": [[link.url, link.text] for link in ranked[:MOST_LINKS]],
        "fetched_at": page.fetched_at.isoformat(),
    }


def page_of(plain: PageText, cleaned: str | None = None) -> Page:
    """The page, with its cleaned text if there is one."""
    return Page(
        asked=plain["asked"],
        url=plain["url"],
        title=plain["title"],
        description=plain["description"],
        favicon=plain["favicon"],
        text=cleaned or plain["text"],
        links=tuple(PageLink(url, text) for url, text in plain["links"]),
        fetched_at=datetime.fromisoformat(plain["fetched_at"]),
    )


def next_addresses(level: Iterable[PageText], seen: Iterable[str], room: int) -> list[str]:
    """At most `room` addresses that these pages lead to and that are new, the telling ones of each page first."""
    known = {key(address) for address in seen}
    fresh: dict[str, str] = {}
    for page in level:
        for address, _ in page["links"]:
            if (place := key(address)) not in known:
                fresh.setdefault(place, address)
    return list(fresh.values())[: max(0, room)]


def addresses_of(pages: Sequence[PageText]) -> list[str]:
    """Where these pages were asked for, and where they are."""
    return [address for page in pages for address in (page["asked"], page["url"])]


def host_of(url: str) -> str | None:
    """The host of an address."""
    return urlsplit(url).hostname


def key(url: str) -> str:
    """What makes two addresses the same page: host, path without a last slash, and query."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    return f"{parts.hostname}{parts.path.rstrip('/')}?{parts.query}"


def _is_telling(words: str) -> bool:
    lowered = words.lower()
    return any(word in lowered for word in TELLING)
