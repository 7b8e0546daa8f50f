"""Plain requests through outages: what is answered says when to come back, nothing is half written, and all is well soon after."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from persistence import schema
from tests import embedded
from tests.durability.outages import befalling
from tests.durability.outages.befalling import Outage, Servers
from tests.durability.replicas import Replica, Replicas
from tests.fixtures.product import Product

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]
"""`make test-full PART=outages`."""

WELL_AFTER = 5.0
"""Seconds after an outage's end until everything is normal."""
CLIENTS = 4
SETTINGS = {"RATE_LIMIT_USER": "1000000/minute", "DATABASE_POOL_TIMEOUT": "2", "REQUEST_QUEUE_SECONDS": "4"}
OUTAGES: list[Outage] = [
    befalling.postgres_restarts_ten_times,
    befalling.postgres_is_stopped_for_ten_seconds,
    befalling.connections_are_exhausted,
    befalling.disk_is_full,
    befalling.redis_is_killed_for_twenty_seconds,
    befalling.redis_is_frozen,
    befalling.redis_is_flushed_again_and_again,
    befalling.redis_has_no_room,
]


@pytest.fixture
def servers(services_folder: Path, outage: Outage) -> Iterator[Servers]:
    """Both servers of this test's own; Postgres on a small disk where that is to be filled.

    Not under pytest's folder: each run of pytest shuts that for Postgres' own user when it begins.
    """
    with ExitStack() as stack:
        folder = services_folder / outage.__name__
        disk = folder / "disk"
        if outage is befalling.disk_is_full and befalling.may_mount():
            stack.enter_context(befalling.small_disk(disk, 400))
        postgres = embedded.Postgres(disk / "postgres")
        postgres.create()
        url = postgres.start()
        stack.callback(postgres.stop, "immediate")
        schema.upgrade(url)
        valkey = embedded.Valkey(folder / "valkey")
        valkey.start()
        stack.callback(valkey.stop)
        yield Servers(postgres, url, valkey, disk)


@dataclass
class Customers:
    """People at work. `unsure` are leads whose adding was answered 503: sent again by the same key they are there once."""

    client: httpx.AsyncClient
    campaign: int
    told: Counter[str] = field(default_factory=Counter)
    unsure: list[int] = field(default_factory=list)
    sent: int = 0
    slowest: float = 0.0
    over: bool = False

    async def work(self, place: int) -> None:
        """Add a lead, read it, read the list, without end."""
        while not self.over:
            number, self.sent = self.sent, self.sent + 1
            answer = await self.add(number)
            if answer.status_code == httpx.codes.CREATED:
                lead = answer.json()["data"]["id"]
                await self.request("GET", f"/leads/{lead}")
                await self.request("PUT", f"/leads/{lead}", json={"jobTitle": f"Head of {place}"})
            else:
                self.unsure.append(number)
            await self.request("GET", f"/campaigns/{self.campaign}/leads")

    async def add(self, number: int) -> httpx.Response:
        """Add a lead, by a key of its own."""
        body = {"fullName": f"Customer {number}", "email": f"c{number}@customers.example", "company": "Acme"}
        headers = {"Idempotency-Key": f"customer-key-{number}"}
        path = f"/campaigns/{self.campaign}/leads"
        return await self.request("POST", path, json=body, headers=headers)

    async def request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """One request. Anything but an answer that is right, or 503 with a time to come back, fails the test."""
        began = time.monotonic()
        answer = await self.client.request(method, path, **sent)
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.told[str(answer.status_code)] += 1
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, (
                f"{answer.status_code} {answer.text}"
            )
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.headers["Content-Type"].startswith("application/problem+json")
            await asyncio.sleep(0.1)
        return answer


@pytest.mark.parametrize("outage", OUTAGES, ids=lambda outage: outage.__name__)
async def test_an_outage_is_answered_and_leaves_nothing_behind(
    product: Product, replicas: Replicas, servers: Servers, outage: Outage
) -> None:
    if outage is befalling.disk_is_full and not befalling.may_mount():
        pytest.skip("needs root, to make a small disk")
    settings = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.valkey.url}
    broker = servers.valkey.url.removesuffix("/0") + "/1"
    replica = await replicas.start(settings | SETTINGS | {"CELERY_BROKER_URL": broker})
    async with product.client("outages@example.com") as client:
        client.base_url, client.timeout = httpx.URL(replica.url), httpx.Timeout(30)
        customers = Customers(client, await _campaign(client))
        tasks = [asyncio.create_task(customers.work(place)) for place in range(CLIENTS)]
        await asyncio.sleep(1)
        await outage(servers)
        ended = time.monotonic()
        await asyncio.sleep(WELL_AFTER)
        before = customers.told["503"]
        await asyncio.sleep(2)
        customers.over = True
        try:
            await asyncio.gather(*tasks)
        except BaseException as error:
            error.add_note("\n".join(_faults(replica)))
            raise
        assert customers.told["503"] == before, (
            f"not well {time.monotonic() - ended:.0f} s after: {customers.told}"
        )
        for number in customers.unsure:
            answer = await customers.add(number)
            assert answer.status_code == httpx.codes.CREATED, answer.text
    print(f"{outage.__name__}: {dict(customers.told)}, slowest {customers.slowest:.1f} s")
    assert not replica.ended()
    _assert_whole(servers.database_url, customers)


def _faults(replica: Replica) -> list[str]:
    """What the process logged as faults of its own."""
    return [line for line in replica.log.read_text().splitlines() if '"request.failed"' in line]


async def _campaign(client: httpx.AsyncClient) -> int:
    workspace = (
        (await client.post("/workspaces", json={"name": "Acme"})).raise_for_status().json()["data"]["id"]
    )
    made = await client.post(f"/workspaces/{workspace}/campaigns", json={"name": "All"})
    return int(made.raise_for_status().json()["data"]["id"])


def _assert_whole(database_url: str, customers: Customers) -> None:
    """Every customer is there once, with the activity of its adding, and counted."""
    with psycopg.connect(database_url) as connection:
        leads = connection.execute('SELECT count(*), count(DISTINCT "Email") FROM "Leads"').fetchone()
        counted = connection.execute('SELECT sum("TotalLeads") FROM "Campaigns"').fetchone()
    assert leads == (customers.sent, customers.sent)
    assert counted == (customers.sent,)
