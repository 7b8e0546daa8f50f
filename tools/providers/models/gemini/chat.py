"""Google's Gemini, through langchain-google-genai: what answers when the first provider does not."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, cast

import httpx2
from google import genai
from google.genai.types import HttpOptions
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_google_genai import ChatGoogleGenerativeAI
from pydantic import SecretStr

from prompts.prompt import Role
from tools.providers.models.capabilities import capabilities_of
from tools.providers.models.failure import ModelFailure
from tools.providers.models.gemini.failure import PROVIDER, translated
from tools.providers.models.gemini.http import Answers, BoundedClient
from tools.providers.models.message_tokens import tokens_of
from tools.providers.models.patience import Patience
from tools.providers.models.provider import Completion, Finish, Hear, ModelRequest, TokenCount
from tools.providers.models.settings import ModelSettings

ONE_CALL = 1
"""The package counts attempts, not repetitions: 1 is one call and no more."""

FINISHES = {"STOP": "stop", "MAX_TOKENS": "length"}
"""The router's words for Gemini's. All others say that the answer was held back."""
HELD_BACK = "content_filter"
NAMELESS = frozenset({"OTHER", "FINISH_REASON_UNSPECIFIED"})
"""Reasons that say nothing: to the router, none."""


class GeminiProvider:
    """Retries nothing itself; every wait is bounded; nothing but ModelFailure leaves it."""

    name = PROVIDER
    """As it stands in usage rows and logs."""

    def __init__(self, settings: ModelSettings, key: SecretStr) -> None:
        self._settings = settings
        self._http = BoundedClient(
            timeout=httpx2.Timeout(settings.total_timeout, connect=settings.connect_timeout),
            limits=httpx2.Limits(max_connections=settings.concurrency + 4),
        )
        options = HttpOptions(
            base_url=str(settings.gemini_base_url).rstrip("/"), httpx_async_client=self._http
        )
        self._client = genai.Client(api_key=key.get_secret_value(), http_options=options)
        names = {settings.gemini_model, settings.gemini_fast_model}
        self._chats = {name: self._open(name, key) for name in names}

    def model_for(self, role: Role) -> str:
        """The configured model that serves a role."""
        return self._settings.gemini_fast_model if role == "fast" else self._settings.gemini_model

    async def stream(
        self, request: ModelRequest, _hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        """Non-empty pieces of text, then one Finish. Closing the generator closes the connection. Raises ModelFailure.

        Its pieces come out of the stream only.
        """
        reason: str | None = None
        tokens: TokenCount | None = None
        with translated(request.model):
            async with aclosing(self._chunks(request)) as chunks:
                async for chunk in chunks:
                    if _is_blocked(chunk):
                        raise ModelFailure("model_refused", provider=PROVIDER, reason="prompt_blocked")
                    reason = _reason(chunk) or reason
                    tokens = _added(tokens, tokens_of(chunk))
                    if text := str(chunk.text):
                        yield text
        yield Finish(reason, tokens)

    async def complete(self, request: ModelRequest) -> Completion:
        """The whole answer at once; `request.schema` holds its form when given. Raises ModelFailure."""
        with translated(request.model):
            async with asyncio.timeout(self._settings.total_timeout):
                answer = await self._chats[request.model].ainvoke(
                    _messages(request), **self._options(request)
                )
            text, reason = str(answer.text), _reason(answer)
            if not text and reason is None:
                raise ModelFailure("model_refused", provider=PROVIDER, reason="no_candidates")
            return Completion(text, Finish(reason, tokens_of(answer)))

    async def list_models(self) -> frozenset[str]:
        """The names of the models that the key may use. Raises ModelFailure."""
        with translated("-"):
            async with asyncio.timeout(self._settings.first_token_timeout):
                pager = await self._client.aio.models.list()
                names = [str(model.name) async for model in pager]
            return frozenset(name.removeprefix("models/") for name in names)

    async def close(self) -> None:
        """Close the connections. Nothing may be called afterwards."""
        await self._http.aclose()

    def _open(self, model: str, key: SecretStr) -> ChatGoogleGenerativeAI:
        chat = ChatGoogleGenerativeAI(
            model=model,
            api_key=key,
            base_url=str(self._settings.gemini_base_url).rstrip("/"),
            max_output_tokens=self._settings.max_output_tokens,
            max_retries=ONE_CALL,
        )
        chat.client = self._client
        return chat

    async def _chunks(self, request: ModelRequest) -> AsyncGenerator[AIMessageChunk, None]:
        """The chunks of one stream, each awaited no longer than the settings allow."""
        stream = self._chats[request.model].astream(
            _messages(request), **self._options(request, streamed=True)
        )
        chunks = cast("AsyncGenerator[AIMessageChunk, None]", stream)
        answers = Answers()
        try:
            async with aclosing(chunks):
                with self._patience() as patience:
                    patience.wait()
                    while (chunk := await answers.noting(anext(chunks, None))) is not None:
                        patience.rest()
                        if str(chunk.text):
                            patience.contented()
                        yield chunk
                        patience.wait()
        finally:
            await answers.close()

    def _patience(self) -> Patience:
        return Patience(
            PROVIDER,
            first=self._settings.first_token_timeout,
            gap=self._settings.gap_timeout,
            total=self._settings.total_timeout,
        )

    def _options(self, request: ModelRequest, *, streamed: bool = False) -> dict[str, Any]:
        """The fields of one call, as far as its model takes them."""
        model = capabilities_of(request.model)
        options: dict[str, Any] = {}
        if model.temperature and request.temperature is not None:
            options["temperature"] = request.temperature
        if streamed and self._settings.conversation_effort in model.effort:
            options["thinking_level"] = self._settings.conversation_effort
        if request.schema:
            options |= {
                "response_mime_type": "application/json",
                "response_json_schema": request.schema,
            }
        return options


def _messages(request: ModelRequest) -> list[BaseMessage]:
    """System text, then the talk."""
    talk: list[BaseMessage] = [
        HumanMessage(turn["content"]) if turn["role"] == "user" else AIMessage(turn["content"])
        for turn in request.history
    ]
    # Gemini takes no request without a turn of the user.
    return [SystemMessage(request.system), *(talk or [HumanMessage("Go on.")])]


def _reason(message: AIMessage) -> str | None:
    """The router's word for why the answer ended."""
    word = message.response_metadata.get("finish_reason")
    if not word or word in NAMELESS:
        return None
    return FINISHES.get(str(word), HELD_BACK)


def _is_blocked(chunk: AIMessageChunk) -> bool:
    feedback = chunk.response_metadata.get("prompt_feedback")
    return bool(feedback and feedback.get("block_reason"))


def _added(tokens: TokenCount | None, more: TokenCount | None) -> TokenCount | None:
    """The package gives each chunk what came since the one before."""
    if tokens is None or more is None:
        return tokens or more
    return TokenCount(tokens.input + more.input, tokens.output + more.output, tokens.cached + more.cached)
