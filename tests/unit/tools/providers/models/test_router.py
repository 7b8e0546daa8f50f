"""The router over several providers: order, repetition, and what is metered."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from decimal import Decimal
from math import ceil

import pytest
from pydantic import BaseModel

from prompts.prompt import RenderedPrompt, Role
from tools.providers.models import attempts
from tools.providers.models.failure import RETRYABLE, FailureCode, ModelFailure
from tools.providers.models.provider import Completion, Finish, Hear, ModelRequest, TokenCount
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter

PROMPT = RenderedPrompt("a/b", 1, "a/b@1#00000000", ("Be brief.",), "fast", None, "text")
DONE = Finish("stop", TokenCount(10, 5))


class ScriptedProvider:
    """Plays one script per call: pieces of text, then an end or a failure."""

    def __init__(self, name: str, *scripts: list[str | Finish | ModelFailure]) -> None:
        self.name = name
        self.scripts = list(scripts)
        self.requests: list[ModelRequest] = []

    def model_for(self, role: Role) -> str:
        return f"{self.name}-{role}"

    async def stream(
        self, request: ModelRequest, hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        self.requests.append(request)
        for step in self.scripts.pop(0):
            if isinstance(step, ModelFailure):
                raise step
            yield step

    async def complete(self, request: ModelRequest) -> Completion:
        parts = [part async for part in self.stream(request)]
        assert isinstance(parts[-1], Finish)
        return Completion("".join(part for part in parts if isinstance(part, str)), parts[-1])

    async def list_models(self) -> frozenset[str]:
        return frozenset()

    async def close(self) -> None:
        self.scripts.clear()


class Note(BaseModel):
    """An answer."""

    words: str


def failure(code: FailureCode, again_after: float | None = None) -> ModelFailure:
    return ModelFailure(code, provider="x", reason="test", again_after=again_after)


def router_of(*providers: ScriptedProvider) -> ModelRouter:
    return ModelRouter(providers, price=lambda provider, model, tokens: Decimal(tokens.output))


async def read(router: ModelRouter, meter: UsageMeter) -> str:
    return "".join([piece async for piece in router.stream(PROMPT, [], meter=meter)])


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSE_SECONDS", (0, 0))


@pytest.mark.parametrize("code", sorted(RETRYABLE))
async def test_the_next_provider_is_asked_when_the_first_fails_before_its_first_token(
    code: FailureCode,
) -> None:
    first, second = ScriptedProvider("one", [failure(code)]), ScriptedProvider("two", ["Hello", DONE])
    meter = UsageMeter()

    assert await read(router_of(first, second), meter) == "Hello"
    assert [(record.provider, record.outcome) for record in meter.records] == [("one", code), ("two", "done")]
    assert second.requests[0].model == "two-fast"


async def test_a_provider_is_repeated_once_before_the_next_is_asked() -> None:
    broken = [failure("model_garbled", again_after=0)]
    first, second = ScriptedProvider("one", broken, broken), ScriptedProvider("two", ["Hello", DONE])

    assert await read(router_of(first, second), UsageMeter()) == "Hello"
    assert len(first.requests) == 2


async def test_a_refused_request_is_not_carried_to_another_provider() -> None:
    first, second = (
        ScriptedProvider("one", [failure("model_refused")]),
        ScriptedProvider("two", ["Hello", DONE]),
    )

    with pytest.raises(ModelFailure) as raised:
        await read(router_of(first, second), UsageMeter())
    assert raised.value.error_code == "model_refused"
    assert second.requests == []


async def test_what_one_provider_holds_back_is_not_asked_of_another() -> None:
    first = ScriptedProvider("one", [Finish("content_filter", None)])
    second = ScriptedProvider("two", ["Hello", DONE])

    with pytest.raises(ModelFailure) as raised:
        await read(router_of(first, second), UsageMeter())
    assert raised.value.error_code == "model_refused"
    assert second.requests == []


async def test_two_models_are_never_spliced() -> None:
    first = ScriptedProvider("one", ["Half ", failure("model_unavailable", again_after=0)])
    second = ScriptedProvider("two", ["Hello", DONE])

    with pytest.raises(ModelFailure):
        await read(router_of(first, second), UsageMeter())
    assert second.requests == []


async def test_the_last_failure_is_what_the_caller_sees() -> None:
    first, second = (
        ScriptedProvider("one", [failure("model_garbled")]),
        ScriptedProvider("two", [failure("model_rate_limited")]),
    )

    with pytest.raises(ModelFailure) as raised:
        await read(router_of(first, second), UsageMeter())
    assert raised.value.error_code == "model_rate_limited"


def used_up(name: str) -> ModelFailure:
    return ModelFailure("model_rate_limited", provider=name, reason="quota")


async def test_who_asks_right_after_every_quota_was_used_up_waits_a_moment_and_is_answered() -> None:
    first = ScriptedProvider("one", [used_up("one")], ["Hello", DONE])
    second = ScriptedProvider("two", [used_up("two")])
    router = router_of(first, second)
    with pytest.raises(ModelFailure):
        await read(router, UsageMeter())

    assert await read(router, UsageMeter()) == "Hello"


async def test_of_many_who_ask_while_every_provider_is_left_alone_few_reach_one() -> None:
    alone = ScriptedProvider("one", *([used_up("one")] for _ in range(50)))
    router = router_of(alone)

    ends = await asyncio.gather(*(read(router, UsageMeter()) for _ in range(50)), return_exceptions=True)

    assert all(isinstance(end, ModelFailure) for end in ends)
    after = await asyncio.gather(*(read(router, UsageMeter()) for _ in range(50)), return_exceptions=True)
    assert {end.reason for end in after if isinstance(end, ModelFailure)} == {"quota", "breaker_open"}


async def test_hidden_characters_are_dropped_from_a_stream() -> None:
    provider = ScriptedProvider("one", ["He\x00llo", "\u202e", "\ud800", DONE])

    assert await read(router_of(provider), UsageMeter()) == "Hello�"


async def test_an_answer_that_nobody_counted_is_on_the_bill_by_its_size() -> None:
    provider, meter = ScriptedProvider("one", ["x" * 300, "y" * 300, DONE]), UsageMeter()

    async with aclosing(router_of(provider).stream(PROMPT, [], meter=meter)) as pieces:
        assert len(await anext(pieces)) == 300

    (call,) = meter.records
    assert call.outcome == "stopped"
    assert (meter.input_tokens, meter.output_tokens) == (ceil(len(PROMPT.text) / 3), 100)
    assert meter.cost_usd == 100


async def test_what_failed_before_its_first_word_is_not_estimated() -> None:
    provider, meter = ScriptedProvider("one", [failure("model_refused")]), UsageMeter()

    with pytest.raises(ModelFailure):
        await read(router_of(provider), meter)

    assert (meter.calls, meter.input_tokens, meter.records[0].tokens) == (1, 0, None)


async def test_a_record_in_the_wrong_shape_is_asked_for_once_more() -> None:
    provider = ScriptedProvider("one", ['{"word": 1}', DONE], ['{"words": "ok"}', DONE])
    meter = UsageMeter()

    note = await router_of(provider).structured(PROMPT, [], Note, meter=meter)

    assert note.words == "ok"
    assert (meter.calls, meter.input_tokens, meter.output_tokens, meter.cost_usd) == (2, 20, 10, Decimal(10))
    assert provider.requests[0].schema_name == "Note"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (Finish("length", None), "model_truncated"),
        (Finish("content_filter", None), "model_refused"),
        (Finish("tool_calls", None), "model_truncated"),
        (Finish(None, None), "model_truncated"),
    ],
)
async def test_a_record_whose_answer_is_not_whole_is_never_read(end: Finish, code: str) -> None:
    provider = ScriptedProvider("one", ['{"words": "ok"}', end])

    with pytest.raises(ModelFailure) as raised:
        await router_of(provider).structured(PROMPT, [], Note, meter=UsageMeter())
    assert raised.value.error_code == code


def test_a_meter_without_calls_says_so() -> None:
    meter = UsageMeter()

    assert (meter.calls, meter.cost_usd, meter.model, meter.provider, meter.tags) == (0, 0, None, None, [])
    assert meter.first_token_seconds is None


def test_a_router_needs_a_provider() -> None:
    with pytest.raises(ValueError, match="at least one provider"):
        router_of()
