"""What many ask for goes out together: the first at once, the urgent before what waits, and nothing that may not any more."""

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from redis.exceptions import RedisError

from persistence.commands.gathering import Gathering


class Echo:
    """Answers each word with itself and notes which went out together."""

    def __init__(self) -> None:
        self.sent: list[list[str]] = []

    async def send(self, words: Sequence[str]) -> Sequence[str]:
        self.sent.append(list(words))
        return words


async def test_what_comes_during_the_pause_waits_for_its_end_unless_it_is_urgent() -> None:
    echo = Echo()
    gathering = Gathering(echo.send, pause=0.3)
    began = asyncio.get_running_loop().time()
    await gathering.ask(lambda: "first")
    waiting = [asyncio.create_task(gathering.ask(partial(str, word))) for word in ("second", "third")]
    assert await gathering.ask(lambda: "urgent", at_once=True) == "urgent"
    assert not any(task.done() for task in waiting)
    assert await asyncio.gather(*waiting) == ["second", "third"]
    assert asyncio.get_running_loop().time() - began >= 0.29
    assert echo.sent == [["first"], ["urgent"], ["second", "third"]]


async def test_what_waits_goes_out_when_somebody_is_in_a_hurry() -> None:
    gathering = Gathering(Echo().send, pause=30.0)
    await gathering.ask(lambda: "first")
    waiting = asyncio.create_task(gathering.ask(lambda: "second"))
    await asyncio.sleep(0)
    gathering.hurry()
    async with asyncio.timeout(5):
        assert await waiting == "second"


async def test_what_is_asked_is_what_there_is_when_it_goes_out() -> None:
    gathering, words = Gathering(Echo().send, pause=0.05), ["one"]
    await gathering.ask(lambda: "first")
    waiting = asyncio.create_task(gathering.ask(lambda: " ".join(words)))
    await asyncio.sleep(0)
    words.append("two")
    assert await waiting == "one two"


async def test_a_hurry_that_nobody_waited_through_ends_the_next_pause() -> None:
    gathering = Gathering(Echo().send, pause=30.0)
    gathering.hurry()
    async with asyncio.timeout(5):
        for word in ("first", "second"):
            assert await gathering.ask(partial(str, word)) == word


async def test_who_may_not_send_any_more_when_it_goes_out_sends_nothing() -> None:
    class TooLateError(Exception):
        pass

    def refuse() -> str:
        raise TooLateError

    echo = Echo()
    gathering = Gathering(echo.send, pause=0.0)
    asked = (gathering.ask(refuse), gathering.ask(lambda: "other"))
    late, other = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(late, TooLateError)
    assert other == "other"
    assert echo.sent == [["other"]]


async def test_when_nobody_may_send_nothing_goes_out() -> None:
    def refuse() -> str:
        raise PermissionError

    echo = Echo()
    with pytest.raises(PermissionError):
        await Gathering(echo.send, pause=0.0).ask(refuse)
    assert echo.sent == []


@pytest.mark.parametrize("at_once", [False, True])
async def test_what_sending_raises_is_raised_to_all_who_asked(at_once: bool) -> None:
    async def fail(_words: Sequence[str]) -> Sequence[str]:
        raise RedisError

    gathering = Gathering(fail, pause=0.0)
    asked = (gathering.ask(partial(str, word), at_once=at_once) for word in ("one", "two"))
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in told] == [RedisError, RedisError]
