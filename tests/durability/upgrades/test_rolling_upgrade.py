"""Two API processes and two workers are replaced one by one by a newer version with a migration, while people work.

No request fails but by a 503 that says when to come back; no turn, no lead and no job is lost.
"""

import asyncio
import os
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.durability.replicas import Replica, Replicas
from tests.durability.talks import WAYS, Reader, Talk, talking
from tests.durability.truth import Truth
from tests.durability.upgrades.balancer import Balancer, balancing
from tests.durability.upgrades.newer_version import NewerProcess, newer_version
from tests.durability.verdicts import assert_nothing_lost
from tests.fixtures.product import Product
from tests.journeys.seller import people

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]
"""`make test-full PART=rolling`."""

SETTINGS = {"TURN_LEASE": "8", "TURN_DRAIN": "3", "DATABASE_IDLE_TIMEOUT": "5"}
OUT_OF_THE_BALANCER = 0.5
"""Seconds between taking a process out and telling it to stop: what was on its way to it arrives."""


@dataclass
class Work:
    """What people did so far. `refused` are the 503 that were answered, by their code."""

    over: asyncio.Event = field(default_factory=asyncio.Event)
    turns: list[Reader] = field(default_factory=list)
    leads: int = 0
    jobs: list[str] = field(default_factory=list)
    requests: int = 0
    refused: Counter[str] = field(default_factory=Counter)


async def talk_on(work: Work, talk: Talk, balancer: Balancer, number: int) -> None:
    """Say one thing after the other, and have each answered whole."""
    while not work.over.is_set():
        reader = Reader(talk, *WAYS[(number + len(work.turns)) % len(WAYS)])
        await reader.ask(balancer)
        await reader.until_over(lambda: balancer)
        work.turns.append(reader)


async def sell(work: Work, client: httpx.AsyncClient, balancer: Balancer, name: str) -> None:
    """Add leads, note outcomes, read lists, ask for files."""
    workspace = (await send(work, client, "POST", "/workspaces", json={"name": name}))["id"]
    made = await send(work, client, "POST", f"/workspaces/{workspace}/campaigns", json={"name": name})
    path = f"/campaigns/{made['id']}"
    for start in range(0, 1_000_000, 10):
        if work.over.is_set():
            return
        body = {"leads": people(name, range(start, start + 10))}
        leads = await send(work, client, "POST", f"{path}/leads/batch", json=body)
        work.leads += len(leads)
        await send(
            work, client, "POST", f"/leads/{leads[0]['id']}/outcome", json={"outcome": "meeting_booked"}
        )
        await send(work, client, "GET", f"{path}/leads", params={"limit": 50})
        if start % 50 == 0:
            wanted = {"what": "leads", "format": "csv"}
            job = await send(work, client, "POST", f"/workspaces/{workspace}/exports", json=wanted)
            work.jobs.append(f"{job['jobId']} {name}")


async def send(work: Work, client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> Any:
    """The data of an answer; one that says 503 and when to come back is sent again then, as a client does."""
    deadline = time.monotonic() + 40
    while True:
        answer = await client.request(method, path, **sent)
        work.requests += 1
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            assert answer.status_code < 400, f"{method} {path}: {answer.status_code} {answer.text}"
            return answer.json()["data"]
        work.refused[answer.json()["code"]] += 1
        assert time.monotonic() < deadline
        await asyncio.sleep(float(answer.headers["Retry-After"]))


async def replace_api(old: Replica, new: NewerProcess, balancer: Balancer) -> None:
    """The newer one is ready before the older one is taken out."""
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(60):
        while True:
            try:
                if (await client.get(f"{new.url}/ready")).status_code == httpx.codes.OK:
                    break
            except httpx.TransportError:
                pass
            assert new.process.poll() is None, new.log.read_text()
            await asyncio.sleep(0.1)
    balancer.ports.append(new.port)
    balancer.ports.remove(old.port)
    await asyncio.sleep(OUT_OF_THE_BALANCER)
    old.tell_to_stop()
    await old.end(40)


async def replace_worker(old: Replica, new: NewerProcess) -> None:
    """The newer one takes up work, then the older one ends what it has begun."""
    async with asyncio.timeout(60):
        while "ready" not in new.log.read_text():
            assert new.process.poll() is None, new.log.read_text()
            await asyncio.sleep(0.1)
    old.tell_to_stop()
    await old.end(70)


async def test_nothing_fails_or_is_lost_while_a_newer_version_takes_over(
    product: Product,
    replicas: Replicas,
    truth: Truth,
    counted: None,
    replica_settings: dict[str, str],
    tmp_path: Path,
) -> None:
    environment = replica_settings | SETTINGS
    apis = [await replicas.start(SETTINGS) for _ in range(2)]
    workers = [_old_worker(replicas, environment, beat=number == 0) for number in range(2)]
    newer = newer_version(tmp_path, environment)
    work, started = Work(), []
    async with AsyncExitStack() as stack:
        balancer = await stack.enter_async_context(balancing(*(api.port for api in apis)))
        tasks = await _people(stack, product, work, balancer)
        try:
            await asyncio.sleep(3)
            await asyncio.to_thread(newer.run, "db", "upgrade")
            for api in apis:
                started.append(newer.start("serve"))
                await replace_api(api, started[-1], balancer)
            for number, worker in enumerate(workers):
                started.append(newer.start("worker", *(["--beat"] if number == 0 else [])))
                await replace_worker(worker, started[-1])
            await asyncio.sleep(3)
            work.over.set()
            await asyncio.gather(*tasks)
            await _assert_whole(work, truth, balancer, environment)
        finally:
            for process in started:
                process.end()
            for worker in workers:
                if not worker.ended():
                    worker.kill()
    print(f"{work.requests} requests, {sum(work.refused.values())} refused {dict(work.refused)}")
    print(f"{len(work.turns)} turns, {work.leads} leads, {len(work.jobs)} jobs")


def _old_worker(replicas: Replicas, environment: dict[str, str], *, beat: bool) -> Replica:
    command = ["worker", "--concurrency", "1", *(["--beat"] if beat else [])]
    pid, log = replicas.zygote.fork(command, {**os.environ, **environment}, f"old-worker-{int(beat)}")
    return Replica(replicas.zygote, 0, pid, log)


async def _people(
    stack: AsyncExitStack, product: Product, work: Work, balancer: Balancer
) -> list["asyncio.Task[None]"]:
    """Three who talk and two who sell, at work. A connection a request: what is reused is the balancer's business."""
    tasks = []
    for number in range(3):
        talk = await stack.enter_async_context(talking(product, balancer, f"rolling-{number}"))
        tasks.append(asyncio.create_task(talk_on(work, talk, balancer, number)))
    for number in range(2):
        token = product.token(f"rolling-seller-{number}@example.com")
        client = httpx.AsyncClient(
            base_url=balancer.url,
            headers={"Authorization": f"Bearer {token}", "Connection": "close"},
            timeout=60,
            trust_env=False,
        )
        await stack.enter_async_context(client)
        tasks.append(asyncio.create_task(sell(work, client, balancer, f"Seller{number}")))
    return tasks


async def _assert_whole(work: Work, truth: Truth, balancer: Balancer, environment: dict[str, str]) -> None:
    """Every last answer of a talk is whole, every lead is there, every job is done, every counter is true."""
    assert len(work.turns) > 5
    assert work.leads > 50
    for reader in work.turns:
        assert reader.shown.finished, reader.shown
    last = {reader.talk.chat: reader for reader in work.turns}
    for reader in last.values():
        await assert_nothing_lost(reader, truth, balancer)
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        deadline = time.monotonic() + 60
        waiting = 'SELECT count(*) FROM "Jobs" WHERE "CompletedAt" IS NULL'
        while connection.execute(waiting).fetchone() != (0,):
            assert time.monotonic() < deadline, "a job is not over"
            await asyncio.sleep(0.2)
        failed = connection.execute(
            'SELECT count(*) FROM "Jobs" WHERE "Status" <> %s', ("completed",)
        ).fetchone()
        leads = connection.execute(
            'SELECT count(*) FROM "Leads" WHERE "FullName" LIKE %s', ("Seller%",)
        ).fetchone()
        counted = connection.execute('SELECT sum("TotalLeads") FROM "Campaigns"').fetchone()
    assert (failed, leads, counted) == ((0,), (work.leads,), (work.leads,))
