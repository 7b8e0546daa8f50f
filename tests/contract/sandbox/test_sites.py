"""The stand-ins for company websites: by Host, in their language, new ones on request, hostile ones."""

import asyncio
import gzip
from html import escape

import httpx
import pytest

from tests.fixtures.sandbox import SandboxServer, running_sandbox
from tests.sandbox.sites.hostile import REDIRECTS
from tests.sandbox.sites.registry import HAND_WRITTEN, HOSTILE

HOSTILE_HOST = "hostile.example"


async def get(sandbox: SandboxServer, host: str, path: str = "/") -> httpx.Response:
    """A page of a host, asked for at the sandbox's address; a client would read Location headers itself and refuse some."""
    async with httpx.AsyncHTTPTransport() as transport:
        request = httpx.Request("GET", f"{sandbox.url}{path}", headers={"Host": host})
        answer = await transport.handle_async_request(request)
        await answer.aread()
        return answer


async def raw(sandbox: SandboxServer, path: str, most: int) -> tuple[httpx.Headers, bytes]:
    """Headers and up to `most` bytes as they come over the wire, nothing decompressed."""
    async with (
        httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=20) as client,
        client.stream("GET", path, headers={"Host": HOSTILE_HOST}) as answer,
    ):
        body = b""
        async for chunk in answer.aiter_raw():
            body += chunk
            if len(body) >= most:
                break
        return answer.headers, body


@pytest.mark.parametrize(
    ("host", "language", "words", "path"),
    [
        ("fernhollow.example", "en", "Castlegate Catering", "/customers"),
        ("kornwerk-technik.example", "de", "Obermüller", "/ueber-uns"),
        ("www.atelier-vernay.example:80", "fr", "restaurant", "/a-propos"),
    ],
)
async def test_hand_written_sites_answer_by_host(
    sandbox: SandboxServer, host: str, language: str, words: str, path: str
) -> None:
    page = await get(sandbox, host)
    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert "<title>" in page.text
    assert 'name="description"' in page.text
    assert 'rel="icon"' in page.text
    assert "<nav" in page.text
    assert "<footer" in page.text
    assert (await get(sandbox, host, path)).status_code == 200
    assert (await get(sandbox, host, "/robots.txt")).text.startswith("User-agent")
    assert (await get(sandbox, host, "/favicon.svg")).headers["content-type"] == "image/svg+xml"
    assert (await get(sandbox, host, "/no-such-page")).status_code == 404
    assert (await get(sandbox, host, "/../../app.py")).status_code == 404


async def test_a_site_answers_on_the_providers_paths_too(sandbox: SandboxServer) -> None:
    assert (await get(sandbox, "fernhollow.example", "/control/health")).status_code == 404
    assert (await get(sandbox, "unknown.example", "/control/health")).status_code == 200


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
async def test_a_registered_company_tells_its_facts_on_its_site(
    sandbox: SandboxServer, language: str
) -> None:
    made = await sandbox.company(4711, language)
    assert made == await sandbox.company(4711, language)
    assert f"{made['host']}={sandbox.url.removeprefix('http://')}" in sandbox.website_hosts
    texts = [
        (await get(sandbox, made["host"], path)).text for path in ("/", "/product/", "/customers", "/about")
    ]
    website, company = "".join(texts), made["company"]
    for fact in ("pitch", "company", "pain", "trigger", "price"):
        assert escape(company["facts"][fact]) in website
    assert escape(company["facts"]["belief"]) not in website
    assert company["onboarding"]["company"]["companyName"] == company["name"]
    assert len(company["answers"]) >= 7
    assert company["askForExperiments"]
    assert company["name"] in company["distinctive"]
    listed = (await sandbox.control("GET", "companies"))["companies"]
    assert made in listed


@pytest.mark.parametrize(
    "body", [{}, {"seed": "7"}, {"seed": True}, {"seed": -1}, {"seed": 7, "language": "tlh"}]
)
async def test_an_unusable_registration_is_refused(sandbox: SandboxServer, body: dict[str, object]) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        await sandbox.control("POST", "sites", body)


def test_companies_of_the_command_line_are_there_before_anybody_asks() -> None:
    with running_sandbox("--companies", "5") as server:
        sites = httpx.get(f"{server.url}/control/sites", trust_env=False).json()
        listed = httpx.get(f"{server.url}/control/companies", trust_env=False).json()["companies"]
    shown = [(entry["company"]["seed"], entry["company"]["language"]) for entry in listed]
    assert shown == [(1, "en"), (1, "de"), (1, "fr"), (2, "en"), (2, "de")]
    assert sites["hosts"] == [*HAND_WRITTEN, *HOSTILE, *(entry["host"] for entry in listed)]
    assert len(sites["websiteHosts"].split(",")) == len(sites["hosts"])


async def test_reads_of_pages_are_counted(sandbox: SandboxServer) -> None:
    since = await sandbox.last_call()
    await get(sandbox, "fernhollow.example", "/robots.txt")
    await get(sandbox, "fernhollow.example", "/nowhere")
    calls = await sandbox.calls("sites", since=since)
    assert [(call["kind"], call["path"], call["status"]) for call in calls] == [
        ("robots", "fernhollow.example/robots.txt", 200),
        ("page", "fernhollow.example/nowhere", 404),
    ]


async def test_redirects_lead_where_they_say(sandbox: SandboxServer) -> None:
    for name, location in REDIRECTS.items():
        answer = await get(sandbox, HOSTILE_HOST, f"/redirect/{name}")
        assert (answer.status_code, answer.headers["location"]) == (302, location)
    path, hops = "/redirect/chain/1", 0
    while (answer := await get(sandbox, HOSTILE_HOST, path)).status_code == 302:
        path, hops = answer.headers["location"], hops + 1
    assert hops == 5
    assert "umbrella stands" in answer.text


async def test_robots_of_hostile_hosts(sandbox: SandboxServer) -> None:
    assert "Disallow: /private" in (await get(sandbox, HOSTILE_HOST, "/robots.txt")).text
    assert "Disallow: /\n" in (await get(sandbox, "closed.example", "/robots.txt")).text
    assert (await get(sandbox, "broken-robots.example", "/robots.txt")).status_code == 500
    assert (await get(sandbox, "broken-robots.example", "/plain")).status_code == 200


async def test_bombs_are_small_on_the_wire_and_large_inside(sandbox: SandboxServer) -> None:
    headers, body = await raw(sandbox, "/gzip-bomb", 10_000_000)
    assert headers["content-encoding"] == "gzip"
    assert len(body) < 300_000
    headers, twice = await raw(sandbox, "/double-gzip-bomb", 10_000_000)
    assert headers["content-encoding"] == "gzip, gzip"
    assert len(twice) < 2000
    assert gzip.decompress(twice) == body


async def test_bodies_without_end_go_on_until_the_reader_leaves(sandbox: SandboxServer) -> None:
    _, body = await raw(sandbox, "/endless", 5_000_000)
    assert len(body) >= 5_000_000
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.2):
            await raw(sandbox, "/slow", 1000)
    headers, body = await raw(sandbox, "/ten-megabytes", 20_000_000)
    assert int(headers["content-length"]) == len(body) > 10_000_000


async def test_words_and_headers_are_as_broken_as_they_claim(sandbox: SandboxServer) -> None:
    assert b"\xed\xa0\xbd" in (await get(sandbox, HOSTILE_HOST, "/surrogates")).content
    invisible = (await get(sandbox, HOSTILE_HOST, "/invisible")).text
    assert all(sign in invisible for sign in ("\x00", "\u200b", "\u202e", "\U000e0069"))
    injection = (await get(sandbox, HOSTILE_HOST, "/injection")).text
    assert injection.lower().count("ignore") >= 4
    assert "display:none" in injection
    assert (await get(sandbox, HOSTILE_HOST, "/empty")).content == b""
    assert "<title>" not in (await get(sandbox, HOSTILE_HOST, "/no-title")).text
    with pytest.raises(UnicodeDecodeError):
        (await get(sandbox, HOSTILE_HOST, "/wrong-charset")).content.decode("utf-8")
    assert "content-type" not in (await get(sandbox, HOSTILE_HOST, "/no-type")).headers
    assert (await get(sandbox, HOSTILE_HOST, "/pdf")).headers["content-type"] == "application/pdf"
    assert (await get(sandbox, HOSTILE_HOST, "/status/500")).status_code == 500
    assert (await get(sandbox, HOSTILE_HOST, "/nowhere")).status_code == 404
