"""Samples and intervals agree with known figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.experiments.design import OutcomeMeasured
from tools.experiments.sampling import (
    detectable_rate,
    leads_for,
    leads_until_seen,
    plan_sample,
    sample_per_arm,
    wilson_interval,
)


@pytest.mark.parametrize(("target", "expected"), [(0.04, 5300), (0.05, 1506), (0.06, 749)])
def test_samples_for_three_percent_are_those_of_the_tables(target: float, expected: int) -> None:
    assert sample_per_arm(0.03, target) == pytest.approx(expected, rel=0.005)


def test_equal_rates_have_no_sample() -> None:
    with pytest.raises(ValueError, match="different rates"):
        sample_per_arm(0.03, 0.03)


def test_wilson_matches_a_published_example() -> None:
    interval = wilson_interval(8, 10)
    assert (interval.value, interval.low, interval.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)


@given(trials=st.integers(0, 100_000), share=st.floats(0, 1))
def test_an_interval_holds_its_rate_and_stays_a_share(trials: int, share: float) -> None:
    interval = wilson_interval(int(trials * share), trials)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1


@given(per_arm=st.integers(1, 20_000))
def test_a_detectable_rate_really_is_detectable(per_arm: int) -> None:
    rate = detectable_rate(0.03, per_arm)
    assert rate == 1.0 or (rate > 0.03 and sample_per_arm(0.03, rate) <= per_arm)


def test_five_conversations_at_three_percent_take_some_220_leads() -> None:
    assert leads_for(5, 0.03) == pytest.approx(222, abs=5)


def test_no_reply_among_59_leads_speaks_against_five_percent() -> None:
    assert leads_until_seen(0.05) == 59


def test_a_plan_says_what_the_leads_at_hand_can_show() -> None:
    plan = plan_sample(OutcomeMeasured.REPLY, leads=1000)
    assert (plan.needed_per_arm, plan.planned_per_arm, plan.window_days) == (1506, 225, 21)
    assert 0.08 < plan.detectable_rate < 0.1
