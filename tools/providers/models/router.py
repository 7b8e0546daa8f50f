"""The one door to language models: meters each call, repeats it once where that helps, and lets no provider's error out."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager, nullcontext
from typing import TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from prompts.prompt import RenderedPrompt
from tools import tracing
from tools.providers.models.attempts import Attempts
from tools.providers.models.breaker import Breaker
from tools.providers.models.failure import FailureCode, ModelFailure
from tools.providers.models.metering import Pricer, RunningCall
from tools.providers.models.metrics import note_wait
from tools.providers.models.provider import ChatMessage, Finish, Hear, ModelProvider, ModelRequest
from tools.providers.models.schema import read_answer, strict_schema
from tools.providers.models.usage import UsageMeter
from tools.text.cleaning import clean_delta

__all__ = ["ChatMessage", "ModelFailure", "ModelRouter", "UsageMeter"]

T = TypeVar("T", bound=BaseModel)

log = structlog.get_logger(__name__)

WHOLE = "stop"
"""The only finish reason of a whole answer: `length`, `content_filter` and none mean that something is missing."""


HELD_BACK = "content_filter"

FREE = nullcontext()

TIMER_SECONDS = 0.01
"""The event loop's timers may ring a little before their time."""


class ModelRouter:
    """Providers in order of preference. The next is asked only when the one before fails before its first token."""

    def __init__(
        self,
        providers: Sequence[ModelProvider],
        *,
        price: Pricer,
        concurrency: int = 32,
        slot_timeout: float = 20.0,
        patience: float = 90.0,
        breaker_failures: int = 8,
        breaker_pause: float = 15.0,
    ) -> None:
        """Times are in seconds. `patience`: how long one request may look for somebody who answers."""
        if not providers:
            raise ValueError("a router needs at least one provider")
        self.providers = tuple(providers)
        self._price = price
        self._slot_timeout = slot_timeout
        self._patience = patience
        self._slots = {provider.name: asyncio.Semaphore(concurrency) for provider in self.providers}
        self._breakers = {
            provider.name: Breaker(provider.name, failures=breaker_failures, pause=breaker_pause)
            for provider in self.providers
        }

    async def stream(
        self,
        prompt: RenderedPrompt,
        history: Sequence[ChatMessage],
        *,
        meter: UsageMeter,
        hear: Hear | None = None,
    ) -> AsyncGenerator[str, None]:
        """Pieces of the answer, as they come, each offered to `hear` first. Closing the generator or cancelling its task closes the connection.

        Raises ModelFailure; after the first piece too, and then what was given is not a whole answer.
        """
        attempts = await self._attempts()
        while True:
            provider, call = attempts.provider, None
            try:
                with self._measured(await self._slot(provider), provider, prompt, meter) as call:
                    # Nobody keeps the request: the model may think for long.
                    opening = provider.stream(
                        call.asking(_request(provider, prompt, history)), _noting(call, hear)
                    )
                    async with aclosing(opening) as parts:
                        async for part in parts:
                            if isinstance(part, Finish):
                                call.finished(part)
                            elif piece := clean_delta(part):
                                call.saw_text(piece)
                                yield piece
                        _check_whole(provider, call.finish, empty=not call.has_words, shown=call.has_words)
            except ModelFailure as failure:
                if call is not None and call.has_text:
                    raise
                await attempts.after(failure)
            else:
                return

    async def structured(
        self, prompt: RenderedPrompt, history: Sequence[ChatMessage], schema: type[T], *, meter: UsageMeter
    ) -> T:
        """A validated record of `schema`. Raises ModelFailure (`model_garbled` when twice the answer wasn't one)."""
        attempts = await self._attempts()
        while True:
            try:
                return await self._structured_once(attempts.provider, prompt, history, schema, meter)
            except ModelFailure as failure:
                await attempts.after(failure)

    async def close(self) -> None:
        """Close the connections of all providers."""
        for provider in self.providers:
            await provider.close()

    async def _attempts(self) -> Attempts:
        """Whoever may be asked now; when all are left alone, one of them soon. Raises ModelFailure when somebody tries that."""
        willing = self._willing() or await self._early()
        if willing:
            return Attempts(willing, patience=self._patience)
        waits = {name: breaker.wait for name, breaker in self._breakers.items()}
        first = min(waits, key=lambda name: waits[name])
        wait = max(1, math.ceil(waits[first]))
        raise ModelFailure("model_unavailable", provider=first, reason="breaker_open", retry_after=wait)

    def _willing(self) -> list[ModelProvider]:
        return [provider for provider in self.providers if not self._breakers[provider.name].wait]

    async def _early(self) -> list[ModelProvider]:
        """Nobody wants to be asked: after a moment one of them may be, so that a provider that is back is noticed."""
        soonest = min(breaker.early_wait for breaker in self._breakers.values())
        await asyncio.sleep(soonest + TIMER_SECONDS)
        early = [provider for provider in self.providers if not self._breakers[provider.name].early_wait]
        return self._willing() or early

    async def _structured_once(
        self,
        provider: ModelProvider,
        prompt: RenderedPrompt,
        history: Sequence[ChatMessage],
        schema: type[T],
        meter: UsageMeter,
    ) -> T:
        request = _request(provider, prompt, history, schema)
        with self._measured(await self._slot(provider), provider, prompt, meter) as call:
            completion = await provider.complete(call.asking(request))
            call.finished(completion.finish)
            _check_whole(provider, completion.finish, empty=not completion.text.strip(), shown=False)
            try:
                return read_answer(schema, completion.text)
            except ValueError as error:
                log.warning("model_answer_invalid", prompt=prompt.tag, fields=_wrong_fields(error))
                raise ModelFailure(
                    "model_garbled", provider=provider.name, reason="wrong_schema", again_after=0
                ) from None

    @contextmanager
    def _measured(
        self,
        slots: asyncio.Semaphore,
        provider: ModelProvider,
        prompt: RenderedPrompt,
        meter: UsageMeter,
    ) -> Iterator[RunningCall]:
        """A call that is written to the meter however it ends; then its place, one of `slots`, is given back."""
        try:
            model = provider.model_for(prompt.role)
            with tracing.span(
                "model call", leaf=True, prompt=prompt.tag, provider=provider.name, model=model
            ) as span:
                call = RunningCall(
                    meter,
                    self._price,
                    prompt_tag=prompt.tag,
                    provider=provider.name,
                    model=model,
                )
                breaker = self._breakers[provider.name]
                breaker.enter()
                try:
                    yield call
                    call.outcome = "done"
                    breaker.succeed()
                except ModelFailure as failure:
                    call.outcome = failure.error_code
                    breaker.fail(failure)
                    _log_failure(call, failure)
                    raise
                finally:
                    breaker.leave()
                    call.record(span)
        finally:
            slots.release()

    async def _slot(self, provider: ModelProvider) -> asyncio.Semaphore:
        """One of the provider's places, once there is one; to be released. Raises ModelFailure when none gets free in time."""
        slots = self._slots[provider.name]
        began = time.monotonic()
        try:
            # One that is free is had at once.
            async with asyncio.timeout(self._slot_timeout) if slots.locked() else FREE:
                await slots.acquire()
        except TimeoutError:
            raise ModelFailure("model_rate_limited", provider=provider.name, reason="no_free_slot") from None
        note_wait(provider.name, time.monotonic() - began)
        return slots


def _log_failure(call: RunningCall, failure: ModelFailure) -> None:
    log.warning(
        "model_call_failed",
        provider=call.provider,
        model=call.model,
        prompt=call.prompt_tag,
        code=failure.error_code,
        reason=failure.reason,
    )


def _noting(call: RunningCall, hear: Hear | None) -> Hear | None:
    """The same for text that is clean, and what was taken is noted."""
    if hear is None:
        return None

    def heard(text: str) -> bool:
        piece = clean_delta(text)
        if not piece:
            return True
        if not hear(piece):
            return False
        call.saw_text(piece)
        return True

    return heard


def _request(
    provider: ModelProvider,
    prompt: RenderedPrompt,
    history: Sequence[ChatMessage],
    schema: type[BaseModel] | None = None,
) -> ModelRequest:
    return ModelRequest(
        model=provider.model_for(prompt.role),
        system=prompt.text,
        history=tuple(history),
        temperature=prompt.temperature,
        schema_name=schema.__name__ if schema else None,
        schema=strict_schema(schema) if schema else None,
    )


def _check_whole(provider: ModelProvider, finish: Finish | None, *, empty: bool, shown: bool) -> None:
    """Raises ModelFailure unless the answer has text and its provider said that it is complete.

    What a provider held back before anything was `shown` counts as refused: no other provider is to be asked for it.
    """
    reason = finish.reason if finish else None
    if reason == WHOLE and not empty:
        return
    if empty and reason in (WHOLE, None):
        raise ModelFailure("model_garbled", provider=provider.name, reason="empty_answer", again_after=0)
    code: FailureCode = "model_refused" if reason == HELD_BACK and not shown else "model_truncated"
    raise ModelFailure(code, provider=provider.name, reason=f"finish_{reason or 'missing'}")


def _wrong_fields(error: ValueError) -> list[str]:
    """Where an answer broke its schema and how, without any of its content."""
    if not isinstance(error, ValidationError):
        return [type(error).__name__]
    return [f"{'.'.join(map(str, item['loc']))[:100]}: {item['type']}" for item in error.errors()[:10]]
