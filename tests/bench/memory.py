"""What a stream costs in memory that waits for its first token: the turn, its provider's connection and its reader."""

import asyncio
import contextlib

import aiohttp
import psutil

from tests.bench import hearing, subjects
from tests.bench.hearing import Subject
from tests.bench.pacing import set_pace
from tests.bench.stage import Stage

FEW, MANY = 50, 250
PATIENCE = 45.0
"""Seconds the provider says nothing."""
STARTED = 10.0
"""Seconds until the last stream is where the first is."""

GOAL_KIB = 120.0


async def run(stage: Stage) -> None:
    """The relay, then the product."""
    print(f"memory of a waiting stream, from {FEW} to {MANY} of them")
    for subject in (subjects.relay(stage), subjects.quiver(stage)):
        each = await measure(stage, subject)
        print(f"  {subject.name:10} {each:7.1f} KiB")
    print(f"  goal <= {GOAL_KIB:.0f} KiB")


async def measure(stage: Stage, subject: Subject) -> float:
    """KiB a stream, between FEW and MANY that wait at the same time."""
    await set_pace(stage, tokens=5, before=PATIENCE)
    process = psutil.Process(subject.pid)
    async with hearing.session() as client:
        waiting = await _more(client, subject, FEW)
        before = process.memory_info().rss
        waiting += await _more(client, subject, MANY - FEW)
        grown = process.memory_info().rss - before
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return grown / 1024 / (MANY - FEW)


async def _more(client: aiohttp.ClientSession, subject: Subject, count: int) -> list[asyncio.Task[None]]:
    tasks = []
    for _ in range(count):
        tasks.append(asyncio.create_task(_wait(client, subject)))
        await asyncio.sleep(0.03)
    await asyncio.sleep(STARTED)
    return tasks


async def _wait(client: aiohttp.ClientSession, subject: Subject) -> None:
    with contextlib.suppress(RuntimeError):
        await hearing.hear(client, subject)
