"""OpenAI, or any server with its chat completions API, through langchain-openai. One set of connections per process."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, cast

import httpx2
import openai
from langchain_core.messages import AIMessageChunk

from prompts.prompt import Role
from tools.providers.models.capabilities import capabilities_of
from tools.providers.models.failure import ModelFailure
from tools.providers.models.openai.failure import PROVIDER, Translated
from tools.providers.models.openai.post import Message
from tools.providers.models.openai.said import Said, said_by
from tools.providers.models.openai.stream import LeanChatOpenAI
from tools.providers.models.patience import Patience
from tools.providers.models.provider import Completion, Finish, Hear, ModelRequest, TokenCount
from tools.providers.models.settings import ModelSettings

KEEP_ALIVE_SECONDS = 60.0
"""How long an idle connection is kept: people take longer to write their next message than httpx2's 5 seconds, and a new one
costs two to three round trips before the first word. Routers forget an idle one after minutes."""


class OpenAIProvider:
    """Retries nothing itself; every wait is bounded; nothing but ModelFailure leaves it."""

    name = PROVIDER
    """As it stands in usage rows and logs."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._http = openai.DefaultAioHttpClient(
            limits=httpx2.Limits(
                max_connections=settings.concurrency + 4, keepalive_expiry=KEEP_ALIVE_SECONDS
            )
        )
        self._chats = {name: self._open(name) for name in {settings.model, settings.fast_model}}

    def model_for(self, role: Role) -> str:
        """The configured model that serves a role."""
        return self._settings.fast_model if role == "fast" else self._settings.model

    async def stream(
        self, request: ModelRequest, hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        """Non-empty pieces of text, then one Finish. Closing the generator closes the connection. Raises ModelFailure."""
        reason: str | None = None
        tokens: TokenCount | None = None
        with Translated(request.model):
            patience = self._patience()
            opening = self._stream(request, patience.hearing(hear))
            del request
            async with aclosing(opening) as parts:
                with patience:
                    patience.wait()
                    async for part in parts:
                        patience.rest()
                        if isinstance(part, str):
                            text = part
                        else:
                            said = part if isinstance(part, Said) else said_by(part)
                            text, reason, tokens = said.text, said.reason or reason, said.tokens or tokens
                        if text:
                            patience.contented()
                            yield text
                        patience.wait()
        yield Finish(reason, tokens)

    async def complete(self, request: ModelRequest) -> Completion:
        """The whole answer at once; `request.schema` holds its form when given. Raises ModelFailure."""
        with Translated(request.model):
            async with asyncio.timeout(self._settings.total_timeout):
                chat = self._chats[request.model]
                answer = await chat.complete(_messages(request), **self._options(request))
            if answer.refused:
                raise ModelFailure("model_refused", provider=PROVIDER, reason="refusal")
            return Completion(answer.text, Finish(answer.reason, answer.tokens))

    async def list_models(self) -> frozenset[str]:
        """The names of the models that the key may use. Raises ModelFailure."""
        with Translated("-"):
            async with asyncio.timeout(self._settings.first_token_timeout):
                page = await self._chats[self._settings.model].root_async_client.models.list()
            return frozenset(model.id for model in page.data)

    async def close(self) -> None:
        """Close the connections. Nothing may be called afterwards."""
        await self._http.aclose()

    def _open(self, model: str) -> LeanChatOpenAI:
        return LeanChatOpenAI(
            model=model,
            api_key=self._settings.api_key,
            base_url=str(self._settings.base_url).rstrip("/"),
            use_responses_api=False,
            # Waits for an answer are bounded where it is waited for: aiohttp would set a timer anew at each read.
            timeout=httpx2.Timeout(None, connect=self._settings.connect_timeout),
            max_retries=0,
            stream_usage=True,
            stream_chunk_timeout=None,
            http_async_client=self._http,
        )

    def _patience(self) -> Patience:
        return Patience(
            PROVIDER,
            first=self._settings.first_token_timeout,
            gap=self._settings.gap_timeout,
            total=self._settings.total_timeout,
        )

    def _stream(
        self, request: ModelRequest, hear: Hear | None
    ) -> AsyncGenerator[str | Said | AIMessageChunk, None]:
        chat, options = self._chats[request.model], self._options(request, streamed=True)
        if self._settings.stock_streaming:
            return cast("AsyncGenerator[AIMessageChunk, None]", chat.astream(_messages(request), **options))
        return chat.stream_parts(_messages(request), hear=hear, **options)

    def _options(self, request: ModelRequest, *, streamed: bool = False) -> dict[str, Any]:
        """The fields of one call, as far as its model takes them."""
        model = capabilities_of(request.model)
        options: dict[str, Any] = {}
        body: dict[str, Any] = {}
        if model.temperature and request.temperature is not None:
            options["temperature"] = request.temperature
        if streamed and self._settings.conversation_effort in model.effort:
            options["reasoning_effort"] = self._settings.conversation_effort
        body[model.token_limit] = self._settings.max_output_tokens
        if request.schema and model.structured_output:
            body["response_format"] = _response_format(request)
        # Past the packages: their parsing of structured answers raises before usage and finish reason can be read.
        return {**options, "extra_body": body}


def _response_format(request: ModelRequest) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": request.schema_name, "strict": True, "schema": request.schema},
    }


def _messages(request: ModelRequest) -> list[Message]:
    """System text, then the talk. A model without structured output is told the schema in words."""
    system = request.system
    if request.schema and not capabilities_of(request.model).structured_output:
        system += f"\nAnswer with one JSON object of this JSON Schema and nothing else:\n{json.dumps(request.schema)}\n"
    return [{"role": "system", "content": system}, *cast("Sequence[Message]", request.history)]
