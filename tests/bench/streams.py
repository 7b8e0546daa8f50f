"""How many streams of 50 tokens/s one process carries before they lag, and how little eight of them do."""

import asyncio
import time
from statistics import quantiles

from tests.bench import hearing, subjects
from tests.bench.hearing import Subject
from tests.bench.pacing import set_pace
from tests.bench.stage import Stage

FEW = 8
COUNTS = {"provider": (FEW,), "relay": (FEW, 40, 120), "quiver": (FEW, 24, 40, 56, 72)}
RAMP = 0.15
"""Seconds between the starts of two streams: what chats cost when they begin is measured elsewhere (`tokens.py`)."""
SETTLE = 2.0
WINDOW = 4.0
"""Seconds in which all streams run, and lags count."""

MANY_GOAL, MANY_MS = 40, 100.0
FEW_MS = 3.0


async def run(stage: Stage) -> None:
    """Each subject with more and more streams, until it lags too much."""
    lags: dict[str, dict[int, float]] = {}
    print("lag of a token at p95, streams of 50 tokens/s, one process")
    for subject in (subjects.provider(stage), subjects.relay(stage), subjects.quiver(stage)):
        lags[subject.name] = {}
        for count in COUNTS[subject.name]:
            lag = await measure(stage, subject, count)
            lags[subject.name][count] = lag
            print(f"  {subject.name:10} {count:4} streams {lag:8.1f} ms", flush=True)
            if lag >= MANY_MS:
                break
    carried = max((count for count, lag in lags["quiver"].items() if lag < MANY_MS), default=0)
    few = lags["quiver"][FEW] - lags["provider"][FEW]
    relayed = lags["relay"][FEW] - lags["provider"][FEW]
    print(f"  below {MANY_MS:.0f} ms: {carried} streams, goal >= {MANY_GOAL}")
    print(f"  added at {FEW} streams {few:.1f} ms (relay {relayed:.1f}), goal <= {FEW_MS:.0f}")


async def measure(stage: Stage, subject: Subject, count: int) -> float:
    """The lag that one token in twenty exceeds while `count` streams run, in milliseconds."""
    seconds = count * RAMP + SETTLE + WINDOW + 1
    await set_pace(stage, tokens=int(seconds * 50))
    async with hearing.session() as client:
        reading = []
        for _ in range(count):
            reading.append(asyncio.create_task(hearing.hear(client, subject)))
            await asyncio.sleep(RAMP)
        await asyncio.sleep(SETTLE)
        begin = time.monotonic()
        heard = await asyncio.gather(*reading)
    lags = [lag for stream in heard for came, lag in stream.pieces if begin <= came < begin + WINDOW]
    await asyncio.sleep(1)
    return quantiles(lags, n=20)[-1]
