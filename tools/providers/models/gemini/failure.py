"""Translates whatever Gemini's packages raise into a ModelFailure. Its text stays here; the log gets short words only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import httpx2
import structlog
from google.genai.errors import APIError

from tools.providers.models.failure import ModelFailure, bearable

log = structlog.get_logger(__name__)

PROVIDER = "google"
"""As in the price table of genai-prices."""
RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"
QUOTA_FAILURE = "type.googleapis.com/google.rpc.QuotaFailure"
_DELAY = re.compile(r"^([0-9]{1,9}(?:\.[0-9]{1,9})?)s$")
Json = dict[str, Any]


@contextmanager
def translated(model: str) -> Iterator[None]:
    """Lets only ModelFailure (and cancellation) out of the block. Garbage raises anything at all, so anything is caught."""
    try:
        yield
    except ModelFailure:
        raise
    except Exception as error:  # noqa: BLE001 — the packages raise their own, httpx2's, JSON and attribute errors alike
        failure = translate(error)
        log.warning(
            "gemini_call_failed",
            model=model,
            code=failure.error_code,
            error=type(error).__name__,
            reason=failure.reason,
        )
        raise failure from None


def translate(error: Exception) -> ModelFailure:
    """The failure that stands for an exception of google-genai, httpx2 or langchain-google-genai, or of our time-outs."""
    told = _told(error)
    if told is not None:
        return _by_status(told)
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return ModelFailure("model_unavailable", provider=PROVIDER, reason="timeout")
    if isinstance(error, httpx2.TransportError | OSError):
        return ModelFailure("model_unavailable", provider=PROVIDER, reason="connection", again_after=0)
    return ModelFailure("model_garbled", provider=PROVIDER, reason="unreadable", again_after=0)


def _told(error: Exception) -> APIError | None:
    """What Gemini itself answered: langchain-google-genai wraps it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, APIError):
            return seen
        seen = seen.__cause__
    return None


def _by_status(error: APIError) -> ModelFailure:
    details = _details(error)
    wait = _retry_delay(details)
    if error.code == httpx2.codes.TOO_MANY_REQUESTS:
        if _is_quota(details):
            return ModelFailure("model_rate_limited", provider=PROVIDER, reason="quota", retry_after=3600)
        return ModelFailure(
            "model_rate_limited",
            provider=PROVIDER,
            reason="rate_limit",
            again_after=bearable(wait),
            retry_after=max(1, ceil(wait or 5)),
        )
    if error.code in (httpx2.codes.REQUEST_TIMEOUT, 499) or error.code >= 500:
        return ModelFailure(
            "model_unavailable",
            provider=PROVIDER,
            reason=f"status_{error.code}",
            again_after=bearable(wait),
        )
    return ModelFailure("model_refused", provider=PROVIDER, reason=f"status_{error.code}")


def _details(error: APIError) -> list[Json]:
    body = error.details if isinstance(error.details, dict) else {}
    inner = body.get("error", body)
    details = inner.get("details") if isinstance(inner, dict) else None
    return [item for item in details or [] if isinstance(item, dict)]


def _retry_delay(details: list[Json]) -> float | None:
    """Seconds that Gemini asks to wait (google.rpc.RetryInfo)."""
    for item in details:
        match = _DELAY.match(str(item.get("retryDelay", "")))
        if item.get("@type") == RETRY_INFO and match:
            return float(match[1])
    return None


def _is_quota(details: list[Json]) -> bool:
    """Whether a day's quota is used up (google.rpc.QuotaFailure), and not only a minute's."""
    violations = [
        violation
        for item in details
        if item.get("@type") == QUOTA_FAILURE
        for violation in item.get("violations", [])
    ]
    return any("PerDay" in str(violation.get("quotaId", "")) for violation in violations)
