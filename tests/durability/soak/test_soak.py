"""Half an hour of mixed load: memory and descriptors stay, requests stay as fast as they were, none fails.

`make test-full PART=soak`, SOAK_MINUTES says how long.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.durability.replicas import Replica, Replicas
from tests.durability.soak.at_work import Load, have_it_done, look_in, sell, talk
from tests.durability.soak.watching import Watched
from tests.fixtures.product import Product

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
WARM = MINUTES / 4
"""Minutes that are not judged: caches fill, pools open, the allocator takes its pools."""
MOST_GROWTH = 1.0
"""Megabytes a minute."""
MORE_DESCRIPTORS = 8
SLOWER = 1.5
"""How many times the p99 of the last third may be that of the first, by the machine's own noise."""
TALKERS, SELLERS = 3, 2

pytestmark = [pytest.mark.full, pytest.mark.timeout(MINUTES * 60 + 300)]


async def test_a_soak_leaves_memory_descriptors_and_speed_as_they_were(
    product: Product, replicas: Replicas, counted: None, replica_settings: Mapping[str, str]
) -> None:
    replica = await replicas.start({"TURN_LEASE": "30"})
    async with _worker(replicas, replica_settings) as worker:
        load = Load(product, replica)
        watched = Watched({"api": replica.pid, "worker": worker.pid})
        try:
            await _work(load, watched)
        finally:
            print(f"{MINUTES:.0f} minutes: {dict(load.done)}")
            for name in watched.pids:
                print(f"{name}: MB/descriptors by the minute {watched.table(name)}")
        errors = await _server_errors(replica)
    for name in watched.pids:
        first, last = watched.descriptors(name, after=WARM)
        print(
            f"{name}: {watched.slope(name, after=WARM):+.2f} MB a minute, descriptors {first:.0f} then {last:.0f}"
        )
    noise, ratio = _slower(load, "health"), _slower(load, "request")
    print(f"p99 of the last third by the first: requests {ratio:.2f}, the machine {noise:.2f}")
    assert errors == []
    for name in watched.pids:
        assert watched.slope(name, after=WARM) < MOST_GROWTH
        first, last = watched.descriptors(name, after=WARM)
        assert last <= first + MORE_DESCRIPTORS
    assert ratio <= SLOWER * max(1.0, noise)


async def _work(load: Load, watched: Watched) -> None:
    """All at once, until the time is over or somebody's work fails."""
    async with asyncio.TaskGroup() as group:
        for number in range(TALKERS):
            group.create_task(talk(load, number))
        for number in range(SELLERS):
            group.create_task(sell(load, number))
        group.create_task(have_it_done(load))
        group.create_task(look_in(load))
        group.create_task(watched.look(load.over))
        await asyncio.sleep(MINUTES * 60)
        load.over.set()


def _slower(load: Load, kind: str) -> float:
    """The p99 of the last third of what was judged, by that of the first; both are printed."""
    kept = [seconds for minute, seconds in load.seconds[kind] if minute >= WARM]
    third = len(kept) // 3
    first, last = (sorted(part)[int(len(part) * 0.99)] for part in (kept[:third], kept[-third:]))
    print(f"{kind}: p99 {first * 1000:.0f} ms, then {last * 1000:.0f} ms, of {len(kept)}")
    return last / first


async def _server_errors(replica: Replica) -> list[str]:
    """Lines of the process's own count of answers that say 5xx."""
    async with httpx.AsyncClient(trust_env=False) as client:
        page = (await client.get(f"{replica.url}/metrics")).raise_for_status().text
    return re.findall(r'^quiver_http_requests_total{[^}]*status="5\d\d"[^}]*} .+$', page, re.MULTILINE)


@asynccontextmanager
async def _worker(replicas: Replicas, settings: Mapping[str, str]) -> AsyncIterator[Replica]:
    """A worker with its beat; told to stop at the end, so that its children end with it."""
    command = ["worker", "--concurrency", "1", "--beat"]
    pid, log = replicas.zygote.fork(command, {**os.environ, **settings}, "soak-worker")
    worker = Replica(replicas.zygote, 0, pid, log)
    try:
        yield worker
    finally:
        if not worker.ended():
            worker.tell_to_stop()
        await worker.end(70)
