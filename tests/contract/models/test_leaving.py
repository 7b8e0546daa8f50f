"""Whoever leaves a stream ends the provider's answer at once, and not when Python next collects its garbage."""

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from prompts.prompt import RenderedPrompt
from tests.contract.models.conftest import OpenRouter
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.router import ChatMessage
from tools.providers.models.usage import UsageMeter

TALK: list[ChatMessage] = [{"role": "user", "content": "We sell boats to harbours."}]


@pytest.fixture(autouse=True)
def _no_garbage_collection() -> Iterator[None]:
    """What lies in a cycle is not collected as long as a test runs."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("provider", ["openai", "gemini"])
async def test_an_answer_that_is_left_between_two_pieces_is_closed_within_a_second(
    open_router: OpenRouter, prompt: RenderedPrompt, sandbox: SandboxServer, provider: str
) -> None:
    router = open_router(GEMINI_API_KEY="sandbox-key", GEMINI_BASE_URL=sandbox.gemini_url)
    if provider == "gemini":
        await sandbox.behave("insufficient_quota")
    await sandbox.behave("slow", provider=provider, delay=0, tokenDelay=0.2)
    async with aclosing(router.stream(prompt, TALK, meter=UsageMeter())) as pieces:
        await anext(pieces)
        assert (await sandbox.open_answers())[provider] == 1
    deadline = time.monotonic() + 1
    while any((await sandbox.open_answers()).values()):
        assert time.monotonic() < deadline, "the answer is still being written"
        await asyncio.sleep(0.02)
    assert (await sandbox.calls(provider))[-1]["closedByClient"]
