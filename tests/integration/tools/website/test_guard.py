"""Nothing that a user or a website says makes us connect to a place that is not public. WEBSITE_HOSTS is empty here."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fixtures.websites import HostileSites, PlayedNames, http
from tools.providers.website.door import DoorKeeper
from tools.providers.website.errors import WebsiteRefused, WebsiteUnreachable
from tools.providers.website.reader import WebsiteReader
from tools.providers.website.resolver import SystemResolver
from tools.providers.website.settings import WebsiteSettings
from tools.providers.website.target import parse_target


@pytest.fixture
async def reader(played_names: PlayedNames) -> AsyncIterator[WebsiteReader]:
    guarded = WebsiteReader(WebsiteSettings(), played_names)
    yield guarded
    await guarded.close()


@pytest.fixture
async def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a socket of this loop tries to connect to; no attempt goes through."""
    tried: list[Any] = []

    async def connect(_loop: asyncio.AbstractEventLoop, _socket: socket.socket, address: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(type(asyncio.get_running_loop()), "sock_connect", connect)
    return tried


LITERALS = [
    "http://127.0.0.1/", "http://10.0.0.5/", "http://169.254.169.254/latest/meta-data/", "http://192.168.0.1/",
    "http://100.100.100.200/", "http://0.0.0.0/", "http://0x7f.1/", "http://2130706433/", "http://127.1/",
    "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/", "http://localhost/", "http://LOCALHOST./", "http://redis:80/",
    "http://metadata.google.internal/", "http://127.0.0.1.:80/", "http://１２７.0.0.1/", "http://127。0。0。1/",
]  # fmt: skip


@pytest.mark.parametrize("url", LITERALS)
async def test_no_way_to_write_an_internal_address_leads_to_a_connection(
    reader: WebsiteReader, connections: list[Any], url: str
) -> None:
    with pytest.raises(WebsiteRefused) as refusal:
        await reader.read(url)
    assert connections == []
    assert not any(digits in refusal.value.message for digits in ("127", "169", "10.0", "::"))


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["93.184.216.34", "127.0.0.1"],
        ["93.184.216.34", "::1"],
        ["::ffff:127.0.0.1"],
        ["2002:7f00:1::"],
        ["64:ff9b::7f00:1"],
        ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
        ["0x7f.1"],
        ["not an address"],
        [],
    ],
)
async def test_a_public_name_with_any_internal_address_is_refused(
    reader: WebsiteReader, played_names: PlayedNames, connections: list[Any], answer: list[str]
) -> None:
    played_names.answers["127.0.0.1.nip.example"] = [answer]
    with pytest.raises(WebsiteRefused, match="Only public websites"):
        await reader.read("http://127.0.0.1.nip.example/")
    assert connections == []


async def test_the_checked_address_is_the_one_connected_to_though_the_name_changes(
    reader: WebsiteReader, played_names: PlayedNames, connections: list[Any]
) -> None:
    played_names.answers["rebind.example"] = [["93.184.216.34"], ["127.0.0.1"]]
    with pytest.raises(WebsiteUnreachable):
        await reader.read("http://rebind.example/")
    assert {address[0] for address in connections} <= {"93.184.216.34"}
    assert played_names.asked == ["rebind.example"]


async def test_a_redirect_to_an_internal_address_is_refused(
    played_names: PlayedNames, hostile_sites: HostileSites
) -> None:
    places = ["http://127.0.0.1/", "http://169.254.169.254/", "http://inside.example/", "http://[::1]/"]
    played_names.answers["inside.example"] = [["10.0.0.1"]]
    settings = WebsiteSettings.model_validate({"WEBSITE_HOSTS": hostile_sites.hosts("outside.example")})
    reader = WebsiteReader(settings, played_names)
    for number, place in enumerate(places):
        hostile_sites.answers[f"outside.example/{number}"] = http(status="302 Found", Location=place)
        with pytest.raises(WebsiteRefused):
            await reader.read(f"http://outside.example/{number}")
    await reader.close()


async def test_a_robots_file_that_redirects_inside_is_refused_too(
    played_names: PlayedNames, hostile_sites: HostileSites
) -> None:
    hostile_sites.answers["outside.example/robots.txt"] = http(
        status="301 Moved", Location="http://169.254.169.254/"
    )
    settings = WebsiteSettings.model_validate({"WEBSITE_HOSTS": hostile_sites.hosts("outside.example")})
    reader = WebsiteReader(settings, played_names)
    with pytest.raises(WebsiteRefused):
        await reader.read("http://outside.example/")
    await reader.close()


async def test_the_system_resolver_is_never_asked_what_unusual_numbers_mean() -> None:
    resolver = SystemResolver()
    doors = DoorKeeper(WebsiteSettings(), resolver)
    try:
        assert await resolver.addresses("127.1") == ["127.0.0.1"]
        with pytest.raises(WebsiteRefused):
            await doors.door(parse_target("http://127.1/"))
    finally:
        resolver.close()


async def test_a_name_that_does_not_exist_is_unreachable_without_details() -> None:
    resolver = SystemResolver()
    with pytest.raises(WebsiteUnreachable) as failure:
        await resolver.addresses("no-such-name.invalid")
    resolver.close()
    assert failure.value.message == "There is no website at this name."


def test_the_exception_for_the_sandbox_is_refused_in_production() -> None:
    given = {"ENV": "production", "WEBSITE_HOSTS": "acme.example=127.0.0.1:9000"}
    with pytest.raises(ValueError, match="must be empty when ENV=production"):
        WebsiteSettings.model_validate(given)


@pytest.mark.parametrize(
    "hosts", ["acme.example", "acme.example=localhost:80", "acme.example=127.0.0.1:http"]
)
def test_a_broken_list_of_exceptions_is_refused_at_start(hosts: str) -> None:
    with pytest.raises(ValueError, match="WEBSITE_HOSTS"):
        WebsiteSettings.model_validate({"WEBSITE_HOSTS": hosts})
