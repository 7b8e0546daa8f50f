"""The pace at which the sandbox's language model writes, so that a journey can look on while it does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx

from tests.fixtures.product import Product

SLOW = 0.15
"""Seconds between the pieces of an answer that is written slowly."""


Release = Callable[[], Awaitable[None]]
PIECES = 12
"""Pieces of an answer, a word or less each, after which it is held."""


@asynccontextmanager
async def held(product: Product, after: int = PIECES) -> AsyncIterator[Release]:
    """Each text stops after so many pieces until what this yields is called: whatever the machine's pace, it is not over before.

    Call it within the product's own MODEL_GAP_TIMEOUT, 20 seconds.
    """
    rule = {"provider": "openai", "mode": "stall", "kind": "text", "after": after}
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        made = (await control.post("/control/behaviour", json=rule)).raise_for_status().json()

        async def release() -> None:
            (await control.delete("/control/behaviour", params={"id": made["id"]})).raise_for_status()

        try:
            yield release
        finally:
            await release()


@asynccontextmanager
async def slowly(product: Product, between: float = SLOW) -> AsyncIterator[None]:
    """The model writes slowly: `between` seconds pass between two pieces of its answer."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        (await control.post("/control/pace", json={"tokenDelay": between})).raise_for_status()
        try:
            yield
        finally:
            (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()
