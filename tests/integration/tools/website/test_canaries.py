"""Listeners on this machine hear nobody, however their address is written, redirected to, linked to or resolved.

The canary stands on the port that the reader takes for http and https here, and every name leads to it: whatever passes the
guard arrives. The last test shows that it would be heard.
"""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import cycle

import pytest

from tests.fixtures.internal_urls import internal_urls
from tests.fixtures.websites import Answer, HostileSites, http
from tools.errors import QuiverError
from tools.providers.website.errors import WebsiteRefused, WebsiteUnreachable, WebsiteUnreadable
from tools.providers.website.parser import PageParser
from tools.providers.website.reader import WebsiteReader
from tools.providers.website.resolver import SystemResolver
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import PORTS

REASONS = {
    "This is not a web address.",
    "This is not the name of a website.",
    "Only http and https addresses can be read.",
    "A web address with a user name or password is not read.",
    "Only the usual web ports, 80 and 443, are read.",
    "Only public websites can be read.",
}
MEGABYTE = 1024 * 1024


@dataclass
class Canary:
    """A listener on loopback that counts who comes."""

    port: int = 0
    visits: list[object] = field(default_factory=list)

    async def serve(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Note the visit and answer a page, so that nothing is left to chance."""
        self.visits.append(writer.get_extra_info("peername"))
        writer.write(http("<p>The inside of the house.</p>"))
        writer.close()


class NamesLeadInside:
    """A name server of somebody who means ill: the places in turn, whatever is asked."""

    def __init__(self, *places: list[str]) -> None:
        self._places = cycle(places)

    async def addresses(self, _host: str) -> list[str]:
        """The next place."""
        return next(self._places)

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
async def canary(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Canary]:
    """The listener, on IPv4 and IPv6, on what the reader takes for the usual ports."""
    bird = Canary()
    server = await asyncio.start_server(bird.serve, "127.0.0.1", 0)
    bird.port = server.sockets[0].getsockname()[1]
    six = await asyncio.start_server(bird.serve, "::1", bird.port)
    for scheme in PORTS:
        monkeypatch.setitem(PORTS, scheme, bird.port)
    yield bird
    server.close()
    six.close()


def a_reader(parser: PageParser, *, hosts: str = "", names: object = None, **limits: object) -> WebsiteReader:
    settings = WebsiteSettings.model_validate({"WEBSITE_HOSTS": hosts, **limits})
    return WebsiteReader(settings, names or NamesLeadInside(["127.0.0.1"]), parser=parser)  # type: ignore[arg-type]


async def refusal_of(reader: WebsiteReader, url: str) -> str:
    """Why an address was not read; what was wrong with the refusal, or that there was none."""
    try:
        await reader.read(url)
    except (WebsiteRefused, WebsiteUnreachable) as refusal:
        return refusal.message
    except Exception as error:  # noqa: BLE001 — anything else is the finding
        return f"{type(error).__name__}: {error}"
    return "it was read"


async def test_no_form_of_an_internal_address_reaches_a_canary_and_each_gets_a_reason(
    canary: Canary, page_parser: PageParser
) -> None:
    urls = internal_urls(canary.port)
    assert len(urls) >= 150
    reader = a_reader(page_parser)
    reasons = {url: await refusal_of(reader, url) for url in urls}
    await reader.close()
    assert canary.visits == []
    assert {url: reason for url, reason in reasons.items() if reason not in REASONS} == {}


async def test_no_form_reaches_a_canary_when_the_machine_itself_looks_names_up(
    canary: Canary, page_parser: PageParser
) -> None:
    numeric = [
        url for url in internal_urls(canary.port) if not any(letter in url[8:] for letter in "ghijklm")
    ]
    assert len(numeric) >= 150
    reader = a_reader(page_parser, names=SystemResolver())
    reasons = {url: await refusal_of(reader, url) for url in numeric}
    await reader.close()
    assert canary.visits == []
    wanted = REASONS | {"There is no website at this name."}
    assert {url: reason for url, reason in reasons.items() if reason not in wanted} == {}


async def test_no_redirect_leads_to_a_canary(
    canary: Canary, page_parser: PageParser, hostile_sites: HostileSites
) -> None:
    reader = a_reader(page_parser, hosts=hostile_sites.hosts("outside.example"))
    urls = [url for url in internal_urls(canary.port) if "\r" not in url and "\n" not in url and url.strip()]
    strange: dict[str, str] = {}
    for number, url in enumerate(urls):
        place = f"outside.example/{number}"
        hostile_sites.answers[place] = _redirect(url)
        reason = await refusal_of(reader, f"https://{place}")
        # What is no address of its own is a page of the site that redirects, and there is none.
        if reason not in REASONS | {"The website answered 404.", "The website does not answer."}:
            strange[url] = reason
    await reader.close()
    assert canary.visits == []
    assert strange == {}


def _redirect(url: str) -> bytes:
    return (
        b"HTTP/1.1 302 Found\r\nLocation: "
        + url.encode()
        + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )


async def test_a_name_that_changes_between_looks_never_leads_to_a_canary(
    canary: Canary, page_parser: PageParser, hostile_sites: HostileSites
) -> None:
    public, inside = ["93.184.216.34"], ["127.0.0.1"]
    orders = [
        (public, inside),
        (inside, public),
        (public, public, inside),
        ([*public, *inside], public),
        (inside, ["::1"]),
    ]
    for places in orders:
        names = NamesLeadInside(*places)
        reader = a_reader(
            page_parser, hosts=hostile_sites.hosts("outside.example"), names=names, WEBSITE_DEADLINE=0.1
        )
        hostile_sites.answers["outside.example/"] = _redirect("http://rebind.example/")
        for url in ["http://rebind.example/", "https://rebind.example/", "https://outside.example/"] * 3:
            with pytest.raises((WebsiteRefused, WebsiteUnreachable)):
                await reader.read(url)
        await reader.close()
    assert canary.visits == []


async def test_robots_links_icons_and_bodies_of_a_page_send_nobody_to_a_canary(
    canary: Canary, page_parser: PageParser, hostile_sites: HostileSites
) -> None:
    inside = f"http://127.0.0.1:{canary.port}/"
    page = (
        f'<html><head><base href="{inside}"><link rel="icon" href="{inside}"><meta http-equiv="refresh" content="0;url={inside}">'
        f'<link rel="stylesheet" href="{inside}"></head><body><p>We sell ladders.</p><img src="{inside}">'
        f'<iframe src="{inside}"></iframe><script src="{inside}"></script><a href="about">About</a></body></html>'
    )
    hostile_sites.answers["outside.example/"] = http(
        page, Link=f"<{inside}>; rel=preload", Refresh=f"0; url={inside}"
    )
    reader = a_reader(page_parser, hosts=hostile_sites.hosts("outside.example"))
    read = await reader.read("https://outside.example/")
    for link in read.links:
        with pytest.raises(QuiverError):
            await reader.read(link.url)
    hostile_sites.answers["outside.example/robots.txt"] = _redirect(inside)
    fresh = a_reader(page_parser, hosts=hostile_sites.hosts("outside.example"))
    assert await refusal_of(fresh, "https://outside.example/") in REASONS
    await reader.close()
    await fresh.close()
    assert canary.visits == []


async def test_bombs_and_drips_at_once_stay_within_their_memory(
    page_parser: PageParser, hostile_sites: HostileSites
) -> None:
    """Eight readers at once may each hold 2 MB from the wire and 5 MB of text, and some room."""
    bomb = gzip.compress(b"\0" * (64 * MEGABYTE))

    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(3000):
            writer.write(b"x" * 65536)
            await writer.drain()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def headers_without_end(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200_000):
            writer.write(b"X-%d: %s\r\n" % (number, b"y" * 1000))
            await writer.drain()

    plays: list[Answer] = [http(bomb, Content_Encoding="gzip"), endless, drip, headers_without_end]
    for number, play in enumerate(plays):
        hostile_sites.answers[f"outside.example/{number}"] = play
    reader = a_reader(page_parser, hosts=hostile_sites.hosts("outside.example"), WEBSITE_DEADLINE=3)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    asked = [reader.read(f"https://outside.example/{number % len(plays)}") for number in range(24)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    await reader.close()
    assert all(isinstance(answer, WebsiteUnreadable | WebsiteUnreachable) for answer in answers), answers
    assert peak < 8 * 7 * MEGABYTE + 24 * MEGABYTE


async def test_the_canary_would_be_heard(canary: Canary, page_parser: PageParser) -> None:
    reader = a_reader(page_parser, hosts=f"inside.example=127.0.0.1:{canary.port}")
    assert (await reader.read("http://inside.example/")).text == "The inside of the house."
    await reader.close()
    assert canary.visits
