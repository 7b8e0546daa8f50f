"""Processes of the product whose spans go to a collector, beside those that all tests share."""

import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

from tests.durability.replicas import Replica, Replicas, Zygote
from tests.embedded import free_port
from tests.fixtures.product import Product

BATCHES = {"OTEL_BSP_SCHEDULE_DELAY": "200"}


@asynccontextmanager
async def followed(
    product: Product, zygote: Zygote, collector_url: str, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Replica]:
    """An API process whose spans go there, told to stop at the end."""
    headers = {"OTEL_EXPORTER_OTLP_HEADERS": "x-key=abc"}
    everything = product.environment | headers | _to(product, collector_url) | dict(settings or {})
    replica = await Replicas(zygote, everything).start()
    yield replica
    if not replica.ended():
        replica.tell_to_stop()
    assert await replica.end(25) == -signal.SIGTERM, "uvicorn ends by the signal it was sent"


@contextmanager
def worker(
    product: Product, zygote: Zygote, collector_url: str, settings: Mapping[str, str] | None = None
) -> Iterator[Replica]:
    """A worker whose spans go there, told to stop at the end."""
    environment = product.environment | _to(product, collector_url) | dict(settings or {})
    command = ["worker", "--concurrency", "1"]
    pid, log = zygote.fork(command, environment, f"followed-worker-{free_port()}")
    running = Replica(zygote, 0, pid, log)
    try:
        yield running
    finally:
        running.tell_to_stop()


def _to(product: Product, collector_url: str) -> dict[str, str]:
    """Spans go there; the broker is one that the product's own worker does not read from."""
    broker = product.environment["CELERY_BROKER_URL"].rpartition("/")[0] + "/9"
    return BATCHES | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector_url, "CELERY_BROKER_URL": broker}
