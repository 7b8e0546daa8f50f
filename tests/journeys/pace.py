"""The pace at which the sandbox's language model writes, so that a journey can look on while it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.fixtures.product import Product

SLOW = 0.15
"""Seconds between the pieces of an answer that is written slowly."""


@asynccontextmanager
async def slowly(product: Product, between: float = SLOW) -> AsyncIterator[None]:
    """The model writes slowly: `between` seconds pass between two pieces of its answer."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        (await control.post("/control/pace", json={"tokenDelay": between})).raise_for_status()
        try:
            yield
        finally:
            (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()
