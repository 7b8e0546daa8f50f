"""What a stream costs in memory that waits for its first token: the turn, its provider's connection and its reader."""

import asyncio
import contextlib
from itertools import pairwise
from statistics import median

import aiohttp
import psutil

from tests.bench import hearing, subjects
from tests.bench.hearing import Subject
from tests.bench.pacing import set_pace
from tests.bench.stage import Stage

STEP, STEPS = 50, 4
"""Streams that are added at a time, and how often, behind the first such step: one figure alone may be an accident."""
PATIENCE = 60.0
"""Seconds the provider says nothing."""
STARTED = 4.0
"""Seconds until the last stream is where the first is."""

GOAL_KIB = 120.0


async def run(stage: Stage) -> None:
    """The relay, then the product."""
    print(f"memory of a waiting stream, from {STEP} to {STEP * (STEPS + 1)} of them")
    for subject in (subjects.relay(stage), subjects.quiver(stage)):
        each = await measure(stage, subject)
        steps = ", ".join(f"{step:.1f}" for step in each)
        print(f"  {subject.name:10} {median(each):7.1f} KiB, median of {steps}")
    print(f"  goal <= {GOAL_KIB:.0f} KiB")


async def measure(stage: Stage, subject: Subject) -> list[float]:
    """KiB a stream of each step, all of which wait at the same time."""
    await set_pace(stage, tokens=5, before=PATIENCE)
    process = psutil.Process(subject.pid)
    sizes: list[int] = []
    async with hearing.session() as client:
        waiting: list[asyncio.Task[None]] = []
        for _ in range(STEPS + 1):
            waiting += await _more(client, subject, STEP)
            sizes.append(process.memory_info().rss)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return [(after - before) / 1024 / STEP for before, after in pairwise(sizes)]


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
