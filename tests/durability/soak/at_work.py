"""People at work for a long time: they talk, sell, and have jobs done, each at a steady pace; all is timed."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.durability.replicas import Replica
from tests.durability.talks import WAYS, Reader, talking
from tests.fixtures.product import Product
from tests.journeys.seller import people

TURNS = 8
"""Turns of one talk; then somebody new comes, so that what is asked does not grow with time."""
BATCHES = 20
PAUSE = 0.25


@dataclass
class Load:
    """What was done so far; `seconds` holds (minute, seconds) of each request, by kind."""

    product: Product
    replica: Replica
    began: float = field(default_factory=time.monotonic)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def note(self, kind: str, began: float) -> None:
        """One more of this kind, that began then (time.monotonic())."""
        now = time.monotonic()
        self.seconds.setdefault(kind, []).append(((now - self.began) / 60, now - began))
        self.done[kind] += 1

    async def send(self, client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> Any:
        """The data of an answer. Fails on any that is no success."""
        began = time.monotonic()
        answer = await client.request(method, path, **sent)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        self.note("request", began)
        return answer.json()["data"]


async def talk(load: Load, number: int) -> None:
    """One talk after the other, with a new person each."""
    for round_ in range(1_000_000):
        async with talking(load.product, load.replica, f"soak-{number}-{round_}") as conversation:
            for turn in range(TURNS):
                if load.over.is_set():
                    return
                reader, began = (
                    Reader(conversation, *WAYS[(number + round_ + turn) % len(WAYS)]),
                    time.monotonic(),
                )
                await reader.ask(load.replica)
                await reader.until_over(lambda: load.replica)
                assert reader.shown.finished, reader.shown
                load.note("turn", began)
                await asyncio.sleep(PAUSE)


async def sell(load: Load, number: int) -> None:
    """Add leads, note outcomes, read lists, ask for files; a new workspace when one is full."""
    async with load.product.client(f"soak-seller-{number}@example.com") as client:
        client.base_url = httpx.URL(load.replica.url)
        for round_ in range(1_000_000):
            name = f"Soak{number}x{round_}"
            workspace = (await load.send(client, "POST", "/workspaces", json={"name": name}))["id"]
            path = f"/workspaces/{workspace}/campaigns"
            campaign = await load.send(client, "POST", path, json={"name": name})
            for batch in range(BATCHES):
                if load.over.is_set():
                    return
                await _batch(load, client, f"/campaigns/{campaign['id']}", name, batch)
            wanted = {"what": "leads", "format": "csv"}
            job = await load.send(client, "POST", f"/workspaces/{workspace}/exports", json=wanted)
            await follow(load, client, job["jobId"])


async def have_it_done(load: Load) -> None:
    """Ask the agent by a job, and follow it to its end."""
    for round_ in range(1_000_000):
        async with talking(load.product, load.replica, f"soak-job-{round_}") as conversation:
            client = conversation.client
            client.base_url = httpx.URL(load.replica.url)
            for _ in range(TURNS):
                if load.over.is_set():
                    return
                body = {"message": "Maintenance managers of mines in Poland buy our pumps."}
                headers = {"Prefer": "respond-async"}
                job = await load.send(client, "POST", conversation.path, json=body, headers=headers)
                await follow(load, client, job["jobId"])
                await asyncio.sleep(PAUSE)


async def follow(load: Load, client: httpx.AsyncClient, job_id: str) -> None:
    """Read a job's states to its end, which must be a good one."""
    began, last = time.monotonic(), ""
    async with client.stream("GET", f"/jobs/{job_id}/events") as response:
        async for line in response.aiter_lines():
            last = line if '"status"' in line else last
    assert '"status":"completed"' in last, last
    load.note("job", began)


async def look_in(load: Load) -> None:
    """Ask whether it lives: what this takes is the machine's own noise."""
    async with httpx.AsyncClient(base_url=load.replica.url, trust_env=False, timeout=30) as client:
        while not load.over.is_set():
            began = time.monotonic()
            (await client.get("/health")).raise_for_status()
            load.note("health", began)
            await asyncio.sleep(PAUSE / 2)


async def _batch(load: Load, client: httpx.AsyncClient, path: str, name: str, batch: int) -> None:
    body = {"leads": people(name, range(batch * 10, batch * 10 + 10))}
    leads = await load.send(client, "POST", f"{path}/leads/batch", json=body)
    outcome = {"outcome": "meeting_booked"}
    await load.send(client, "POST", f"/leads/{leads[0]['id']}/outcome", json=outcome)
    await load.send(client, "GET", f"{path}/leads", params={"limit": 50})
    await asyncio.sleep(PAUSE)
