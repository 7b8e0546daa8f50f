"""Whatever the packages raise becomes one of five codes, and none of its text gets out."""

import json

import aiohttp
import httpx2
import openai
import pytest
from structlog.testing import capture_logs

from tools.providers.models.failure import ModelFailure
from tools.providers.models.openai.failure import Translated, translate

REQUEST = httpx2.Request("POST", "http://provider/v1/chat/completions")
SECRET = "sk-secret and the whole prompt"


def status_error(
    status: int, code: str | None = None, retry_after: str | None = None
) -> openai.APIStatusError:
    response = httpx2.Response(
        status, request=REQUEST, headers={"retry-after": retry_after} if retry_after is not None else {}
    )
    kind = openai.RateLimitError if status == 429 else openai.APIStatusError
    return kind(SECRET, response=response, body={"code": code, "type": code, "message": SECRET})


@pytest.mark.parametrize(
    ("error", "code", "again_after"),
    [
        (status_error(400), "model_refused", None),
        (status_error(401), "model_refused", None),
        (status_error(403), "model_refused", None),
        (status_error(404), "model_refused", None),
        (status_error(422), "model_refused", None),
        (status_error(408), "model_unavailable", 0),
        (status_error(500), "model_unavailable", 0),
        (status_error(503, retry_after="2"), "model_unavailable", 2),
        (status_error(503, retry_after="60"), "model_unavailable", None),
        (status_error(429), "model_rate_limited", 0),
        (status_error(429, retry_after="4.5"), "model_rate_limited", 4.5),
        (status_error(429, retry_after="6"), "model_rate_limited", None),
        (status_error(429, retry_after="inf"), "model_rate_limited", 0),
        (status_error(429, retry_after="-3"), "model_rate_limited", 0),
        (status_error(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), "model_rate_limited", 0),
        (status_error(429, code="insufficient_quota"), "model_rate_limited", None),
        (openai.APITimeoutError(REQUEST), "model_unavailable", None),
        (TimeoutError(), "model_unavailable", None),
        (httpx2.ReadTimeout("x"), "model_unavailable", None),
        (openai.APIConnectionError(request=REQUEST), "model_unavailable", 0),
        (httpx2.RemoteProtocolError("x"), "model_unavailable", 0),
        (ConnectionResetError(), "model_unavailable", 0),
        (aiohttp.ConnectionTimeoutError(), "model_unavailable", None),
        (aiohttp.SocketTimeoutError(), "model_unavailable", None),
        (aiohttp.ServerDisconnectedError(), "model_unavailable", 0),
        (aiohttp.ClientPayloadError(), "model_unavailable", 0),
        (aiohttp.InvalidURL("http://"), "model_unavailable", 0),
        (openai.APIError(SECRET, REQUEST, body={"code": "server_error"}), "model_unavailable", 0),
        (openai.APIError(SECRET, REQUEST, body={"code": "rate_limit_exceeded"}), "model_rate_limited", 0),
        (json.JSONDecodeError("x", SECRET, 0), "model_garbled", 0),
        (IndexError(SECRET), "model_garbled", 0),
        (ValueError(SECRET), "model_garbled", 0),
        (AttributeError(SECRET), "model_garbled", 0),
    ],
)
def test_an_error_has_its_code_and_says_when_to_try_again(
    error: Exception, code: str, again_after: float | None
) -> None:
    failure = translate(error)

    assert (failure.error_code, failure.again_after) == (code, again_after)
    assert 1 <= failure.retry_after <= 3600
    assert SECRET not in f"{failure} {failure.reason} {failure.extra}"


@pytest.mark.parametrize("error", [status_error(401, code="invalid_api_key"), ValueError(SECRET)])
def test_the_log_holds_short_words_only(error: Exception) -> None:
    with capture_logs() as logs, pytest.raises(ModelFailure), Translated("some-model"):
        raise error

    assert SECRET not in json.dumps(logs)
    assert logs[0]["error"] == type(error).__name__


def test_a_sentence_in_place_of_a_code_is_not_logged() -> None:
    with capture_logs() as logs, pytest.raises(ModelFailure), Translated("some-model"):
        raise status_error(400, code=SECRET)

    assert logs[0]["word"] is None


def test_cancellation_passes() -> None:
    with pytest.raises(KeyboardInterrupt), Translated("some-model"):
        raise KeyboardInterrupt
