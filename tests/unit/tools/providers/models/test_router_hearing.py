"""The router where text is heard as it is read: metered, cleaned and never repeated, as what comes out of a stream."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from math import ceil

import pytest

from tests.unit.tools.providers.models.test_router import DONE, PROMPT, ScriptedProvider, failure, router_of
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import Finish, Hear, ModelRequest
from tools.providers.models.usage import UsageMeter


class OfferingProvider(ScriptedProvider):
    """Offers each piece of text before it gives it out."""

    async def stream(
        self, request: ModelRequest, hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        assert hear is not None
        async with aclosing(super().stream(request)) as steps:
            async for step in steps:
                if isinstance(step, Finish) or not hear(step):
                    yield step


class Listener:
    """Takes every so many-th piece it is offered."""

    def __init__(self, every: int) -> None:
        self._every = every
        self.offered: list[str] = []
        self.taken: list[str] = []

    def hear(self, piece: str) -> bool:
        self.offered.append(piece)
        takes = self._every > 0 and len(self.offered) % self._every == 0
        if takes:
            self.taken.append(piece)
        return takes


async def read(
    provider: ScriptedProvider, listener: Listener, meter: UsageMeter, *others: ScriptedProvider
) -> list[str]:
    """What comes out of the stream."""
    stream = router_of(provider, *others).stream(PROMPT, [], meter=meter, hear=listener.hear)
    return [piece async for piece in stream]


@pytest.mark.parametrize(
    ("every", "taken", "rest"),
    [
        (1, ["We ", "sell ", "boats"], []),
        (2, ["sell "], ["We ", "boats"]),
        (0, [], ["We ", "sell ", "boats"]),
    ],
)
async def test_each_piece_is_either_heard_or_comes_out(every: int, taken: list[str], rest: list[str]) -> None:
    provider, listener = OfferingProvider("one", ["We ", "sell ", "boats", DONE]), Listener(every)
    assert await read(provider, listener, UsageMeter()) == rest
    assert (listener.taken, listener.offered) == (taken, ["We ", "sell ", "boats"])


async def test_an_answer_that_was_heard_is_whole_and_has_its_first_token() -> None:
    meter = UsageMeter()
    assert await read(OfferingProvider("one", ["Hello", DONE]), Listener(1), meter) == []
    (call,) = meter.records
    assert (call.outcome, meter.output_tokens) == ("done", 5)
    assert call.first_token_seconds is not None


async def test_what_was_heard_is_not_begun_again_after_a_failure() -> None:
    first = OfferingProvider("one", ["Half ", failure("model_unavailable", again_after=0)])
    second, listener = OfferingProvider("two", ["Hello", DONE]), Listener(1)
    with pytest.raises(ModelFailure):
        await read(first, listener, UsageMeter(), second)
    assert (len(first.requests), second.requests, listener.taken) == (1, [], ["Half "])


async def test_what_was_heard_of_an_answer_that_nobody_counted_is_on_the_bill_by_its_size() -> None:
    broken = OfferingProvider("one", ["x" * 300, "y" * 300, failure("model_unavailable")])
    meter = UsageMeter()
    with pytest.raises(ModelFailure):
        await read(broken, Listener(2), meter)
    assert (meter.input_tokens, meter.output_tokens) == (ceil(len(PROMPT.text) / 3), 200)


async def test_what_is_cleaned_away_is_not_offered_and_the_rest_is_offered_clean() -> None:
    provider, listener = OfferingProvider("one", ["He\x00llo", "\u202e", "\ud800", DONE]), Listener(1)
    meter = UsageMeter()
    assert await read(provider, listener, meter) == []
    assert listener.offered == ["Hello", "\ufffd"]


async def test_an_answer_of_which_nothing_is_left_is_no_answer() -> None:
    provider, listener = OfferingProvider("one", *(["\x00", "\u202e", DONE] for _ in range(2))), Listener(1)
    with pytest.raises(ModelFailure) as raised:
        await read(provider, listener, UsageMeter())
    assert (raised.value.reason, listener.offered) == ("empty_answer", [])
