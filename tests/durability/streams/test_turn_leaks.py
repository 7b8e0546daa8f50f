"""Readers that go away leave nothing behind, idle streams slow nobody down, and a stop ends the provider's answer at once."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from persistence.commands.direct_commands import KEPT
from tests.durability.replicas import Replicas
from tests.durability.streams.cuts import after
from tests.durability.streams.holdings import Watch, above
from tests.durability.streams.people import LONG_LEASE, Person, person, ui_body
from tests.durability.streams.wire import Transcript
from tests.fixtures.product import Product

SEED = int(os.environ.get("SEED", "20261122"))
LEAVERS = int(os.environ.get("LEAVERS", "2000"))
PEOPLE = 12
BYTES = 4_000
BETWEEN = 0.01
PIECES = 400
"""An answer goes on for several seconds, so that many leave it."""
BASE_LINE = 5.0
POOL = 10
IDLE = 4 * POOL
REQUESTS = 150
SLOWER = 2.0
"""How many times slower a request may be with idle streams than without: noise of a busy machine included."""


@asynccontextmanager
async def behaving(product: Product, pace: float, *rules: dict[str, Any]) -> AsyncIterator[None]:
    """The models write at this pace and by these rules."""
    async with httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control:
        for rule in rules:
            (await control.post("/control/behaviour", json=rule)).raise_for_status()
        (await control.post("/control/pace", json={"tokenDelay": pace})).raise_for_status()
        try:
            yield
        finally:
            (await control.delete("/control/behaviour")).raise_for_status()
            (await control.post("/control/pace", json={"tokenDelay": 0})).raise_for_status()


def long_answers(provider: str = "openai") -> dict[str, Any]:
    """A rule."""
    return {"provider": provider, "mode": "long", "kind": "text", "tokens": PIECES}


async def stop(somebody: Person, chat: str, at: int = 0) -> None:
    """Stop what runs in a talk, at one of the processes."""
    status = await somebody.callers[at].ask(
        "POST", f"{somebody.base}/chat/{chat}/stop", Transcript(), body={}
    )
    assert status == httpx.codes.OK


async def leave(somebody: Person, numbers: Iterator[int]) -> None:
    """One person, whose client goes away again and again from turns that go on."""
    chat = ""
    for number in numbers:
        chance = random.Random(f"{SEED}:{number}")
        caller = chance.choice(somebody.callers)
        cut, reset = after(chance.randrange(1, BYTES)), chance.random() < 0.5
        path = f"{somebody.base}/chat/{chat}/stream?format={chance.choice(['ai-sdk', 'plain'])}"
        status = 204
        if chat:
            status = await caller.ask("GET", path, Transcript(), cut=cut, reset=reset)
        if status == httpx.codes.NO_CONTENT:
            chat = f"chat-{number}"
            body = ui_body(chat, "m-1", "We sell pumps to mines.")
            status = await caller.ask(
                "POST", f"{somebody.base}/chat", Transcript(), body=body, cut=after(700), reset=reset
            )
        assert status in {0, 200}, f"SEED={SEED}, {number}: {status}"
    if chat:
        await stop(somebody, chat)


async def leave_nothing(
    product: Product, replicas: Replicas, *, processes: int, leavers: int, people: int, before: int
) -> None:
    """As many as are asked for leave. `before` so many people fill the pools: what those keep is kept on purpose."""
    both = [replicas.fork(LONG_LEASE) for _ in range(processes)]
    urls = [(await replica.ready()).url for replica in both]
    watch = Watch(
        urls, replicas.settings["DATABASE_URL"], replicas.settings["REDIS_URL"], product.sandbox_url
    )
    async with behaving(product, BETWEEN, long_answers()):
        await wave(product, urls, range(-max(leavers // 10, 3 * before // 2), 0), before)
        await asyncio.sleep(1)
        base, began = await watch.count(), time.monotonic()
        await wave(product, urls, range(leavers), people)
        seconds = time.monotonic() - began
        held = await watch.back_at(base, BASE_LINE)
    print(f"\n{leavers} left in {seconds:.0f} s; before: {base}; within 5 s after: {held}")
    assert not above(held, base), f"held {held}, at the base line {base}"


async def wave(product: Product, urls: list[str], numbers: range, people: int) -> None:
    """All of these numbers, shared by so many people."""
    rest = iter(numbers)

    async def one() -> None:
        async with person(product, urls, "leaks") as somebody:
            await leave(somebody, rest)

    await asyncio.gather(*(one() for _ in range(people)))


@pytest.mark.full
@pytest.mark.timeout(600)
async def test_turn_readers_that_leave_hold_nothing_afterwards(product: Product, replicas: Replicas) -> None:
    await leave_nothing(product, replicas, processes=2, leavers=LEAVERS, people=PEOPLE, before=4 * KEPT)


async def test_readers_that_leave_hold_nothing_afterwards(product: Product, replicas: Replicas) -> None:
    await leave_nothing(product, replicas, processes=1, leavers=12, people=2, before=4)


@pytest.mark.full
async def test_turn_streams_that_wait_for_a_model_do_not_slow_other_requests(
    product: Product, replicas: Replicas
) -> None:
    settings = LONG_LEASE | {
        "DATABASE_POOL_SIZE": str(POOL),
        "MODEL_CONCURRENCY": str(2 * IDLE),
        "MODEL_FIRST_TOKEN_TIMEOUT": "100",
        "MODEL_TOTAL_TIMEOUT": "120",
        "TURN_CONCURRENCY": str(2 * IDLE),
    }
    url = (await replicas.start(settings)).url
    silent = {"provider": "openai", "mode": "slow", "kind": "text", "delay": 100}
    async with person(product, [url], "idle") as somebody, behaving(product, 0, silent):
        without = await seconds_of_requests(somebody)
        waiting = [
            asyncio.create_task(wait_for_a_model(somebody, f"idle-{number}")) for number in range(IDLE)
        ]
        watch = Watch(
            [url], replicas.settings["DATABASE_URL"], replicas.settings["REDIS_URL"], product.sandbox_url
        )
        while (await watch.count())["upstream"] < IDLE:  # noqa: ASYNC110 — another process has no event
            await asyncio.sleep(0.1)
        beside = await seconds_of_requests(somebody)
        await asyncio.gather(*(stop(somebody, f"idle-{number}") for number in range(IDLE)))
        assert all(transcript.of("finish") for transcript in await asyncio.gather(*waiting))
        without += await seconds_of_requests(somebody)
    ratio = statistics.median(beside) / statistics.median(without)
    print(
        f"\n{IDLE} idle streams: {1000 * statistics.median(beside):.1f} ms a request, {ratio:.2f} of that without"
    )
    assert ratio < SLOWER


async def wait_for_a_model(somebody: Person, chat: str) -> Transcript:
    """A turn whose model says nothing, read by whoever asked."""
    transcript = Transcript()
    body = ui_body(chat, "m-1", "We sell pumps to mines.")
    await somebody.callers[0].ask("POST", f"{somebody.base}/chat", transcript, body=body)
    return transcript


async def seconds_of_requests(somebody: Person) -> list[float]:
    """How long each of some ordinary requests takes."""
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        (await somebody.founder.client.get("/workspaces")).raise_for_status()
        taken.append(time.perf_counter() - began)
    return taken


@pytest.mark.full
@pytest.mark.parametrize("provider", ["openai", "gemini"])
@pytest.mark.parametrize("at", [0, 1], ids=["here", "elsewhere"])
async def test_turn_that_is_stopped_ends_its_provider_within_a_second(
    product: Product, replicas: Replicas, provider: str, at: int
) -> None:
    urls = [(await replicas.start(LONG_LEASE)).url for _ in range(2)]
    async with person(product, urls, "stop") as somebody:
        for number in range(5):
            await stopped(product, somebody, provider, f"chat-{number}", at)


async def stopped(product: Product, somebody: Person, provider: str, chat: str, at: int) -> None:
    """A turn that is stopped in mid-answer, at the process that runs it (0) or at another."""
    away = [{"provider": "openai", "mode": "insufficient_quota"}] if provider == "gemini" else []
    async with (
        behaving(product, 0.03, long_answers(provider), *away),
        httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control,
    ):
        transcript = Transcript()
        asked = asyncio.create_task(
            somebody.callers[0].ask(
                "POST", f"{somebody.base}/chat", transcript, body=ui_body(chat, "m-1", "We sell pumps.")
            )
        )
        while len(transcript.of("text-delta")) < 3:  # noqa: ASYNC110 — another process has no event
            await asyncio.sleep(0.01)
        assert (await control.get("/control/open")).json()["open"][provider] == 1
        await stop(somebody, chat, at)
        deadline = time.monotonic() + 1
        while (await control.get("/control/open")).json()["open"][provider]:
            assert time.monotonic() < deadline, "the provider still writes for nobody"
            await asyncio.sleep(0.02)
        await asked
        assert transcript.of("finish")[0]["messageMetadata"]["stopped"] is True
        assert (await somebody.messages(chat))[-1]["content"] == transcript.text.strip()
