"""Streams cut at random bytes and gone on with, here or at another process, say what the uncut ones say."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.durability.replicas import Replicas
from tests.durability.streams.cut_streams import CutStream
from tests.durability.streams.people import LONG_LEASE, Person, person
from tests.fixtures.product import Product
from tests.journeys.pace import slowly

SEED = int(os.environ.get("SEED", "20261122"))
CUTS = int(os.environ.get("CUTS", "500"))
FEW = 8
AT_ONCE = 24
WORDS = "Größe zählt – naïve Käufer in 東京 prüfen 🎯 zuerst l'été прямо"
PIECES = 90
BETWEEN = 0.008
PATIENT = LONG_LEASE | {"REQUEST_QUEUE_SECONDS": "30"}
"""Two fresh processes get so many at once that a busy machine's would send some away for two seconds: tried elsewhere."""


@pytest.fixture(scope="module")
async def words(product: Product) -> AsyncIterator[None]:
    """The model streams many small pieces, not all of them of one byte a character."""
    async with (
        httpx.AsyncClient(base_url=product.sandbox_url, trust_env=False) as control,
        slowly(product, BETWEEN),
    ):
        rule = {"provider": "openai", "mode": "long", "kind": "text", "tokens": PIECES, "words": WORDS}
        (await control.post("/control/behaviour", json=rule)).raise_for_status()
        yield
        (await control.delete("/control/behaviour")).raise_for_status()


@dataclass
class Campaign:
    """Streams of several people at once; what happened is counted, so that it is seen that it happened."""

    product: Product
    urls: list[str]
    cut: int = 0
    gone_on: int = 0
    replayed: int = 0
    asked_again: int = 0

    def __str__(self) -> str:
        return f"{self.cut} cuts, gone on {self.gone_on}, replayed {self.replayed}, asked again {self.asked_again}"

    async def run(self, count: int) -> None:
        """So many streams."""
        numbers = iter(range(count))
        await asyncio.gather(*(self._person(numbers) for _ in range(min(AT_ONCE, count))))

    async def _person(self, numbers: Iterator[int]) -> None:
        async with person(self.product, self.urls, "cuts") as somebody:
            for number in numbers:
                await self._stream(number, somebody)

    async def _stream(self, number: int, somebody: Person) -> None:
        stream = CutStream(SEED, number, somebody)
        try:
            await stream.compare()
        except Exception as error:
            error.add_note(f"SEED={SEED}, stream {number}, {stream.form}, cut behind {stream.cuts}")
            raise
        self.cut += len(stream.cuts)
        self.gone_on += stream.gone_on
        self.replayed += stream.replayed
        self.asked_again += stream.asked_again


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("words")
async def test_turn_streams_cut_anywhere_equal_the_uncut_ones(product: Product, replicas: Replicas) -> None:
    urls = [(await replicas.start(PATIENT)).url for _ in range(2)]
    campaign, began = Campaign(product, urls), time.monotonic()
    await campaign.run(CUTS)
    print(f"\n{CUTS} streams in {time.monotonic() - began:.0f} s: {campaign}")
    assert campaign.cut > CUTS
    assert campaign.gone_on > CUTS / 3
    assert campaign.replayed > CUTS / 6


@pytest.mark.usefixtures("words")
async def test_streams_cut_anywhere_equal_the_uncut_ones(product: Product) -> None:
    campaign = Campaign(product, [product.url])
    await campaign.run(FEW)
    assert campaign.cut
