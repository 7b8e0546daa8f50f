"""Gemini over its own wire: whole answers of it, and its place behind OpenAI."""

import asyncio
from typing import Any

import pytest
from pydantic import BaseModel, Field

from prompts.prompt import RenderedPrompt
from tests.contract.models.conftest import OpenRouter
from tests.contract.models.test_stream import TALK, read
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.check import check_models
from tools.providers.models.failure import ModelFailure
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter

CALLS = 2
"""How often one provider is asked at most for one answer."""


class Buyer(BaseModel):
    """Who buys."""

    role: str = Field(description="The role of the person who buys.")
    triggers: list[str] = Field(description="What makes them look for help.")


@pytest.fixture
def both(open_router: OpenRouter, sandbox: SandboxServer) -> ModelRouter:
    """A router with both providers."""
    return open_router(**gemini_of(sandbox))


def gemini_of(sandbox: SandboxServer) -> dict[str, object]:
    return {
        "GEMINI_API_KEY": "sandbox-key",
        "GEMINI_BASE_URL": sandbox.openai_url.replace("/openai/v1", "/gemini"),
    }


async def asked(sandbox: SandboxServer) -> dict[str, int]:
    """Calls that each provider got."""
    counts = {"openai": 0, "gemini": 0}
    for provider in counts:
        counts[provider] = len(await sandbox.calls(provider=provider))
    return counts


async def broken(sandbox: SandboxServer, mode: str, provider: str = "openai", **options: Any) -> None:
    await sandbox.behave(mode, provider=provider, **options)


@pytest.mark.parametrize(
    ("mode", "options", "calls"),
    [
        ("rate_limited", {"retryAfter": 61}, 1),
        ("rate_limited", {"retryAfter": 0}, 2),
        ("insufficient_quota", {}, 1),
        ("server_error", {}, 2),
        ("overloaded", {}, 2),
        ("garbage", {"variant": "chunk", "after": 0}, 2),
    ],
)
async def test_what_openai_does_not_answer_gemini_does(
    both: ModelRouter,
    prompt: RenderedPrompt,
    sandbox: SandboxServer,
    mode: str,
    options: dict[str, Any],
    calls: int,
) -> None:
    await broken(sandbox, mode, **options)
    meter = UsageMeter()
    text = await read(both, prompt, meter)
    assert len(text) > 20
    assert await asked(sandbox) == {"openai": calls, "gemini": 1}
    assert (meter.provider, meter.model) == ("google", "gemini-4-argon")
    assert meter.records[-1].outcome == "done"
    assert meter.output_tokens > 0
    assert meter.cost_usd > 0
    assert meter.unpriced_calls == calls


@pytest.mark.parametrize("mode", ["bad_request", "unauthorized", "content_filter"])
async def test_what_openai_refuses_gemini_is_not_asked(
    both: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer, mode: str
) -> None:
    await broken(sandbox, mode)
    with pytest.raises(ModelFailure):
        await read(both, prompt, UsageMeter())
    assert (await asked(sandbox))["gemini"] == 0


async def test_a_record_comes_from_gemini_as_well(
    both: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await broken(sandbox, "server_error")
    meter = UsageMeter()
    buyer = await both.structured(prompt, TALK, Buyer, meter=meter)
    assert buyer.role
    assert (meter.provider, meter.records[-1].outcome) == ("google", "done")


@pytest.mark.parametrize(
    ("mode", "options", "code", "calls"),
    [
        ("rate_limited", {"retryAfter": 61}, "model_rate_limited", 1),
        ("insufficient_quota", {}, "model_rate_limited", 1),
        ("server_error", {}, "model_unavailable", 2),
        ("bad_request", {}, "model_refused", 1),
        ("content_filter", {"prompt": True}, "model_refused", 1),
        ("garbage", {"variant": "chunk", "after": 0}, "model_garbled", 2),
        ("no_finish", {}, "model_truncated", 1),
        ("length", {"tokens": 5}, "model_truncated", 1),
        ("hang", {"delay": 3}, "model_unavailable", 1),
    ],
)
async def test_geminis_own_faults_have_their_codes(
    open_router: OpenRouter,
    prompt: RenderedPrompt,
    sandbox: SandboxServer,
    mode: str,
    options: dict[str, Any],
    code: str,
    calls: int,
) -> None:
    router = open_router(**gemini_of(sandbox), MODEL_FIRST_TOKEN_TIMEOUT=0.5)
    await broken(sandbox, "insufficient_quota")
    await broken(sandbox, mode, provider="gemini", **options)
    with pytest.raises(ModelFailure) as failed:
        await read(router, prompt, UsageMeter())
    assert (failed.value.error_code, failed.value.provider) == (code, "google")
    assert await asked(sandbox) == {"openai": 1, "gemini": calls}


async def test_a_provider_out_of_quota_is_left_alone(
    both: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await broken(sandbox, "insufficient_quota")
    for _ in range(3):
        await read(both, prompt, UsageMeter())
    assert await asked(sandbox) == {"openai": 1, "gemini": 3}


async def test_when_both_are_left_alone_one_caller_tries_and_the_others_are_told_when_to_come_back(
    both: ModelRouter, prompt: RenderedPrompt, sandbox: SandboxServer
) -> None:
    await broken(sandbox, "insufficient_quota")
    await broken(sandbox, "insufficient_quota", provider="gemini")
    with pytest.raises(ModelFailure):
        await read(both, prompt, UsageMeter())
    ends = await asyncio.gather(*(read(both, prompt, UsageMeter()) for _ in range(8)), return_exceptions=True)
    told = [end for end in ends if isinstance(end, ModelFailure) and end.reason == "breaker_open"]
    assert len(told) >= 6
    assert all(0 < end.retry_after <= 300 for end in told)
    assert sum((await asked(sandbox)).values()) <= 2 + 4


async def test_the_models_of_both_are_checked(both: ModelRouter) -> None:
    reports = await check_models(both)
    assert {(report.provider, report.model, report.available) for report in reports} == {
        ("openai", "gpt-6-sol", True),
        ("openai", "gpt-6-luna", True),
        ("google", "gemini-4-argon", True),
        ("google", "gemini-3.8-flash", True),
    }
