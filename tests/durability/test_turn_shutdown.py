"""SIGTERM with many live turns: each is told an end or goes on elsewhere, nothing is lost, and the process ends in time."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import count

import httpx
import pytest

from agents.turns.running import LAST_SECONDS
from tests.durability.replicas import Replica, Replicas
from tests.durability.talks import WAYS, Reader, talking
from tests.durability.truth import Truth
from tests.durability.verdicts import assert_nothing_lost
from tests.fixtures.product import Product

DRAIN = 2.0
CLOSING = 5.0
"""Seconds for connections to close, on a busy machine, when no turn runs any more."""
SLOWER_THAN_THE_DRAIN = 0.3
"""Seconds between two words: an answer takes seven seconds at least."""
SETTINGS = {"TURN_LEASE": "8"}
"""Nothing here waits for a lease, and a busy process must not lose one."""

names = count(1)


async def told_to_stop(
    product: Product,
    replicas: Replicas,
    truth: Truth,
    many: int,
    elsewhere: Callable[[], "asyncio.Task[Replica]"] | Replica,
) -> Counter[int]:
    """Many turns of a process that is told to stop; how many attempts they took. `elsewhere` is there, or is started when it has ended."""
    stopping = await replicas.start(SETTINGS | {"TURN_TAKEOVER": "false", "TURN_DRAIN": str(DRAIN)})
    async with AsyncExitStack() as people:
        talks = [
            await people.enter_async_context(talking(product, stopping, f"stopped-{next(names)}"))
            for _ in range(many)
        ]
        readers = [Reader(talk, *WAYS[place % len(WAYS)]) for place, talk in enumerate(talks)]
        await _pace(product, SLOWER_THAN_THE_DRAIN)
        asking = [asyncio.create_task(reader.ask(stopping)) for reader in readers]
        await asyncio.gather(*(reader.until(lambda shown: bool(shown.words), 30) for reader in readers))
        began = time.monotonic()
        stopping.tell_to_stop()
        await asyncio.gather(*asking)
        assert all(reader.shown.endings == 1 for reader in readers), "a stream broke off without a word"
        code = await stopping.end(DRAIN + LAST_SECONDS + CLOSING)
        print(f"{many} turns: ended {time.monotonic() - began:.1f} s after SIGTERM")
        assert code in {0, -signal.SIGTERM}
        await _pace(product, 0.01)
        heir = elsewhere if isinstance(elsewhere, Replica) else await elsewhere()
        await asyncio.gather(*(reader.until_over(lambda: heir) for reader in readers))
        return Counter([(await assert_nothing_lost(reader, truth, heir))["Attempt"] for reader in readers])


async def _pace(product: Product, between: float) -> None:
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        (await control.post("/control/pace", json={"tokenDelay": between})).raise_for_status()


async def test_live_turns_of_a_process_that_is_told_to_stop_go_on_elsewhere(
    product: Product, replicas: Replicas, truth: Truth, counted: None
) -> None:
    attempts = await told_to_stop(product, replicas, truth, 5, await replicas.start(SETTINGS))
    assert attempts[2] > 0, "no turn was handed over"


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize("alone", [False, True], ids=["with_a_second_process", "alone"])
async def test_turn_of_twenty_live_ones_is_not_lost_when_the_process_is_told_to_stop(
    product: Product, replicas: Replicas, truth: Truth, counted: None, alone: bool
) -> None:
    def later() -> asyncio.Task[Replica]:
        return asyncio.create_task(replicas.start(SETTINGS))

    attempts = await told_to_stop(
        product, replicas, truth, 20, later if alone else await replicas.start(SETTINGS)
    )
    assert attempts[2] > 0, "no turn was handed over"
