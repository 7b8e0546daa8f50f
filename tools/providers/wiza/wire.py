"""One request to Wiza and its answer: both error envelopes become errors with a clear reason."""

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any, Literal

import aiohttp
import orjson

from tools.providers.wiza.errors import WizaBusy, WizaClosed, WizaFailure, WizaLost, WizaNotFound, WizaRefused
from tools.providers.wiza.metrics import Timed, timed
from tools.providers.wiza.settings import WizaSettings

MAX_ANSWER = 8 * 1024 * 1024
CALL_KEY = "x-call-key"
BUSY_SECONDS = 15
PAUSED = "paused"
KEPT_SECONDS = 4.0
Json = dict[str, Any]
Method = Literal["GET", "POST"]


class Wire:
    """The connection pool of one process, opened with the first request. `close()` ends it.

    By aiohttp: with many requests at once httpx's pool costs more than the requests.
    """

    def __init__(self, settings: WizaSettings) -> None:
        self._settings = settings
        self._base = str(settings.base_url).rstrip("/") + "/api"
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def key(self) -> str:
        """The key of this installation. Raises WizaClosed without one."""
        if self._settings.api_key is None:
            raise WizaClosed("Wiza is not set up here: WIZA_API_KEY is missing.", retry_after=300)
        return self._settings.api_key.get_secret_value()

    async def read(self, method: Method, path: str, body: Json | None = None, **query: str) -> Json:
        """A free request; made once more when it failed without a word of Wiza. Raises a WizaFailure."""
        try:
            return await self.once(method, path, body, query=query)
        except WizaLost:
            await asyncio.sleep(random.uniform(0.1, 0.4))  # noqa: S311 — jitter
            return await self.once(method, path, body, query=query)

    async def once(
        self,
        method: Method,
        path: str,
        body: Json | None = None,
        *,
        query: Mapping[str, str] | None = None,
        call_key: str | None = None,
    ) -> Json:
        """A request that is made exactly once, as what is paid must be. Raises a WizaFailure."""
        headers = {"Authorization": f"Bearer {self.key()}"}
        if call_key:
            headers[CALL_KEY] = call_key
        status, raw = await self._exchange(method, path, body, dict(query or {}), headers)
        answer = _parsed(raw)
        if status >= 400:
            raise failure(status, answer)
        if answer is None:
            raise WizaLost("Wiza's answer could not be read.")
        return answer

    async def _exchange(
        self, method: Method, path: str, body: Json | None, query: dict[str, str], headers: dict[str, str]
    ) -> tuple[int, bytes]:
        data = None if body is None else orjson.dumps(body)
        if data is not None:
            headers["Content-Type"] = "application/json"
        with timed(path) as call:
            return await self._answered(method, path, data, query, headers, call)

    async def _answered(
        self,
        method: Method,
        path: str,
        data: bytes | None,
        query: dict[str, str],
        headers: dict[str, str],
        call: Timed,
    ) -> tuple[int, bytes]:
        try:
            async with (
                asyncio.timeout(self._settings.total_timeout),
                self._opened().request(
                    method, self._base + path, data=data, params=query, headers=headers, allow_redirects=False
                ) as answer,
            ):
                raw = await _bounded(answer.content)
                call.outcome = str(answer.status)
                return answer.status, raw
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            call.outcome = "closed"
            raise WizaClosed("Wiza can't be reached now.", retry_after=10) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise WizaLost("Wiza's answer was lost.") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                # Idle connections are dropped before Wiza would: what is sent on a closed one counts as lost.
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_SECONDS),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._settings.connect_timeout),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


async def _bounded(content: aiohttp.StreamReader) -> bytes:
    """The whole of an answer. Raises WizaLost for one that is larger than any Wiza gives."""
    first = await content.readany()
    if content.at_eof():
        return first
    raw = bytearray(first)
    while piece := await content.readany():
        raw += piece
        if len(raw) > MAX_ANSWER:
            raise WizaLost("Wiza's answer is larger than any it gives.")
    return bytes(raw)


def failure(status: int, answer: Json | None) -> WizaFailure:
    """What an answer of 400 or more means. Wiza writes `{status: {code, message}}`, or flat `{status, message}`."""
    said = _message(answer)
    if status in {401, 403}:
        return WizaClosed("Wiza does not accept the key of this installation.", retry_after=300)
    if status == 404:
        return WizaNotFound(f"Wiza has nothing there: {said}")
    if status == 429:
        return WizaBusy(f"Wiza takes no more now: {said}", retry_after=BUSY_SECONDS)
    if status == 503 and PAUSED in said.lower():
        return WizaClosed("Wiza makes no lists for the moment.")
    if status < 500:
        return WizaRefused(said)
    return WizaLost(f"Wiza failed with {status}.")


def _message(answer: Json | None) -> str:
    inner = (answer or {}).get("status")
    said = inner.get("message") if isinstance(inner, dict) else (answer or {}).get("message")
    return str(said or "no reason given")[:300]


def _parsed(raw: bytes) -> Json | None:
    try:
        answer = orjson.loads(raw)
    except ValueError:
        # The slow reader takes more: lone surrogates, NaN.
        try:
            answer = json.loads(raw)
        except (ValueError, RecursionError):
            return None
    return answer if isinstance(answer, dict) else None
