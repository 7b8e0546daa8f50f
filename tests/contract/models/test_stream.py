"""Streams over OpenAI's wire: whole answers, and every way in which one can go wrong."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import pytest

from prompts.prompt import RenderedPrompt
from tests.contract.models.conftest import OpenRouter
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.failure import ModelFailure
from tools.providers.models.provider import ChatMessage
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter

TALK: Sequence[ChatMessage] = (
    {"role": "user", "content": "We sell boats to sailing schools in Kiel."},
    {"role": "assistant", "content": "Who signs the order there?"},
    {"role": "user", "content": "The head of the school, each spring, after the winter repairs."},
)


async def read(router: ModelRouter, prompt: RenderedPrompt, meter: UsageMeter) -> str:
    return "".join([piece async for piece in router.stream(prompt, TALK, meter=meter)])


async def test_a_whole_answer_arrives_in_pieces_and_is_metered(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.005)
    meter = UsageMeter()
    pieces = [piece async for piece in router.stream(prompt, TALK, meter=meter)]

    [call] = await sandbox.calls(bodies=True)
    assert len(pieces) > 3
    assert [message["role"] for message in call["body"]["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]
    assert call["body"]["messages"][0]["content"] == prompt.text
    assert (meter.calls, meter.input_tokens, meter.output_tokens) == (
        1,
        call["inputTokens"],
        call["outputTokens"],
    )
    assert (meter.model, meter.provider, meter.tags) == ("gpt-6-sol", "openai", [prompt.tag])
    assert meter.cost_usd > 0
    assert meter.first_token_seconds is not None
    assert meter.records[0].outcome == "done"


async def test_what_a_model_does_not_take_is_not_sent(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    for model in ("gpt-6-sol", "gpt-4.1", "local-llama"):
        await read(open_router(OPENAI_MODEL=model), prompt, UsageMeter())

    reasoning, chat, local = (call["body"] for call in await sandbox.calls(bodies=True))
    assert "temperature" not in reasoning
    assert reasoning["reasoning_effort"] == "low"
    assert reasoning["max_completion_tokens"] == 16_000
    assert (chat["temperature"], chat["max_completion_tokens"]) == (0.4, 16_000)
    assert "reasoning_effort" not in chat
    assert (local["temperature"], local["max_tokens"]) == (0.4, 16_000)
    assert "max_completion_tokens" not in local


@pytest.mark.parametrize(
    ("mode", "options", "code", "calls"),
    [
        ("rate_limited", {"retryAfter": 61}, "model_rate_limited", 1),
        ("rate_limited", {"retryAfter": 0}, "model_rate_limited", 2),
        ("insufficient_quota", {}, "model_rate_limited", 1),
        ("server_error", {}, "model_unavailable", 2),
        ("overloaded", {}, "model_unavailable", 2),
        ("hang", {"delay": 3}, "model_unavailable", 1),
        ("slow", {"delay": 3}, "model_unavailable", 1),
        ("cut", {"after": 0}, "model_unavailable", 2),
        ("garbage", {"variant": "chunk", "after": 0}, "model_garbled", 2),
        ("refusal", {}, "model_garbled", 2),
    ],
)
async def test_a_failure_before_the_first_token_has_its_code_and_is_repeated_only_where_that_helps(
    open_router: OpenRouter,
    prompt: RenderedPrompt,
    sandbox: SandboxServer,
    mode: str,
    options: dict[str, Any],
    code: str,
    calls: int,
) -> None:
    await sandbox.behave(mode, **options)
    meter = UsageMeter()

    with pytest.raises(ModelFailure) as raised:
        await read(open_router(MODEL_FIRST_TOKEN_TIMEOUT=0.7), prompt, meter)

    assert raised.value.error_code == code
    assert len(await sandbox.calls()) == calls == meter.calls
    assert {record.outcome for record in meter.records} == {code}


@pytest.mark.parametrize(
    ("mode", "options", "code"),
    [
        ("cut", {"after": 3}, "model_unavailable"),
        ("garbage", {"variant": "chunk", "after": 3}, "model_garbled"),
        ("no_finish", {}, "model_truncated"),
        ("length", {}, "model_truncated"),
        ("content_filter", {}, "model_truncated"),
        ("slow", {"delay": 0, "tokenDelay": 3}, "model_unavailable"),
    ],
)
async def test_a_failure_after_the_first_token_keeps_the_text_and_is_never_repeated(
    open_router: OpenRouter,
    prompt: RenderedPrompt,
    sandbox: SandboxServer,
    mode: str,
    options: dict[str, Any],
    code: str,
) -> None:
    await sandbox.behave(mode, **options)
    pieces = []

    with pytest.raises(ModelFailure) as raised:
        async for piece in open_router(MODEL_GAP_TIMEOUT=0.7).stream(prompt, TALK, meter=UsageMeter()):
            pieces.append(piece)  # noqa: PERF401 — what came before the failure counts

    assert raised.value.error_code == code
    assert "".join(pieces).strip()
    assert len(await sandbox.calls()) == 1


@pytest.mark.parametrize("mode", ["rate_limited", "server_error", "overloaded", "cut", "garbage"])
async def test_one_bad_answer_is_made_good_by_the_repetition(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer, mode: str
) -> None:
    await sandbox.behave(mode, count=1, retryAfter=0, after=0, variant="chunk")
    meter = UsageMeter()

    assert await read(router, prompt, meter)

    assert [record.outcome == "done" for record in meter.records] == [False, True]
    assert meter.unpriced_calls == 1


async def test_the_whole_stream_has_a_limit(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.3)
    began = time.monotonic()

    with pytest.raises(ModelFailure) as raised:
        await read(open_router(MODEL_TOTAL_TIMEOUT=0.8), prompt, UsageMeter())

    assert (raised.value.error_code, raised.value.reason) == ("model_unavailable", "total_timeout")
    assert time.monotonic() - began < 2


async def test_nothing_of_the_providers_error_leaves_the_router(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.control("POST", "models", {"models": ["another-model"]})

    with pytest.raises(ModelFailure) as raised:
        await read(open_router(OPENAI_MODEL="secret-deployment-name"), prompt, UsageMeter())

    assert (raised.value.error_code, raised.value.reason) == ("model_refused", "status_404")
    assert "secret-deployment-name" not in f"{raised.value} {raised.value.extra}"
    assert raised.value.__cause__ is None
    assert len(await sandbox.calls(kind="text")) == 1


async def test_a_server_that_is_not_there_is_unavailable(
    open_router: OpenRouter, prompt: RenderedPrompt
) -> None:
    router = open_router(OPENAI_BASE_URL="http://127.0.0.1:9/v1")

    with pytest.raises(ModelFailure) as raised:
        await read(router, prompt, UsageMeter())

    assert (raised.value.error_code, raised.value.reason) == ("model_unavailable", "connection")


async def test_a_reader_that_stops_ends_the_providers_stream_at_once(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.1)
    meter = UsageMeter()

    async with aclosing(router.stream(prompt, TALK, meter=meter)) as pieces:
        await anext(pieces)

    await was_closed_by_client(sandbox)
    assert [record.outcome for record in meter.records] == ["stopped"]


async def test_a_reader_that_just_breaks_off_ends_the_providers_stream_as_well(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.1)

    async for _ in router.stream(prompt, TALK, meter=UsageMeter()):
        break

    await was_closed_by_client(sandbox)


async def test_a_wait_for_the_first_token_can_be_cancelled(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0.4)
    meter = UsageMeter()

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(read(router, prompt, meter), 0.2)

    await was_closed_by_client(sandbox)
    assert [record.outcome for record in meter.records] == ["stopped"]


async def test_a_reader_that_is_cancelled_ends_the_providers_stream_at_once(
    router: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.1)
    meter = UsageMeter()
    first = asyncio.Event()

    async def reader() -> None:
        async for _ in router.stream(prompt, TALK, meter=meter):
            first.set()

    task = asyncio.create_task(reader())
    await asyncio.wait_for(first.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await was_closed_by_client(sandbox)
    assert [record.outcome for record in meter.records] == ["stopped"]


async def test_calls_beyond_the_concurrency_limit_wait_and_then_fail_honestly(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await sandbox.behave("slow", delay=0, tokenDelay=0.2)
    router = open_router(MODEL_CONCURRENCY=1, MODEL_FIRST_TOKEN_TIMEOUT=0.5)

    async with aclosing(router.stream(prompt, TALK, meter=UsageMeter())) as pieces:
        await anext(pieces)
        with pytest.raises(ModelFailure) as raised:
            await read(router, prompt, UsageMeter())
    assert (raised.value.error_code, raised.value.reason) == ("model_rate_limited", "no_free_slot")

    await sandbox.behave_well()
    assert await read(router, prompt, UsageMeter())


async def was_closed_by_client(sandbox: SandboxServer) -> None:
    """Waits at most a second for the sandbox to see that the newest call's client has gone."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        [call] = await sandbox.calls()
        if call["closedByClient"]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the provider's stream was still open after a second")
