"""Wishes that are fulfilled together."""

import asyncio
from collections.abc import Sequence

import pytest

from tools.gathering import Gathering


class Counted:
    """Doubles numbers, refuses 13, and remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = asyncio.Event()
        self.broken = False

    async def __call__(self, wishes: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(wishes))
        self.begun.set()
        await asyncio.sleep(0.01)
        if self.broken:
            raise RuntimeError("all of them")
        return [ValueError("unlucky") if wish == 13 else wish * 2 for wish in wishes]


async def test_wishes_of_one_moment_are_one_batch_and_no_batch_is_larger_than_allowed() -> None:
    fulfil = Counted()
    gathering = Gathering(fulfil, pause=0.02, most=3)
    assert await asyncio.gather(*(gathering.ask(number) for number in range(7))) == [0, 2, 4, 6, 8, 10, 12]
    assert fulfil.batches == [[0, 1, 2], [3, 4, 5], [6]]
    assert await gathering.ask(8) == 16, "it goes on after it was idle"


async def test_a_wish_that_fails_fails_alone_and_a_batch_that_breaks_fails_all() -> None:
    fulfil = Counted()
    gathering = Gathering(fulfil, pause=0.01, most=9)
    found = await asyncio.gather(*(gathering.ask(each) for each in (1, 13, 2)), return_exceptions=True)
    assert [found[0], found[2]] == [2, 4]
    assert isinstance(found[1], ValueError)
    fulfil.broken = True
    broken = await asyncio.gather(gathering.ask(1), gathering.ask(2), return_exceptions=True)
    assert [type(each) for each in broken] == [RuntimeError, RuntimeError]


async def test_who_leaves_before_its_batch_takes_its_wish_back_and_later_disturbs_nobody() -> None:
    fulfil = Counted()
    gathering = Gathering(fulfil, pause=0.02, most=9)
    early, late, other = (asyncio.ensure_future(gathering.ask(number)) for number in (1, 2, 3))
    await asyncio.sleep(0)
    early.cancel()
    await asyncio.wait_for(fulfil.begun.wait(), 2)
    late.cancel()
    assert await other == 6
    assert fulfil.batches == [[2, 3]]
    with pytest.raises(asyncio.CancelledError):
        await late
