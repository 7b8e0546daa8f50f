"""`kill -9` of the process that answers, at any moment: another one goes on, and the reader ends with one whole answer."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from itertools import count

import pytest

from tests.durability.campaigns import Campaign
from tests.durability.moments import MOMENTS
from tests.durability.replicas import Replica, Replicas
from tests.durability.talks import WAYS, Reader, Talk, talking
from tests.durability.truth import Truth
from tests.durability.verdicts import assert_nothing_lost
from tests.fixtures.product import Product

KILLS = 300
LANES = 3
TALKS = 2
"""Turns that run on a process when it is killed."""
TURNS_A_TALK = 8
AGAIN = 0.15
"""How often the process that goes on with a turn is killed as well."""
MOST_ATTEMPTS = 3
"""A turn that has had so many is left alone: with one more it would rightly be given up."""

names = count(1)


@dataclass
class Kills:
    """A campaign: `heirs` go on with the turns of the processes that are killed; lanes kill at the same time."""

    product: Product
    replicas: Replicas
    truth: Truth
    campaign: Campaign
    heirs: list[Replica] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    attempts: Counter[int] = field(default_factory=Counter)
    in_mid_answer: int = 0
    """Kills that left a turn behind which somebody waited for."""
    _one_heir_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, lanes: int) -> None:
        """Steps until so many kills as the campaign counts have struck in mid-answer."""
        self.heirs = [await self.replicas.start(), await self.replicas.start()]
        steps = count(self.campaign.start)
        async with asyncio.TaskGroup() as group:
            for _ in range(lanes):
                group.create_task(self._lane(steps))

    async def _lane(self, steps: Iterator[int]) -> None:
        """Some of the steps, one after the other, with new people now and then."""
        talks: list[Talk] = []
        async with AsyncExitStack() as people:
            for step in steps:
                if self.in_mid_answer >= self.campaign.count:
                    return
                if not talks or len(talks[0].said) >= TURNS_A_TALK:
                    talks = [await people.enter_async_context(self._talk()) for _ in range(TALKS)]
                try:
                    await self._step(self.campaign.chance(step), talks)
                except Exception as error:
                    error.add_note(self.campaign.again(step))
                    raise

    async def _step(self, chance: random.Random, talks: list[Talk]) -> None:
        """Messages to a process of their own, its end, whole answers; then the next message of each talk."""
        victim = await self.replicas.start({"TURN_TAKEOVER": "false"})
        readers = [Reader(talk, *chance.choice(WAYS)) for talk in talks]
        asking = [asyncio.create_task(reader.ask(victim)) for reader in readers]
        name = chance.choice(list(MOMENTS))
        await MOMENTS[name](chance, self.truth, readers[0], victim.kill)
        self.killed[name] += 1
        self.in_mid_answer += bool(await self.truth.live_turns(victim.pid)) or name == "behind_the_record"
        await asyncio.gather(*asking)
        again = chance.random() < AGAIN
        async with asyncio.TaskGroup() as group:
            for reader in readers:
                group.create_task(reader.until_over(lambda: chance.choice(self.heirs)))
            if again:
                group.create_task(self._kill_heir(chance))
        await self._judge(readers)
        next_ones = [Reader(talk, "whole", "ai-6") for talk in talks]
        await asyncio.gather(*(reader.until_over(lambda: chance.choice(self.heirs)) for reader in next_ones))
        await self._judge(next_ones)

    async def _judge(self, readers: list[Reader]) -> None:
        for reader in readers:
            turn = await assert_nothing_lost(reader, self.truth, self.heirs[0])
            self.attempts[turn["Attempt"]] += 1

    async def _kill_heir(self, chance: random.Random) -> None:
        """Once it has taken turns over, kill the process that goes on with them; another one stands ready."""
        async with self._one_heir_at_a_time:
            heir, spare = self.heirs[1], self.replicas.fork()
            await asyncio.gather(spare.ready(), asyncio.sleep(chance.uniform(1.5, 2.5)))
            live = await self.truth.live_turns(heir.pid)
            self.heirs[1] = spare
            if live and all(turn["Attempt"] <= MOST_ATTEMPTS for turn in live):
                heir.kill()
                self.killed["an_heir"] += 1
                self.in_mid_answer += 1
            else:
                heir.tell_to_stop()

    def _talk(self) -> AbstractAsyncContextManager[Talk]:
        return talking(self.product, self.heirs[0], f"killed-{next(names)}")


async def test_a_turn_whose_process_is_killed_is_answered_whole_by_another(
    product: Product, replicas: Replicas, truth: Truth, counted: None
) -> None:
    kills = Kills(product, replicas, truth, Campaign(seed=7, start=0, count=2))
    await kills.run(lanes=2)


@pytest.mark.full
@pytest.mark.timeout(1500)
async def test_turn_survives_three_hundred_kills_of_its_process(
    product: Product,
    replicas: Replicas,
    truth: Truth,
    counted: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kills = Kills(product, replicas, truth, Campaign.of(KILLS))
    await kills.run(LANES)
    with capsys.disabled():
        print(f"\n{kills.in_mid_answer} kills in mid-answer, by moment {dict(kills.killed)}")
        print(f"turns by attempts: {dict(sorted(kills.attempts.items()))}")
    if kills.campaign.count == KILLS:
        assert kills.killed.keys() == MOMENTS.keys() | {"an_heir"}
