"""Replicas of the API on a database and a Redis of their own, so that no other process takes part in what befalls them."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.durability.moments import WORDS
from tests.durability.replicas import Replicas, Zygote
from tests.durability.truth import Truth, truth_of
from tests.fixtures.database import create_database
from tests.fixtures.product import Product

SHORT_LEASE = {"TURN_LEASE": "1.5", "DATABASE_IDLE_TIMEOUT": "1"}
"""Dead turns are taken over within two seconds."""


@pytest.fixture(scope="session")
def replica_settings(
    product: Product, postgres_url: str, redis_url: str, migrated_template: str
) -> dict[str, str]:
    """The product's settings with a database and a Redis of the replicas' own, and a short lease."""
    redis = redis_url.removesuffix("/0")
    return product.environment | {
        "DATABASE_URL": create_database(postgres_url, template=migrated_template),
        "REDIS_URL": f"{redis}/6",
        "CELERY_BROKER_URL": f"{redis}/7",
        **SHORT_LEASE,
    }


@pytest.fixture
def replicas(zygote: Zygote, replica_settings: dict[str, str]) -> Iterator[Replicas]:
    """None yet; all are killed at the end of the test."""
    replicas = Replicas(zygote, replica_settings)
    try:
        yield replicas
    finally:
        replicas.kill_all()


@pytest.fixture
async def truth(replica_settings: dict[str, str]) -> AsyncIterator[Truth]:
    """What Postgres and Redis hold."""
    async with truth_of(replica_settings) as truth:
        yield truth


@pytest.fixture
async def counted(product: Product) -> AsyncIterator[None]:
    """Every spoken answer is made of numbered words of its own, ten milliseconds apart."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        rule = {"provider": "openai", "mode": "counted", "tokens": WORDS}
        (await control.post("/control/behaviour", json=rule)).raise_for_status()
        (await control.post("/control/pace", json={"tokenDelay": 0.01})).raise_for_status()
        yield
        (await control.delete("/control/behaviour")).raise_for_status()
        (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()
