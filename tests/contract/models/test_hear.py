"""Text heard where the network is read: the same as comes out of a stream, on connections that are used again."""

import asyncio
from typing import Any

import pytest

from tests.contract.models.hand_made import HEAD, LAST, REQUEST, TEXT, Playing, chunk, listening, provider_at
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.openai.chat import OpenAIProvider
from tools.providers.models.openai.stream import LeanChatOpenAI
from tools.providers.models.provider import Finish

TALK = [
    {"role": "system", "content": "You interview the founder of a company that sells boats in Hamburg."},
    {"role": "user", "content": "After the winter repairs — „Überholung“ — they know what is broken. 🚤"},
]


class Ear:
    """Takes every so many-th piece it is offered."""

    def __init__(self, every: int = 1) -> None:
        self._every = every
        self.offered = 0
        self.taken: list[str] = []
        self.text = ""
        """What was taken and what came out of the stream, in order."""

    def hear(self, piece: str) -> bool:
        self.offered += 1
        if not self._every or self.offered % self._every:
            return False
        self.taken.append(piece)
        self.text += piece
        return True


async def read(provider: OpenAIProvider, ear: Ear) -> list[str | Finish]:
    """What comes out of a stream."""
    return [part async for part in provider.stream(REQUEST, ear.hear)]


def _text(part: Any) -> str:
    return part if isinstance(part, str) else str(part.text)


@pytest.mark.parametrize("every", [0, 1, 2])
async def test_what_is_heard_and_what_comes_out_are_together_the_stock_answer(
    chat: LeanChatOpenAI, sandbox: SandboxServer, every: int
) -> None:
    await sandbox.behave("slow", delay=0.02, tokenDelay=0.005)
    ear = Ear(every)
    async for part in chat.stream_parts(TALK, hear=ear.hear):
        ear.text += _text(part)
    stock = "".join([_text(part) async for part in chat.astream(TALK)])
    assert ear.text == stock != ""
    assert ear.offered > 3
    assert bool(ear.taken) is bool(every)


async def test_what_is_heard_does_not_come_out() -> None:
    playing = Playing(HEAD, chunk(TEXT), chunk(TEXT.replace(b"hi", b"ho")), chunk(LAST) + chunk(b""))
    for every, taken, rest in [(1, ["hi", "ho"], []), (2, ["ho"], ["hi"]), (0, [], ["hi", "ho"])]:
        async with listening(playing.answer) as url, provider_at(url) as provider:
            ear = Ear(every)
            assert await read(provider, ear) == [*rest, Finish("stop", None)]
            assert ear.taken == taken


@pytest.mark.parametrize(
    "ending",
    [
        [chunk(LAST) + chunk(b"")],
        [chunk(LAST), chunk(b"")],
        [chunk(LAST)[:-20], chunk(LAST)[-20:] + chunk(b"")],
    ],
)
async def test_a_connection_is_used_again_when_everything_was_heard(ending: list[bytes]) -> None:
    playing, ear = Playing(HEAD, chunk(TEXT)[:50], chunk(TEXT)[50:], *ending), Ear()
    async with listening(playing.answer) as url, provider_at(url) as provider:
        for _ in range(3):
            assert await read(provider, ear) == [Finish("stop", None)]
    assert ear.taken == ["hi"] * 3
    assert playing.connections == 1


@pytest.mark.parametrize("ending", [[chunk(TEXT), chunk(b"")], [chunk(TEXT) + chunk(b"")]])
async def test_an_answer_that_is_over_after_what_was_heard_is_waited_for_no_longer(
    ending: list[bytes],
) -> None:
    playing, ear = Playing(HEAD, *ending), Ear()
    async with listening(playing.answer) as url, provider_at(url) as provider, asyncio.timeout(5):
        for _ in range(2):
            assert await read(provider, ear) == [Finish(None, None)]
    assert (playing.connections, ear.taken) == (1, ["hi"] * 2)


async def test_who_hears_and_who_does_not_take_turns_on_one_connection() -> None:
    playing, ear = Playing(HEAD, chunk(TEXT), chunk(LAST) + chunk(b"")), Ear()
    async with listening(playing.answer) as url, provider_at(url) as provider:
        for _ in range(2):
            assert await read(provider, ear) == [Finish("stop", None)]
            assert [part async for part in provider.stream(REQUEST)] == ["hi", Finish("stop", None)]
    assert (playing.connections, ear.taken) == (1, ["hi"] * 2)
