"""A process that is frozen past its lease and wakes up when another one has finished its turns: it writes nothing any more."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count

import pytest

from tests.durability import moments
from tests.durability.approvals import ApprovalReader, assert_saved_once, before_the_yes, in_the_tools_write
from tests.durability.campaigns import Campaign
from tests.durability.replicas import Replica, Replicas, last_lines
from tests.durability.talks import WAYS, Reader, Talk, talking
from tests.durability.truth import Json, Truth
from tests.durability.verdicts import assert_nothing_lost
from tests.fixtures.product import Product

ROUNDS = 40
TALKS = 2
FROZEN = {"TURN_TAKEOVER": "false", "DATABASE_STATEMENT_TIMEOUT": "2"}
AWAKE_SECONDS = 1.0
"""What a zombie gets to do whatever it was about to."""

SETTLED = 5
"""Looks in a row, 0.3 s apart, that found the same."""

names = count(1)
Moment = Callable[[random.Random, Truth, Reader, Callable[[], None]], Awaitable[None]]
IN_A_TALK: tuple[Moment, ...] = (
    moments.before_words,
    moments.in_words,
    moments.after_words,
    moments.in_a_checkpoint,
    moments.in_the_record,
)
IN_A_WRITE: tuple[Moment, ...] = (moments.while_asking, in_the_tools_write, moments.in_words)


@dataclass
class Zombies:
    """A campaign: `heir` finishes what the frozen processes were at."""

    product: Product
    replicas: Replicas
    truth: Truth
    campaign: Campaign
    heir: Replica
    frozen: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        """All steps; every second one with a tool's write pending."""
        for step in self.campaign.steps():
            try:
                await (self._write if step % 2 else self._talk)(self.campaign.chance(step))
            except Exception as error:
                error.add_note(self.campaign.again(step))
                error.add_note(f"the heir's log ends:\n{last_lines(self.heir.log)}")
                raise

    async def _talk(self, chance: random.Random) -> None:
        """Turns that speak."""
        async with self._people(TALKS) as talks:
            readers = [Reader(talk, *chance.choice(WAYS)) for talk in talks]
            zombie = await self._freeze(chance, readers, chance.choice(IN_A_TALK))
            for reader in readers:
                await assert_nothing_lost(reader, self.truth, self.heir)
            await self._wake(zombie, readers)
            await self._next(talks)

    async def _write(self, chance: random.Random) -> None:
        """Turns that save approved experiments."""
        async with self._people(TALKS) as talks:
            asked = [await before_the_yes(talk, self.heir) for talk in talks]
            readers = [ApprovalReader(talk, shown) for talk, shown in zip(talks, asked, strict=True)]
            zombie = await self._freeze(chance, readers, chance.choice(IN_A_WRITE))
            for reader in readers:
                await assert_saved_once(reader, self.truth, self.heir)
            await self._wake(zombie, readers)
            for reader in readers:
                await assert_saved_once(reader, self.truth, self.heir)

    async def _freeze(self, chance: random.Random, readers: list[Reader], moment: Moment) -> Replica:
        """A process that was frozen at this moment of the first reader's turn; the heir has finished all of them."""
        zombie = await self.replicas.start(FROZEN)
        asking = [asyncio.create_task(reader.ask(zombie)) for reader in readers]
        await moment(chance, self.truth, readers[0], zombie.freeze)
        self.frozen[moment.__name__] += 1
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await asyncio.gather(*(reader.until_over(lambda: self.heir) for reader in readers))
        return zombie

    async def _wake(self, zombie: Replica, readers: list[Reader]) -> None:
        """It wakes up, does what it does, and ends; nothing that was there changes, nothing is added."""
        before = await self._settled(readers)
        zombie.thaw()
        await asyncio.sleep(AWAKE_SECONDS)
        assert _differing(before, await self._all(readers)) == []
        zombie.tell_to_stop()
        await zombie.end(30)
        assert _differing(before, await self._all(readers)) == []

    async def _settled(self, readers: list[Reader]) -> list[Json]:
        """What is stored of these turns once it changes no more: the heir tidies up behind the end, late on a busy machine."""
        now, same = await self._all(readers), 0
        while same < SETTLED:
            await asyncio.sleep(0.3)
            before, now = now, await self._all(readers)
            same = same + 1 if now == before else 0
        return now

    async def _all(self, readers: list[Reader]) -> list[Json]:
        turns = [await self.truth.turn_of(reader.message_id) for reader in readers]
        return [await self.truth.everything(str(turn["AgentRunID"])) for turn in turns if turn]

    async def _next(self, talks: list[Talk]) -> None:
        """The talks go on."""
        for talk in talks:
            reader = Reader(talk, "whole", "ai-6")
            await reader.until_over(lambda: self.heir)
            await assert_nothing_lost(reader, self.truth, self.heir)

    def _people(self, many: int) -> "People":
        return People(self.product, self.heir, many)


def _differing(before: list[Json], after: list[Json]) -> list[tuple[str, object, object]]:
    """What is stored otherwise than before, by where it is."""
    assert len(after) == len(before)
    return [
        (name, was[name], now[name])
        for was, now in zip(before, after, strict=True)
        for name in was
        if now[name] != was[name]
    ]


class People(AsyncExitStack):
    """So many people, each in a talk of their own."""

    def __init__(self, product: Product, replica: Replica, many: int) -> None:
        super().__init__()
        self._wanted = (product, replica, many)

    async def __aenter__(self) -> list[Talk]:  # type: ignore[override]
        product, replica, many = self._wanted
        await super().__aenter__()
        return [
            await self.enter_async_context(talking(product, replica, f"frozen-{next(names)}"))
            for _ in range(many)
        ]


@pytest.fixture
async def heir(replicas: Replicas) -> AsyncIterator[Replica]:
    """A process that is never frozen."""
    yield await replicas.start()


async def test_a_process_that_wakes_up_after_its_lease_writes_nothing(
    product: Product, replicas: Replicas, truth: Truth, counted: None, heir: Replica
) -> None:
    zombies = Zombies(product, replicas, truth, Campaign(seed=7, start=1, count=1), heir)
    await zombies.run()


@pytest.mark.full
@pytest.mark.timeout(1500)
async def test_turn_of_a_frozen_process_is_finished_by_another_and_the_zombie_writes_nothing(
    product: Product,
    replicas: Replicas,
    truth: Truth,
    counted: None,
    heir: Replica,
    capsys: pytest.CaptureFixture[str],
) -> None:
    zombies = Zombies(product, replicas, truth, Campaign.of(ROUNDS), heir)
    await zombies.run()
    with capsys.disabled():
        print(f"\nfrozen at {dict(zombies.frozen)}")
