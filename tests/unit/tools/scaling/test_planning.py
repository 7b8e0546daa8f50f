"""How many leads a scaling adds: what is missing, what the budget pays for, what one search finds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.campaigns.schemas import RateRead
from tools.prospecting.schemas import MAX_LEADS
from tools.providers.wiza.client import MOST_COST, ROW_COST
from tools.scaling.planning import EACH, LEVEL, Standing, plan

RATE = RateRead(value=0, low=0, high=1, n=0)
RICH = Decimal(1_000_000)


@pytest.mark.parametrize(
    ("leads", "sample", "target", "new"),
    [
        (40, None, 100, 60),
        (40, None, 40, 0),
        (40, None, 10, 0),
        (40, 150, None, 110),
        (150, 150, None, 150),
        (40, None, None, 40),
        (0, None, None, 50),
        (0, 1_500, None, 1_000),
    ],
)
def test_as_many_as_are_missing(leads: int, sample: int | None, target: int | None, new: int) -> None:
    assert plan(Standing(leads, RATE, sample), target, RICH).new == new


def test_no_more_than_the_credits_pay_for() -> None:
    made = plan(Standing(0, RATE, None), 100, EACH * 7 + Decimal("0.4"))
    assert (made.new, made.affordable) == (7, 7)


@given(
    leads=st.integers(0, 5_000),
    sample=st.none() | st.integers(1, 5_000),
    target=st.none() | st.integers(1, 100_000),
    credits_=st.decimals(0, 50_000, places=1),
)
def test_looking_and_enriching_never_cost_more_than_there_is(
    leads: int, sample: int | None, target: int | None, credits_: Decimal
) -> None:
    made = plan(Standing(leads, RATE, sample), target, credits_)
    assert 0 <= made.new <= MAX_LEADS
    assert made.search_budget + made.new * MOST_COST[LEVEL] == credits_
    assert made.search_budget >= made.new * ROW_COST
