"""A provider is asked through the proxies of the environment, and past them where it says so."""

import asyncio

import pytest

from tests.contract.models.hand_made import asked, listening, provider_at, well_answered
from tests.contract.models.test_reaching import Ask, both
from tools.providers.models.failure import ModelFailure


class Proxy:
    """Answers for every server. `refusing`: does not open tunnels."""

    def __init__(self, refusing: bool = False) -> None:
        self._refusing = refusing
        self.heads: list[list[str]] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        while True:
            head, body = await asked(reader)
            self.heads.append(head)
            writer.write(b"HTTP/1.1 403 No\r\n\r\n" if self._refusing else well_answered(body))


@both
async def test_a_proxy_of_the_environment_is_told_who_asks(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy()
    async with listening(proxy.answer) as url:
        monkeypatch.setenv("ALL_PROXY", url.removesuffix("/v1"))
        async with provider_at("http://models.example/v1") as provider:
            assert await ask(provider) == "hi"
    [head] = proxy.heads
    assert head[0] == "POST http://models.example/v1/chat/completions HTTP/1.1"


@both
@pytest.mark.filterwarnings(
    "ignore:BasicAuth is deprecated:DeprecationWarning"
)  # by aiohttp; httpx2's transport does it
@pytest.mark.filterwarnings("ignore:The 'proxy_auth' parameter is deprecated:DeprecationWarning")
async def test_a_proxy_with_a_password_gets_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy()
    async with listening(proxy.answer) as url:
        monkeypatch.setenv("HTTP_PROXY", url.removesuffix("/v1").replace("http://", "http://me:secret@"))
        async with provider_at("http://models.example/v1") as provider:
            assert await ask(provider) == "hi"
    assert "Proxy-Authorization: Basic bWU6c2VjcmV0" in proxy.heads[0]
    assert "authorization: Bearer k" in proxy.heads[0]


@both
async def test_a_host_that_needs_no_proxy_is_asked_directly(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, provider_itself = Proxy(refusing=True), Proxy()
    async with listening(proxy.answer) as url, listening(provider_itself.answer) as own:
        monkeypatch.setenv("HTTP_PROXY", url.removesuffix("/v1"))
        monkeypatch.setenv("NO_PROXY", "models.example,localhost")
        async with provider_at(own.replace("127.0.0.1", "localhost")) as provider:
            assert await ask(provider) == "hi"
    assert not proxy.heads


@both
async def test_a_proxy_that_opens_no_tunnel_is_a_lost_connection(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy(refusing=True)
    async with listening(proxy.answer) as url:
        monkeypatch.setenv("HTTPS_PROXY", url.removesuffix("/v1"))
        async with provider_at("https://models.example/v1") as provider:
            with pytest.raises(ModelFailure) as failed:
                await ask(provider)
    assert (failed.value.reason, failed.value.again_after) == ("connection", 0)
    assert proxy.heads[0][0] == "CONNECT models.example:443 HTTP/1.1"
