"""Decides who is asked next after a model call failed before its first token."""

import asyncio
import random
import time
from collections.abc import Sequence

import structlog

from tools.providers.models.failure import ModelFailure
from tools.providers.models.metrics import FALLBACKS
from tools.providers.models.provider import ModelProvider

log = structlog.get_logger(__name__)

PAUSE_SECONDS = (0.1, 0.5)


class Attempts:
    """Each provider in turn, each repeated at most once, and only where the failure says that this may help."""

    def __init__(self, providers: Sequence[ModelProvider], *, patience: float) -> None:
        """`providers` are those that may be asked now, at least one; after `patience` seconds nobody is asked any more."""
        self._left = list(providers)
        self._repeated = False
        self._end = time.monotonic() + patience

    @property
    def provider(self) -> ModelProvider:
        """The one to ask now."""
        return self._left[0]

    async def after(self, failure: ModelFailure) -> None:
        """Move on to the next attempt, with a short random pause before a repetition. Raises the failure when none is left."""
        if time.monotonic() >= self._end:
            raise failure
        if failure.again_after is not None and not self._repeated:
            self._repeated = True
            await asyncio.sleep(failure.again_after + random.uniform(*PAUSE_SECONDS))  # noqa: S311 — spreads load, guards nothing
            return
        if failure.error_code == "model_refused" or len(self._left) == 1:
            raise failure
        failed = self._left.pop(0)
        self._repeated = False
        FALLBACKS.labels(failed.name, self.provider.name).inc()
        log.warning("model_fallback", failed=failed.name, reason=failure.reason, next=self.provider.name)
