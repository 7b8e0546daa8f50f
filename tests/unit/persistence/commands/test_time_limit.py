"""A time limit ends as `asyncio.timeout` does, whatever happens in it and around it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import pytest

from persistence.commands.time_limit import TimeLimit

Limit = Callable[[float | None], AbstractAsyncContextManager[object]]
SOON, LATE = 0.01, 5.0


@asynccontextmanager
async def ours(seconds: float | None) -> AsyncIterator[None]:
    with TimeLimit(seconds):
        yield


async def is_told_of_a_cancellation() -> None:
    asyncio.current_task().cancel()  # type: ignore[union-attr]
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(0)


async def ends_in_time(limit: Limit) -> str:
    async with limit(LATE):
        return "in time"


async def has_no_limit(limit: Limit) -> str:
    async with limit(None):
        await asyncio.sleep(SOON)
        return "in time"


async def takes_long(limit: Limit) -> None:
    async with limit(SOON):
        await asyncio.sleep(LATE)


async def has_no_time(limit: Limit) -> None:
    async with limit(0):
        await asyncio.sleep(LATE)


async def fails(limit: Limit) -> None:
    async with limit(LATE):
        raise LookupError


async def fails_when_its_time_is_up(limit: Limit) -> None:
    async with limit(SOON):
        try:
            await asyncio.sleep(LATE)
        finally:
            raise LookupError


async def goes_on_when_its_time_is_up(limit: Limit) -> str:
    async with limit(SOON):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(LATE)
    await asyncio.sleep(0)
    return "went on"


async def is_cancelled(limit: Limit) -> None:
    async with limit(LATE):
        asyncio.current_task().cancel()  # type: ignore[union-attr]
        await asyncio.sleep(LATE)


async def is_cancelled_when_its_time_is_up(limit: Limit) -> None:
    async with limit(SOON):
        try:
            await asyncio.sleep(LATE)
        finally:
            await is_told_of_a_cancellation()


async def was_cancelled_before(limit: Limit) -> str:
    await is_told_of_a_cancellation()
    await takes_long(limit)
    return "unreachable"


async def stands_in_one_that_is_shorter(limit: Limit) -> None:
    async with limit(SOON), limit(LATE):
        await asyncio.sleep(LATE)


async def stands_in_one_that_is_longer(limit: Limit) -> str:
    async with limit(LATE):
        try:
            await takes_long(limit)
        except TimeoutError:
            return "the inner one's"
    return "none"


async def outcome(play: Callable[[Limit], object], limit: Limit) -> object:
    """What becomes of it, with the count of its task's cancellations."""

    async def played() -> object:
        try:
            told: object = await play(limit)  # type: ignore[misc]
        except BaseException as error:  # noqa: BLE001 — that is asked for
            told = type(error), type(error.__cause__)
        task = asyncio.current_task()
        assert task is not None
        return told, task.cancelling()

    return await asyncio.wait_for(asyncio.create_task(played()), 5)


@pytest.mark.parametrize(
    "play",
    [
        ends_in_time,
        has_no_limit,
        takes_long,
        has_no_time,
        fails,
        fails_when_its_time_is_up,
        goes_on_when_its_time_is_up,
        is_cancelled,
        is_cancelled_when_its_time_is_up,
        was_cancelled_before,
        stands_in_one_that_is_shorter,
        stands_in_one_that_is_longer,
    ],
)
async def test_it_ends_as_the_standard_librarys_does(play: Callable[[Limit], object]) -> None:
    assert await outcome(play, ours) == await outcome(play, asyncio.timeout)
