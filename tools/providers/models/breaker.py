"""Leaves a provider alone that fails again and again, so that nobody waits for it: a circuit breaker, one a process."""

import time
from collections.abc import Callable

import structlog

from tools.providers.models.failure import ModelFailure

log = structlog.get_logger(__name__)

LONGEST = 300.0
"""Seconds: the most that a provider's own word keeps it from being tried."""
PROBE_SECONDS = 0.25
"""The shortest time between two calls that try a provider before its time; what is told to wait for one that does."""
OURS = frozenset({"no_free_slot", "wrong_schema"})
"""Reasons that say nothing about whether the provider works."""


class Breaker:
    """Closed: calls pass. Open: none does for a while. Then half open: one call tries, and decides."""

    def __init__(
        self, provider: str, *, failures: int, pause: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Opens after so many `failures` in a row, for `pause` seconds."""
        self._provider = provider
        self._threshold = failures
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._open_until: float | None = None
        self._failed_at = 0.0
        self._trying = False

    @property
    def wait(self) -> float:
        """Seconds until the provider may be asked; 0 when it may now."""
        if self._open_until is None:
            return 0.0
        rest = self._open_until - self._clock()
        return rest if rest > 0 else PROBE_SECONDS if self._trying else 0.0

    @property
    def early_wait(self) -> float:
        """Seconds until an open breaker lets a call through all the same, when there is nobody else to ask."""
        if self._trying:
            return PROBE_SECONDS
        return max(0.0, self._failed_at + PROBE_SECONDS - self._clock())

    def enter(self) -> None:
        """A call begins."""
        self._trying = self._open_until is not None

    def leave(self) -> None:
        """A call ended without saying anything of the provider: it was cancelled, or the fault was ours."""
        self._trying = False

    def succeed(self) -> None:
        """The provider answered."""
        if self._open_until is not None:
            log.info("model_breaker_closed", provider=self._provider)
        self._failures, self._open_until, self._trying = 0, None, False

    def fail(self, failure: ModelFailure) -> None:
        """A call failed. What the provider refuses, it has answered."""
        if failure.reason in OURS:
            self.leave()
            return
        if failure.error_code in {"model_refused", "model_truncated"}:
            self.succeed()
            return
        self._failures += 1
        self._failed_at = self._clock()
        if self._trying or self._failures >= self._threshold or failure.reason == "quota":
            self._open(failure)
        self._trying = False

    def _open(self, failure: ModelFailure) -> None:
        limited = failure.error_code == "model_rate_limited"
        asked = min(float(failure.retry_after or 0), LONGEST) if limited else 0.0
        seconds = max(self._pause, asked)
        self._open_until = self._clock() + seconds
        log.warning(
            "model_breaker_open",
            provider=self._provider,
            seconds=round(seconds),
            failures=self._failures,
            reason=failure.reason,
        )
