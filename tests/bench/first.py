"""How long the first token takes on an idle process: behind the provider itself, and behind the relay."""

import asyncio
from statistics import median

import aiohttp

from tests.bench import hearing, subjects
from tests.bench.hearing import Subject
from tests.bench.pacing import set_pace
from tests.bench.stage import Stage

ROUNDS = 30
WARM = 5
REST = 0.15
"""Seconds between two requests: nothing else is going on then."""

GOAL_MS = 15.0


async def run(stage: Stage) -> None:
    """Ask all of them in turns of one another, one at a time."""
    await set_pace(stage, tokens=5, gap=0.001)
    asked = [subjects.provider(stage), subjects.relay(stage), subjects.quiver(stage)]
    times: dict[str, list[float]] = {subject.name: [] for subject in asked}
    async with hearing.session() as client:
        for number in range(WARM + ROUNDS):
            for subject in asked:
                took = await _first(client, subject)
                if number >= WARM:
                    times[subject.name].append(took)
    print(f"time to the first token on an idle process, median of {ROUNDS}")
    for name, all_of_them in times.items():
        print(f"  {name:10} {median(all_of_them):7.1f} ms")
    added = median(times["quiver"]) - median(times["provider"])
    print(f"  behind the provider {added:.1f} ms, goal <= {GOAL_MS:.0f}")


async def _first(client: aiohttp.ClientSession, subject: Subject) -> float:
    heard = await hearing.hear(client, subject)
    await asyncio.sleep(REST)
    return heard.first_ms
