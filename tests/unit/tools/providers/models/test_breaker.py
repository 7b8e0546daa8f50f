"""The circuit breaker: what opens it, how long, and who tries."""

import pytest

from tools.providers.models.breaker import LONGEST, PROBE_SECONDS, Breaker
from tools.providers.models.failure import FailureCode, ModelFailure


class Clock:
    """A clock that tests turn."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    """Opens after three failures for ten seconds."""
    return Breaker("openai", failures=3, pause=10.0, clock=clock)


def failure(
    code: FailureCode = "model_unavailable", reason: str = "status_500", retry_after: int = 5
) -> ModelFailure:
    return ModelFailure(code, provider="openai", reason=reason, retry_after=retry_after)


def fail(breaker: Breaker, times: int, told: ModelFailure | None = None) -> None:
    for _ in range(times):
        breaker.enter()
        breaker.fail(told or failure())


def test_failures_in_a_row_open_it_for_a_while(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 2)
    assert breaker.wait == 0
    fail(breaker, 1)
    assert breaker.wait == 10
    clock.now += 10
    assert breaker.wait == 0


def test_an_answer_between_them_starts_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, 2)
    breaker.succeed()
    fail(breaker, 2)
    assert breaker.wait == 0


def test_after_the_pause_one_call_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 11
    breaker.enter()
    assert breaker.wait == PROBE_SECONDS
    breaker.succeed()
    assert breaker.wait == 0


def test_a_try_that_fails_opens_it_again(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 11
    fail(breaker, 1)
    assert breaker.wait == 10


def test_a_try_that_was_cancelled_lets_the_next_one_try(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 11
    breaker.enter()
    breaker.leave()
    assert breaker.wait == 0


def test_with_nobody_else_to_ask_one_call_now_and_then_tries_it_early(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    assert breaker.early_wait == PROBE_SECONDS
    clock.now += PROBE_SECONDS
    assert breaker.early_wait == 0
    breaker.enter()
    assert breaker.early_wait == PROBE_SECONDS
    breaker.succeed()
    assert breaker.wait == 0


@pytest.mark.parametrize(("asked", "waits"), [(120, 120), (86_400, LONGEST), (1, 10)])
def test_a_used_up_quota_opens_it_at_once_for_as_long_as_is_said(
    breaker: Breaker, asked: int, waits: float
) -> None:
    fail(breaker, 1, failure("model_rate_limited", "quota", asked))
    assert breaker.wait == waits


@pytest.mark.parametrize(
    "told",
    [
        failure("model_refused", "status_400"),
        failure("model_truncated", "finish_length"),
        failure("model_garbled", "wrong_schema"),
        failure("model_rate_limited", "no_free_slot"),
    ],
)
def test_what_says_nothing_against_the_provider_does_not_count(breaker: Breaker, told: ModelFailure) -> None:
    fail(breaker, 20, told)
    assert breaker.wait == 0
