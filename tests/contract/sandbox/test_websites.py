"""The stand-ins for company websites: by Host, in their language, new ones on request, hostile ones."""

import gzip
import socket

import httpx
import pytest

from tests.fixtures.sandbox import SandboxServer


async def get(sandbox: SandboxServer, host: str, path: str = "/", **options: object) -> httpx.Response:
    """A page of a host, asked for at the sandbox's address."""
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as client:
        return await client.get(path, headers={"Host": host}, **options)


@pytest.mark.parametrize(
    ("host", "language", "words"),
    [
        ("fernhollow.example", "en", "Castlegate Catering"),
        ("kornwerk-technik.example", "de", "Obermüller"),
        ("www.atelier-vernay.example:80", "fr", "restaurant"),
    ],
)
async def test_hand_written_sites_answer_by_host(
    sandbox: SandboxServer, host: str, language: str, words: str
) -> None:
    page = await get(sandbox, host)
    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert (await get(sandbox, host, "/robots.txt")).text.startswith("User-agent")
    assert (await get(sandbox, host, "/favicon.svg")).headers["content-type"] == "image/svg+xml"
    assert (await get(sandbox, host, "/no-such-page")).status_code == 404


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
async def test_an_invented_company_tells_its_facts_on_its_site(sandbox: SandboxServer, language: str) -> None:
    made = await sandbox.company(4711, language)
    again = await sandbox.company(4711, language)
    assert made == again
    assert f"{made['host']}={sandbox.url.removeprefix('http://')}" in sandbox.website_hosts
    pages = "".join(
        [(await get(sandbox, made["host"], path)).text for path in ("/", "/product", "/customers", "/prices")]
    )
    for subject in ("product", "company", "trigger", "price"):
        assert made["company"]["facts"][subject].replace("&", "&amp;").replace("'", "&#x27;") in pages
    assert made["company"]["facts"]["belief"] not in pages


async def test_any_page_can_be_put_up(sandbox: SandboxServer) -> None:
    await sandbox.control(
        "POST", "sites", {"host": "my.example", "pages": {"/": "<p>hi</p>", "/a": {"status": 410}}}
    )
    assert (await get(sandbox, "my.example")).text == "<p>hi</p>"
    assert (await get(sandbox, "my.example", "/a")).status_code == 410


async def test_hostile_pages_are_what_they_claim(sandbox: SandboxServer) -> None:
    host = "hostile.example"
    assert (await get(sandbox, host, "/redirect/chain/2")).headers["location"] == "/redirect/chain/1"
    assert (await get(sandbox, host, "/redirect/private/decimal")).headers["location"] == "http://2130706433/"
    assert (await get(sandbox, host, "/redirect/scheme/file")).headers["location"] == "file:///etc/passwd"
    assert "\x00" in (await get(sandbox, host, "/text/nul")).text
    assert "Disallow: /\n" in (await get(sandbox, "closed.example", "/robots.txt")).text
    assert "Ignore all previous instructions" in (await get(sandbox, "injected.example")).text


def test_the_double_bomb_is_small_on_the_wire(sandbox: SandboxServer) -> None:
    address = ("127.0.0.1", int(sandbox.url.rsplit(":", 1)[1]))
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(
            b"GET /bomb/double?mb=20 HTTP/1.1\r\nHost: hostile.example\r\nConnection: close\r\n\r\n"
        )
        raw = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    assert b"content-encoding: gzip, gzip" in head
    assert len(body) < 5000
    assert len(gzip.decompress(gzip.decompress(body))) > 20_000_000
