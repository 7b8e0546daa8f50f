"""A front end for each version of the package `ai`, and an API process that is stricter than the others."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests import embedded
from tests.contract.clients.front_end import FrontEnd
from tests.durability.gate import Gate, gate_before
from tests.durability.replicas import Replicas, Zygote
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
def replicas(product: Product, zygote: Zygote) -> Iterator[Replicas]:
    """More API processes of the product, which find dead turns sooner than its own; those that still run are killed at the end."""
    replicas = Replicas(zygote, product.environment | {"TURN_LEASE": "1.5"})
    try:
        yield replicas
    finally:
        replicas.kill_all()


@pytest.fixture(scope="session")
async def strict_api(product: Product, replicas: Replicas) -> AsyncIterator[StrictApi]:
    """One for the whole run."""
    redis_url = httpx.URL(product.environment["REDIS_URL"])
    origin = f"http://127.0.0.1:{embedded.free_port()}"
    assert redis_url.port is not None
    async with gate_before(redis_url.port) as redis:
        settings = {
            "REDIS_URL": str(redis_url.copy_with(port=redis.port)),
            "TURN_RATE_PER_MINUTE": "2",
            "CORS_ORIGINS": origin,
        }
        replica = await replicas.start(settings)
        yield StrictApi(replica.url, origin, redis)
        replica.kill()
