"""A router on the sandbox's OpenAI, with short waits, and the client below it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from prompts.prompt import RenderedPrompt
from tests.contract.models.hand_made import chat_at
from tests.fixtures.sandbox import SandboxServer
from tools.providers.models.assembly import build_router
from tools.providers.models.openai.stream import LeanChatOpenAI
from tools.providers.models.router import ModelRouter
from tools.providers.models.settings import ModelSettings

OpenRouter = Callable[..., ModelRouter]


@pytest.fixture
def prompt() -> RenderedPrompt:
    """A prompt as the loader hands it over."""
    return RenderedPrompt(
        id="discovery/followup",
        version=1,
        tag="discovery/followup@1#00000000",
        pieces=("You interview the founder of a company that sells boats in Hamburg. Ask one question.",),
        role="reasoning",
        temperature=0.4,
        output="text",
    )


@pytest.fixture
async def open_router(sandbox: SandboxServer) -> AsyncIterator[OpenRouter]:
    """Opens routers whose settings the test may change; closes them."""
    async with AsyncExitStack() as stack:

        def open_with(**changes: object) -> ModelRouter:
            values: dict[str, object] = {
                "OPENAI_API_KEY": "sandbox-key",
                "OPENAI_BASE_URL": sandbox.openai_url,
                "MODEL_FIRST_TOKEN_TIMEOUT": 5,
                **changes,
            }
            router = build_router(ModelSettings.model_validate(values))
            stack.push_async_callback(router.close)
            return router

        yield open_with


@pytest.fixture
def router(open_router: OpenRouter) -> ModelRouter:
    """A router with the usual settings."""
    return open_router()


@pytest.fixture
async def chat(sandbox: SandboxServer) -> AsyncIterator[LeanChatOpenAI]:
    """The product's own client of the openai package, on the sandbox."""
    async with chat_at(sandbox.openai_url, "gpt-6-sol") as chat:
        yield chat
