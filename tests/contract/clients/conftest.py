"""A front end for each version of the package `ai`, and an API process that is stricter than the others."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from tests import embedded
from tests.contract.clients.front_end import FrontEnd
from tests.dev import processes
from tests.durability.gate import Gate, gate_before
from tests.fixtures.product import Product


@pytest.fixture(params=["6", "7"], ids=["ai-6", "ai-7"])
def version(request: pytest.FixtureRequest) -> str:
    """The major version of the package."""
    return str(request.param)


@pytest.fixture
async def front_end(product: Product, version: str) -> FrontEnd:
    """A new founder's front end."""
    return await FrontEnd.made_with(version, product)


@dataclass(frozen=True)
class StrictApi:
    """One more API process: two messages a minute, pages of `origin` may call it, and its way to Redis can be shut."""

    url: str
    origin: str
    redis: Gate


@pytest.fixture(scope="session")
async def strict_api(product: Product) -> AsyncIterator[StrictApi]:
    """One for the whole run."""
    redis_url = httpx.URL(product.environment["REDIS_URL"])
    assert redis_url.port is not None
    async with gate_before(redis_url.port) as redis:
        port, origin = embedded.free_port(), f"http://127.0.0.1:{embedded.free_port()}"
        settings = product.environment | {
            "REDIS_URL": str(redis_url.copy_with(port=redis.port)),
            "TURN_RATE_PER_MINUTE": "2",
            "CORS_ORIGINS": origin,
        }
        command = ["-m", "api.cli", "serve", "--port", str(port)]
        child = processes.start(f"api-{port}", command, settings, product.logs)
        try:
            await asyncio.to_thread(processes.wait_until_ready, child, f"http://127.0.0.1:{port}/ready")
            yield StrictApi(f"http://127.0.0.1:{port}", origin, redis)
        finally:
            await asyncio.to_thread(processes.stop, [child])
