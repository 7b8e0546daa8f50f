"""Two API processes on one database: whoever runs a turn, everybody can read and stop it, and a stopped process loses nothing."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.durability.replicas import Replica, Replicas, Zygote
from tests.fixtures.product import Product
from tests.journeys.founder import Answer, Founder, Json, read
from tests.journeys.pace import SLOW, slowly

BODY: Json = {"id": "chat", "messages": [{"role": "user", "id": "m", "content": "We sell pumps to mines."}]}


@pytest.fixture(scope="module")
async def replica(product: Product, zygote: Zygote) -> AsyncIterator[Replica]:
    """A second API process."""
    async with another(product, zygote) as replica:
        yield replica


@asynccontextmanager
async def another(product: Product, zygote: Zygote) -> AsyncIterator[Replica]:
    """One more API process; told to stop at the end."""
    replica = await Replicas(zygote, product.environment).start()
    yield replica
    if not replica.ended():
        replica.tell_to_stop()
    await replica.end(25)


async def closed_streams(product: Product) -> int:
    """How many streamed calls the stand-in for the provider saw broken off by us."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        answer = await control.get("/control/calls", params={"limit": 5000})
    calls = answer.raise_for_status().json()["calls"]
    return sum(call["stream"] and call["closedByClient"] for call in calls)


@asynccontextmanager
async def talking(product: Product, replica: Replica) -> AsyncIterator[tuple[Founder, httpx.AsyncClient]]:
    """A founder at the first process, and their client for the second."""
    email = f"replica-{time.monotonic_ns()}@example.com"
    async with product.client(email) as here, product.client(email) as there:
        there.base_url = httpx.URL(replica.url)
        founder = await Founder.begin(here, "Acme")
        await founder.describe({"company": {"companyName": "Acme", "oneSentencePitch": "Pumps for mines"}})
        yield founder, there


async def test_a_turn_of_one_process_is_read_at_another(product: Product, replica: Replica) -> None:
    async with talking(product, replica) as (founder, there), slowly(product):
        path = f"/workspaces/{founder.workspace_id}/discovery/chat"
        async with there.stream("POST", path, json=BODY) as owner:
            lines = owner.aiter_lines()
            seen = await read(lines, Answer(200), until="text-delta")
            async with founder.client.stream("GET", f"{path}/chat/stream") as other:
                assert other.status_code == 200
                copy, rest = await asyncio.gather(read(other.aiter_lines(), Answer(200)), read(lines, seen))
        assert copy.text == rest.text
        assert copy.finished
        assert rest.finished


@pytest.mark.full
async def test_a_turn_is_stopped_at_another_process_within_two_seconds(
    product: Product, replica: Replica
) -> None:
    async with talking(product, replica) as (founder, there), slowly(product):
        path = f"/workspaces/{founder.workspace_id}/discovery/chat"
        async with there.stream("POST", path, json=BODY) as owner:
            await read(owner.aiter_lines(), Answer(200), until="text-delta")
        closed, began = await closed_streams(product), time.monotonic()
        stopped = await founder.client.post(f"{path}/chat/stop")
        assert stopped.json()["data"]["stopped"] is True
        assert time.monotonic() - began < 2
        await asyncio.sleep(2 * SLOW)
        assert await closed_streams(product) == closed + 1
        history = await founder.client.get(f"/workspaces/{founder.workspace_id}/discovery/history")
        assert history.json()["data"]["messages"][-1]["incomplete"] is True


@pytest.mark.full
async def test_turn_process_that_is_told_to_stop_ends_its_turns_and_itself(
    product: Product, zygote: Zygote
) -> None:
    async with another(product, zygote) as replica:
        await _told_to_stop(product, replica)


async def _told_to_stop(product: Product, replica: Replica) -> None:
    async with talking(product, replica) as (founder, there), slowly(product):
        path = f"/workspaces/{founder.workspace_id}/discovery/chat"
        async with there.stream("POST", path, json=BODY) as owner:
            lines = owner.aiter_lines()
            answer = await read(lines, Answer(200), until="text-delta")
            replica.tell_to_stop()
            await read(lines, answer)
        assert answer.finished or answer.of("error")
        # uvicorn closes everything properly and then lets the signal end the process.
        assert await replica.end(20) in {0, -signal.SIGTERM}
        again = await founder.client.post(
            path, json={"message": "Hello again"}, headers={"Accept": "application/json"}
        )
        assert again.status_code == 200
