"""Two to five at once in one talk, at two processes: one turn, nothing lost, the history whole."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence

import httpx
import pytest

from tests.durability.replicas import Replicas
from tests.durability.streams.people import LONG_LEASE, person
from tests.durability.streams.races import EVERY, KINDS, Kind, Race
from tests.fixtures.product import Product
from tests.journeys.pace import slowly

SEED = int(os.environ.get("SEED", "20261122"))
RACES = int(os.environ.get("RACES", "200"))
AT_ONCE = 6
PIECES = 30
BETWEEN = 0.02
"""An answer takes 0.6 s: longer than anybody needs to ask."""


@pytest.fixture(scope="module")
async def slow_words(product: Product) -> AsyncIterator[None]:
    """Answers that take their time."""
    async with (
        httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control,
        slowly(product, BETWEEN),
    ):
        rule = {"provider": "openai", "mode": "long", "kind": "text", "tokens": PIECES}
        (await control.post("/control/behaviour", json=rule)).raise_for_status()
        yield
        (await control.delete("/control/behaviour")).raise_for_status()


async def run(
    product: Product, urls: Sequence[str], kinds: Iterator[tuple[int, Kind]], late: Counter[str]
) -> None:
    """Races one after another, each of a new person."""
    for number, kind in kinds:
        async with person(product, urls, "races") as somebody:
            race = Race(random.Random(f"{SEED}:{number}"), somebody)
            try:
                await kind(race)
                await goes_on(race)
            except Exception as error:
                error.add_note(f"SEED={SEED}, race {number}, {kind.__name__}")
                raise
            late[kind.__name__] += race.late


async def goes_on(race: Race) -> None:
    """Nothing runs any more, and the next message is answered."""
    where = race.chance.choice(race.somebody.callers)
    before = await race.somebody.messages(race.chat)
    client = race.somebody.founder.client
    idle = await client.get(f"{where.url}{race.somebody.base}/chat/{race.chat}/stream")
    assert idle.status_code == httpx.codes.NO_CONTENT
    reply = await race.say("m-last", "And then?")
    assert reply.transcript.of("finish"), reply.transcript.refusal
    after = await race.somebody.messages(race.chat)
    assert after[:-2] == before
    assert [message["content"] for message in after[-2:]] == ["And then?", reply.transcript.text]


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("slow_words")
async def test_turn_races_leave_one_turn_and_a_whole_history(product: Product, replicas: Replicas) -> None:
    urls = [(await replicas.start(LONG_LEASE)).url for _ in range(2)]
    chosen = random.Random(SEED).choices(list(KINDS), weights=list(KINDS.values()), k=RACES)
    kinds, late, began = iter(enumerate(chosen)), Counter[str](), time.monotonic()
    await asyncio.gather(*(run(product, urls, kinds, late) for _ in range(AT_ONCE)))
    print(
        f"\n{RACES} races in {time.monotonic() - began:.0f} s: {Counter(kind.__name__ for kind in chosen)}, late: {late}"
    )
    assert late.total() <= RACES / 10, late


@pytest.mark.usefixtures("slow_words")
async def test_races_leave_one_turn_and_a_whole_history(product: Product) -> None:
    kinds = iter(enumerate(EVERY))
    await asyncio.gather(*(run(product, [product.url], kinds, Counter()) for _ in EVERY))
