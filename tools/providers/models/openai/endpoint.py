"""Where chat completions are asked for. Its URL and headers are those of the openai package's client, its connections too.

The client builds the same request anew for each call, but for the body; that costs more than the call itself. Here the head
is taken from one request that the client made, and each body goes straight into the aiohttp session below the client.

It leans on little: that httpx2 chooses a transport for a URL, and that the openai package's opens a session and knows its
proxy. A contract test compares what arrives with what the client sends, and how both fail.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx2
import openai
from aiohttp.payload import AsyncIterablePayload
from multidict import CIMultiDict, istr
from openai import AsyncOpenAI

PATH = "/chat/completions"
SIGNED_IN: Any = {"security": {"bearer_auth": True}}
"""As the package's own `create` signs in."""
LENGTH = istr("content-length")
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Head:
    """What all requests have in common."""

    request: httpx2.Request
    """The one it was taken from, for errors to name."""
    url: str
    headers: CIMultiDict[str]
    """Under names that are `istr`: aiohttp keeps those of each request as long as its answer, and makes no new ones of these."""
    timeout: aiohttp.ClientTimeout


class Endpoint:
    """Chat completions of one client. It and its connections stay the client's: whoever closes that closes them."""

    def __init__(self, client: AsyncOpenAI, http: httpx2.AsyncClient) -> None:
        """`http`: the `DefaultAioHttpClient` that the client was made with."""
        self._client = client
        self._http = http
        self._head: Head | None = None

    async def read(self, body: bytes) -> bytes:
        """The whole answer. Raises what the openai and aiohttp packages raise."""
        async with await self._send(body, len(body)) as answer:
            if not _redirects(answer):
                await self._check(answer)
                return await answer.read()
        # The client knows how to follow, and what may be told to another server.
        response = await self._client.post(PATH, cast_to=httpx2.Response, content=body, options=SIGNED_IN)
        return response.content

    async def open(self, body: AsyncIterator[bytes], length: int) -> aiohttp.ClientResponse:
        """An answer to be read as it comes. Raises as `read`. A redirect is a lost connection: by then the body is gone."""
        # As aiohttp would have it: it asks of each of its other kinds first whether this is one.
        answer = await self._send(AsyncIterablePayload(body), length)
        try:
            await self._check(answer)
        except BaseException:
            answer.close()
            raise
        return answer

    async def _send(self, body: bytes | AsyncIterablePayload, length: int) -> aiohttp.ClientResponse:
        """An answer whose head is read."""
        head = await self._known_head()
        session, proxy = self._below(head.request.url)
        headers = head.headers.copy()
        headers[LENGTH] = str(length)
        return await session.post(
            head.url,
            data=body,
            headers=headers,
            timeout=head.timeout,
            allow_redirects=False,
            **proxy,
        )

    async def _known_head(self) -> Head:
        """Of a request that the client sent to nowhere."""
        if self._head is None:
            kept: list[httpx2.Request] = []

            def keep(request: httpx2.Request) -> httpx2.Response:
                kept.append(request)
                return httpx2.Response(200)

            async with httpx2.AsyncClient(transport=httpx2.MockTransport(keep), trust_env=False) as nowhere:
                client = self._client.copy(http_client=nowhere)
                await client.post(PATH, cast_to=httpx2.Response, content=b"", options=SIGNED_IN)
            self._head = _head_of(kept[0])
        return self._head

    def _below(self, url: httpx2.URL) -> tuple[aiohttp.ClientSession, dict[str, Any]]:
        """The session that the client would send this through, opened as it does, and the proxy on the way."""
        if self._http.is_closed:
            raise RuntimeError("the connections to the model are closed")
        transport: Any = self._http._transport_for_url(url)
        if not isinstance(transport.client, aiohttp.ClientSession):
            transport.client = transport.get_client()
        return transport.client, _proxy_options(transport.proxy)

    async def _check(self, answer: aiohttp.ClientResponse) -> None:
        """Raises the client's own error for a status that is none of success."""
        if 200 <= answer.status < 300:
            return
        request = (await self._known_head()).request
        if _redirects(answer):
            raise openai.APIConnectionError(request=request)
        # What aiohttp read is decompressed.
        headers = [line for line in answer.raw_headers if line[0].lower() != b"content-encoding"]
        response = httpx2.Response(
            answer.status, headers=headers, content=await answer.read(), request=request
        )
        raise self._client._make_status_error_from_response(response)


def _head_of(request: httpx2.Request) -> Head:
    headers = CIMultiDict((istr(name), value) for name, value in request.headers.items())
    headers.pop(LENGTH, None)
    seconds = request.extensions["timeout"]
    timeout = aiohttp.ClientTimeout(
        sock_connect=seconds["connect"], sock_read=seconds["read"], connect=seconds["pool"]
    )
    return Head(request, str(request.url), headers, timeout)


def _proxy_options(proxy: httpx2.Proxy | None) -> dict[str, Any]:
    if proxy is None:
        return {}
    auth = aiohttp.BasicAuth(*proxy.auth) if proxy.auth else None
    return {"proxy": str(proxy.url), "proxy_auth": auth, "proxy_headers": proxy.headers}


def _redirects(answer: aiohttp.ClientResponse) -> bool:
    return answer.status in REDIRECTS and "location" in answer.headers
