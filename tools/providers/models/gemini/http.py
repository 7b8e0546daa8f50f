"""The HTTP client under Google's SDK: its waits are bounded, and the answers of a call can be closed.

The SDK reads an answer through generators that hold one another in a cycle: who leaves them closes nothing before Python
next collects its garbage, and until then the provider writes on.
"""

from collections.abc import Awaitable
from contextvars import ContextVar
from typing import Any, TypeVar

import httpx2

T = TypeVar("T")

_COMING: ContextVar[list[httpx2.Response] | None] = ContextVar("gemini_answers", default=None)


class BoundedClient(httpx2.AsyncClient):
    """A client whose own time-outs hold: the SDK passes none, which would mean to wait for ever."""

    def build_request(self, *arguments: Any, **options: Any) -> httpx2.Request:
        """The request, with this client's time-outs."""
        return super().build_request(*arguments, **{**options, "timeout": self.timeout})

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """The answer, which `Answers` of this call note if there are some."""
        response = await super().send(request, **options)
        coming = _COMING.get()
        if coming is not None:
            coming.append(response)
        return response


class Answers:
    """The answers to the requests that one call makes."""

    def __init__(self) -> None:
        self._coming: list[httpx2.Response] = []

    async def noting(self, waiting: Awaitable[T]) -> T:
        """Wait for it; the answers that begin meanwhile are noted."""
        before = _COMING.set(self._coming)
        try:
            return await waiting
        finally:
            _COMING.reset(before)

    async def close(self) -> None:
        """Close their connections; harmless for those that have come to their end."""
        for response in self._coming:
            await response.aclose()
