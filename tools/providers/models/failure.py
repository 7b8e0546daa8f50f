"""The one error that leaves this package. Its codes are stable; nothing of a provider's own text is in it."""

from typing import Literal

from tools.errors import ProviderUnavailable

FailureCode = Literal[
    "model_unavailable", "model_rate_limited", "model_garbled", "model_truncated", "model_refused"
]

SENTENCES: dict[FailureCode, str] = {
    "model_unavailable": "The language model could not be reached. Please try again.",
    "model_rate_limited": "The language model is taking no more requests right now. Please try again shortly.",
    "model_garbled": "The language model answered with something unreadable. Please try again.",
    "model_truncated": "The language model's answer broke off before its end. Please try again.",
    "model_refused": "The language model would not take this request.",
}
RETRYABLE: frozenset[str] = frozenset(SENTENCES) - {"model_refused"}
"""Codes for which the same request may well succeed later."""


LONGEST_PAUSE = 5.0
"""Seconds. A provider that asks for a longer pause is not waited for."""


def bearable(wait: float | None) -> float | None:
    """Seconds to pause before the repetition; None when the provider asks for more than a person would wait."""
    wait = wait or 0
    return wait if wait <= LONGEST_PAUSE else None


class ModelFailure(ProviderUnavailable):
    """A call to a language model that did not end well.

    `again_after` says that the router may repeat the call after so many seconds, None that it should not;
    `reason` is one word for the log, never for clients. `retry_after` (seconds) is what clients are told.
    """

    def __init__(
        self,
        code: FailureCode,
        *,
        provider: str,
        reason: str,
        again_after: float | None = None,
        retry_after: int = 5,
    ) -> None:
        super().__init__(SENTENCES[code], provider=provider, retry_after=retry_after, code=code)
        self.reason = reason
        self.again_after = again_after
