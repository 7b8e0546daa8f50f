"""The product's model router for a run of the evals: cached, within a budget, and watched for what each prompt declares."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from evals.replay.cache import Answer, AnswerCache
from evals.replay.errors import BudgetSpent
from evals.runs.output import Call
from prompts.prompt import RenderedPrompt, Role
from tools.providers.models.metering import Pricer
from tools.providers.models.provider import ChatMessage, Completion, Finish, Hear, ModelProvider, ModelRequest
from tools.providers.models.router import ModelRouter
from tools.providers.models.usage import UsageMeter

T = TypeVar("T", bound=BaseModel)


@dataclass
class Budget:
    """What a whole run may cost, in US dollars; None: no limit. Calls whose price is unknown are counted and not priced."""

    limit: float | None = None
    spent: float = 0.0
    unpriced: int = 0

    def check(self) -> None:
        """Raises BudgetSpent before a call that would go beyond it."""
        if self.limit is not None and self.spent >= self.limit:
            raise BudgetSpent(
                f"${self.spent:.2f} of ${self.limit:.2f} are spent; go on with a larger --budget"
            )


@dataclass
class Watched:
    """What happened to the models and their prompts while one item was made."""

    calls: list[Call] = field(default_factory=list)
    wiring: list[str] = field(default_factory=list)
    cached: list[bool] = field(default_factory=list)
    branches: set[str] = field(default_factory=set)


watched: ContextVar[Watched | None] = ContextVar("evals_watched", default=None)


def took_branch(branch: str) -> None:
    """A prompt that is rendered for this item took a branch of its template."""
    if (seen := watched.get()) is not None:
        seen.branches.add(branch)


class CachedProvider:
    """A provider whose whole answers are kept and given again. Fills the protocol ModelProvider."""

    def __init__(
        self, inner: ModelProvider, cache: AnswerCache, budget: Budget, price: Pricer, address: str
    ) -> None:
        self._inner = inner
        self._cache = cache
        self._budget = budget
        self._price = price
        self._address = address

    @property
    def name(self) -> str:
        """As it stands in usage rows and logs."""
        return self._inner.name

    def model_for(self, role: Role) -> str:
        """The configured model that serves a role."""
        return self._inner.model_for(role)

    async def stream(
        self, request: ModelRequest, _hear: Hear | None = None, /
    ) -> AsyncGenerator[str | Finish, None]:
        """The answer's pieces, all out of the stream; a cached one comes in one piece. Raises BudgetSpent."""
        key, known = self._begin(request)
        if known is not None:
            yield known.text
            yield Finish(known.reason, known.tokens)
            return
        said: list[str] = []
        async for part in self._inner.stream(request):
            if isinstance(part, Finish):
                self._paid(key, request, "".join(said), part)
            else:
                said.append(part)
            yield part

    async def complete(self, request: ModelRequest) -> Completion:
        """The whole answer. Raises BudgetSpent."""
        key, known = self._begin(request)
        if known is not None:
            return Completion(known.text, Finish(known.reason, known.tokens))
        completion = await self._inner.complete(request)
        self._paid(key, request, completion.text, completion.finish)
        return completion

    async def list_models(self) -> frozenset[str]:
        """The names of the models that the key may use."""
        return await self._inner.list_models()

    async def close(self) -> None:
        """Close the connections."""
        await self._inner.close()

    def _begin(self, request: ModelRequest) -> tuple[str, Answer | None]:
        key = self._cache.key(self.name, self._address, request)
        known = self._cache.get(key)
        if (seen := watched.get()) is not None:
            seen.cached.append(known is not None)
        if known is None:
            self._budget.check()
        return key, known

    def _paid(self, key: str, request: ModelRequest, text: str, finish: Finish) -> None:
        tokens = finish.tokens
        cost = self._price(self.name, request.model, tokens) if tokens else None
        self._budget.spent += float(cost or 0)
        self._budget.unpriced += cost is None
        if finish.reason == "stop" and text:
            counted = (tokens.input, tokens.output, tokens.cached) if tokens else (0, 0, 0)
            self._cache.put(key, Answer(text, finish.reason, *counted))


class WatchedRouter(ModelRouter):
    """The product's router, which also looks whether a request asks for the form that its prompt declares."""

    async def stream(
        self,
        prompt: RenderedPrompt,
        history: Sequence[ChatMessage],
        *,
        meter: UsageMeter,
        hear: Hear | None = None,
    ) -> AsyncGenerator[str, None]:
        """As the router's."""
        _declares(prompt, "text")
        async for piece in super().stream(prompt, history, meter=meter, hear=hear):
            yield piece

    async def structured(
        self, prompt: RenderedPrompt, history: Sequence[ChatMessage], schema: type[T], *, meter: UsageMeter
    ) -> T:
        """As the router's."""
        _declares(prompt, schema.__name__)
        return await super().structured(prompt, history, schema, meter=meter)


def _declares(prompt: RenderedPrompt, asked: str) -> None:
    seen = watched.get()
    declared = prompt.output.rpartition(":")[2]
    if seen is not None and declared != asked:
        seen.wiring.append(f"{prompt.id}: it declares {declared} as its output and is asked for {asked}")


def calls_of(meters: Sequence[UsageMeter], cached: Sequence[bool]) -> list[Call]:
    """The calls of an item, in their order. `cached` tells of each that reached a provider whether the cache had it."""
    records = [record for meter in meters for record in meter.records]
    known = list(cached) if len(cached) == len(records) else [False] * len(records)
    return [
        Call(
            prompt=record.prompt_tag,
            model=record.model,
            read=record.tokens.input if record.tokens else 0,
            written=record.tokens.output if record.tokens else 0,
            usd=float(record.cost_usd) if record.cost_usd is not None else None,
            ms=round(record.seconds * 1000),
            cached=was,
            outcome=record.outcome,
        )
        for record, was in zip(records, known, strict=True)
    ]


def elapsed(since: float) -> int:
    """Milliseconds since a moment of the monotonic clock."""
    return round((time.monotonic() - since) * 1000)
