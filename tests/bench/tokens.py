"""What it costs to pass a token on, from streams of two lengths, and what a chat costs besides, from streams of one token."""

import asyncio
from dataclasses import dataclass
from statistics import mean, median

import aiohttp

from tests.bench import hearing, subjects
from tests.bench.clock import cpu_seconds
from tests.bench.hearing import Heard, Subject
from tests.bench.pacing import set_pace
from tests.bench.stage import Stage

AT_ONCE = 8
BARE, SHORT, LONG = 1, 50, 550
"""Tokens of a stream. What a chat costs besides is read off the barest: as what is left of two long ones it came out between
35 and 67 ms for the same server.
"""
WARM_UP, ROUNDS = 4, 6
"""Rounds before the measured ones: the first chats of a process cost nearly twice what all later ones do. Of the measured
ones the median counts: on a machine whose cores others share, one round in five is a third dearer."""
AFTERWARDS = 1.0
"""Seconds in which a server may tidy up after its streams."""

TIMES_RELAY = 3.0
BYTES_A_TOKEN = 120


@dataclass(frozen=True)
class Cost:
    """Of one subject: microseconds of CPU a token, milliseconds a chat without its tokens, bytes a token."""

    token_us: float
    chat_ms: float
    token_bytes: float


async def run(stage: Stage) -> None:
    """Measure the relay and the product in turns of one another, and print them."""
    costs = await measure(stage, [subjects.relay(stage), subjects.quiver(stage)])
    relay, quiver = costs["relay"], costs["quiver"]
    print(f"CPU of a relayed token, {AT_ONCE} streams at 50 tokens/s, log included")
    show(costs)
    print(f"  ratio to the relay {quiver.token_us / relay.token_us:.2f}, goal <= {TIMES_RELAY:.0f}")
    print(f"  bytes a token {quiver.token_bytes:.0f}, goal <= {BYTES_A_TOKEN}")


def show(costs: dict[str, Cost]) -> None:
    """A line for each subject."""
    for name, cost in costs.items():
        print(
            f"  {name:10} {cost.token_us:8.0f} us a token   {cost.chat_ms:7.1f} ms a chat besides"
            f"   {cost.token_bytes:6.0f} bytes a token"
        )


async def measure(stage: Stage, measured: list[Subject], *, rounds: int = ROUNDS) -> dict[str, Cost]:
    """What each subject costs, by name."""
    used: dict[tuple[str, int], list[float]] = {}
    sizes: dict[tuple[str, int], list[int]] = {}
    async with hearing.session() as client:
        for subject in measured:
            for _ in range(WARM_UP):
                await _cpu_of(stage, client, subject, SHORT)
        for _ in range(rounds):
            for length in (BARE, SHORT, LONG):
                for subject in measured:
                    seconds, heard = await _cpu_of(stage, client, subject, length)
                    used.setdefault((subject.name, length), []).append(seconds / AT_ONCE)
                    sizes.setdefault((subject.name, length), []).extend(stream.size for stream in heard)
    return {subject.name: _cost(subject.name, used, sizes) for subject in measured}


def _cost(
    name: str, used: dict[tuple[str, int], list[float]], sizes: dict[tuple[str, int], list[int]]
) -> Cost:
    bare, short, long = (median(used[name, length]) for length in (BARE, SHORT, LONG))
    token = (long - short) / (LONG - SHORT)
    size = (mean(sizes[name, LONG]) - mean(sizes[name, SHORT])) / (LONG - SHORT)
    return Cost(token * 1e6, (bare - BARE * token) * 1e3, size)


async def _cpu_of(
    stage: Stage, client: aiohttp.ClientSession, subject: Subject, length: int
) -> tuple[float, list[Heard]]:
    """Seconds of CPU for AT_ONCE streams of this length."""
    await set_pace(stage, tokens=length)
    before = cpu_seconds(subject.pid)
    heard = await hearing.hear_together(client, subject, AT_ONCE)
    await asyncio.sleep(AFTERWARDS)
    used = cpu_seconds(subject.pid) - before
    if any(len(stream.pieces) < length for stream in heard):
        raise RuntimeError(f"{subject.name} lost pieces of a stream")
    return used, heard
