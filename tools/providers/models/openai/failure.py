"""Translates whatever the OpenAI packages raise into a ModelFailure. Its text stays here; the log gets short words only."""

import re
from math import ceil, isfinite
from types import TracebackType

import aiohttp
import httpx2
import openai
import structlog

from tools.providers.models.failure import ModelFailure, bearable

log = structlog.get_logger(__name__)

PROVIDER = "openai"
QUOTA = "insufficient_quota"
RATE_WORDS = frozenset({QUOTA, "rate_limit_exceeded"})
LOST = (
    openai.APIConnectionError,
    httpx2.TransportError,
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    OSError,
)
"""What a connection that is lost, or never came about, is called by those in between."""
_WORD = re.compile(r"^[A-Za-z0-9_.-]{1,60}$")


class Translated:
    """Lets only ModelFailure (and cancellation) out of the block. Garbage raises anything at all, so anything is caught."""

    __slots__ = ("_model",)

    def __init__(self, model: str) -> None:
        self._model = model

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Raises ModelFailure for what the SDK raises: its own, httpx2's, JSON and index errors alike."""
        if not isinstance(error, Exception) or isinstance(error, ModelFailure):
            return
        failure = translate(error)
        log.warning(
            "openai_call_failed",
            model=self._model,
            code=failure.error_code,
            error=type(error).__name__,
            status=getattr(error, "status_code", None),
            word=_machine_word(error),
        )
        raise failure from None


def translate(error: Exception) -> ModelFailure:
    """The failure that stands for an exception of the openai, httpx2, aiohttp or langchain-openai packages, or of our time-outs."""
    if _timed_out(error):
        return ModelFailure("model_unavailable", provider=PROVIDER, reason="timeout")
    if isinstance(error, openai.APIResponseValidationError):
        return ModelFailure("model_garbled", provider=PROVIDER, reason="unreadable", again_after=0)
    if isinstance(error, openai.APIStatusError):
        return _by_status(error)
    if isinstance(error, LOST):
        return ModelFailure("model_unavailable", provider=PROVIDER, reason="connection", again_after=0)
    if isinstance(error, openai.APIError):  # an error event in the middle of a stream
        return _rate_limited(error, None) if error.code in RATE_WORDS else _broken(None, "error_event")
    return ModelFailure("model_garbled", provider=PROVIDER, reason="unreadable", again_after=0)


def _timed_out(error: BaseException) -> bool:
    """Whether a wait was too long. The aiohttp transport of the openai package calls a lost connection that as well.

    What such an error comes from says what it was.
    """
    if not isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return isinstance(error, TimeoutError)
    return error.__cause__ is None or _timed_out(error.__cause__)


def _by_status(error: openai.APIStatusError) -> ModelFailure:
    wait = _retry_after(error)
    if error.status_code == 429:
        return _rate_limited(error, wait)
    if error.status_code == 408 or error.status_code >= 500:
        return _broken(wait, f"status_{error.status_code}")
    return ModelFailure("model_refused", provider=PROVIDER, reason=f"status_{error.status_code}")


def _rate_limited(error: openai.APIError, wait: float | None) -> ModelFailure:
    if QUOTA in (error.code, error.type):
        return ModelFailure("model_rate_limited", provider=PROVIDER, reason="quota", retry_after=3600)
    return ModelFailure(
        "model_rate_limited",
        provider=PROVIDER,
        reason="rate_limit",
        again_after=bearable(wait),
        retry_after=_whole_seconds(wait),
    )


def _broken(wait: float | None, reason: str) -> ModelFailure:
    return ModelFailure(
        "model_unavailable",
        provider=PROVIDER,
        reason=reason,
        again_after=bearable(wait),
        retry_after=_whole_seconds(wait),
    )


def _whole_seconds(wait: float | None) -> int:
    return max(1, ceil(min(wait, 3600))) if wait else 5


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds the provider asks to wait; None when it asks for nothing (or names a date, which OpenAI does not)."""
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _machine_word(error: Exception) -> str | None:
    """The provider's error code, such as `invalid_api_key`, when it is a word; its sentences may hold a prompt or key."""
    word = error.code if isinstance(error, openai.APIError) else None
    return word if isinstance(word, str) and _WORD.match(word) else None
