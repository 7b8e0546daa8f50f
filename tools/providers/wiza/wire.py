"""One request to Wiza and its answer: both error envelopes become errors with a clear reason."""

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any, Literal

import httpx

from tools.providers.wiza.errors import WizaBusy, WizaClosed, WizaFailure, WizaLost, WizaNotFound, WizaRefused
from tools.providers.wiza.settings import WizaSettings

MAX_ANSWER = 8 * 1024 * 1024
CALL_KEY = "x-call-key"
BUSY_SECONDS = 15
PAUSED = "paused"
Json = dict[str, Any]
Method = Literal["GET", "POST"]


class Wire:
    """The connection pool of one process. `close()` ends it."""

    def __init__(self, settings: WizaSettings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(
            base_url=str(settings.base_url).rstrip("/") + "/api",
            timeout=httpx.Timeout(settings.total_timeout, connect=settings.connect_timeout),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

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
        try:
            async with (
                asyncio.timeout(self._settings.total_timeout),
                self._client.stream(method, path, json=body, params=query, headers=headers) as answer,
            ):
                raw = bytearray()
                async for piece in answer.aiter_bytes():
                    raw += piece
                    if len(raw) > MAX_ANSWER:
                        raise WizaLost("Wiza's answer is larger than any it gives.")
                return answer.status_code, bytes(raw)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise WizaClosed("Wiza can't be reached now.", retry_after=10) from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise WizaLost("Wiza's answer was lost.") from error


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
        answer = json.loads(raw)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
