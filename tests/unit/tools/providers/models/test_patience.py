"""Patience with a stream: each limit, what doesn't count, and whose cancellation it is."""

import asyncio

import pytest

from tools.providers.models.failure import ModelFailure
from tools.providers.models.patience import Patience
from tools.providers.models.provider import Hear


def patience(first: float = 5, gap: float = 5, total: float = 5) -> Patience:
    return Patience("openai", first=first, gap=gap, total=total)


def hearing(patient: Patience, *, takes: bool = True) -> Hear:
    """What is told of each piece that comes; it takes all of them, or none."""
    heard = patient.hearing(lambda _text: takes)
    assert heard is not None
    return heard


@pytest.mark.parametrize(
    ("limits", "content", "reason"),
    [
        ({"first": 0.02}, False, "first_token_timeout"),
        ({"gap": 0.02}, True, "gap_timeout"),
        ({"total": 0.02}, True, "total_timeout"),
        ({"first": 0.02, "total": 0.02}, False, "total_timeout"),
    ],
)
async def test_a_wait_ends_at_its_limit(limits: dict[str, float], content: bool, reason: str) -> None:
    with pytest.raises(ModelFailure) as raised, patience(**limits) as patient:
        if content:
            patient.contented()
        patient.wait()
        await asyncio.sleep(5)
    assert raised.value.reason == reason


async def test_what_the_reader_does_between_two_waits_does_not_count() -> None:
    with patience(gap=0.05) as patient:
        patient.contented()
        for _ in range(3):
            patient.wait()
            await asyncio.sleep(0)
            patient.rest()
            await asyncio.sleep(0.08)


async def test_a_reader_that_comes_back_when_all_time_is_used_up_waits_for_nothing() -> None:
    with pytest.raises(ModelFailure) as raised, patience(total=0.02) as patient:
        await asyncio.sleep(0.04)
        patient.wait()
    assert raised.value.reason == "total_timeout"


async def test_who_cancels_the_reader_finds_it_cancelled() -> None:
    async def read() -> None:
        with patience() as patient:
            patient.wait()
            await asyncio.sleep(5)

    task = asyncio.create_task(read())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_whose_wait_was_ended_can_wait_again() -> None:
    with pytest.raises(ModelFailure), patience(first=0.02) as patient:
        patient.wait()
        await asyncio.sleep(5)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_what_is_heard_moves_the_gap_on() -> None:
    with patience(first=0.2, gap=0.2) as patient:
        heard = hearing(patient)
        patient.wait()
        for _ in range(4):
            await asyncio.sleep(0.08)
            assert heard("hi")
        patient.rest()


@pytest.mark.parametrize("first", [0.2, 5])
async def test_silence_after_what_was_heard_ends_at_the_gap(first: float) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(ModelFailure) as raised, patience(first=first, gap=0.2) as patient:
        heard = hearing(patient)
        patient.wait()
        for _ in range(3):
            await asyncio.sleep(0.08)
            assert heard("hi")
        await asyncio.sleep(5)
    assert raised.value.reason == "gap_timeout"
    assert 0.4 <= asyncio.get_running_loop().time() - began < 2


async def test_who_hears_on_and_on_is_ended_by_the_total() -> None:
    with pytest.raises(ModelFailure) as raised, patience(gap=0.2, total=0.3) as patient:
        heard = hearing(patient)
        patient.wait()
        for _ in range(100):
            await asyncio.sleep(0.02)
            assert heard("hi")
    assert raised.value.reason == "total_timeout"


async def test_what_is_not_taken_ends_no_wait() -> None:
    with pytest.raises(ModelFailure) as raised, patience(first=0.2, gap=5) as patient:
        heard = hearing(patient, takes=False)
        patient.wait()
        for _ in range(100):
            await asyncio.sleep(0.02)
            assert not heard("hi")
    assert raised.value.reason == "first_token_timeout"


async def test_where_nobody_hears_nothing_is_heard() -> None:
    with patience() as patient:
        assert patient.hearing(None) is None
