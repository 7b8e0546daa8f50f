"""Comparisons of arms: nobody wins by being looked at every day, and real differences are found."""

import os
import random
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from math import comb
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.experiments.comparison import Comparison, Day, compare, z_score
from tools.experiments.sampling import sample_per_arm

SEED = int(os.environ.get("SEED", "4"))
BASE = 0.03
NEEDED = sample_per_arm(BASE, 0.05)
QUIET = Day(30, 1, 30, 1)


@cache
def _chances(leads: int, rate: float) -> tuple[float, ...]:
    """The chance of at most k successes, by k."""
    most = min(leads, 80)
    return tuple(accumulate(comb(leads, k) * rate**k * (1 - rate) ** (leads - k) for k in range(most + 1)))


def successes(chance: random.Random, leads: int, rate: float) -> int:
    return min(bisect_left(_chances(leads, rate), chance.random()), leads)


def experiment(chance: random.Random, arm: float, control: float, a_day: tuple[int, int]) -> Iterator[Day]:
    """Days of two arms with these true rates, until both have the planned sample."""
    left = NEEDED
    while left > 0:
        yield Day(a_day[0], successes(chance, a_day[0], arm), a_day[1], successes(chance, a_day[1], control))
        left -= min(a_day)


def looked_at_daily(days: list[Day], comparisons: int = 1) -> Comparison:
    """What somebody concludes who looks every evening and acts on the first verdict."""
    for until in range(1, len(days) + 1):
        seen = compare(days[:until], needed=NEEDED, base_rate=BASE, comparisons=comparisons)
        if seen.verdict != "not_enough_data":
            return seen
    return seen


def verdicts(
    runs: int, arm: float, control: float, a_day: tuple[int, int] = (30, 30), comparisons: int = 1
) -> dict[str, float]:
    """The share of each verdict. A verdict stays once it is there, so one look at the end is all looks."""
    chance = random.Random(f"{SEED} {arm} {control} {a_day} {comparisons}")
    found = [
        compare(
            experiment(chance, arm, control, a_day), needed=NEEDED, base_rate=BASE, comparisons=comparisons
        )
        for _ in range(runs)
    ]
    words = [item.verdict for item in found]
    shares = {word: words.count(word) / runs for word in dict.fromkeys(words)}
    return shares | {"early": sum(item.early for item in found) / runs}


def won(shares: dict[str, float]) -> float:
    """The share of verdicts that name a winner."""
    return shares.get("better", 0.0) + shares.get("worse", 0.0)


def a_naive_winner(days: list[Day]) -> bool:
    """What daily looking with the usual test makes of it."""
    limit, sums = NormalDist().inv_cdf(0.975), [0, 0, 0, 0]
    for day in days:
        seen = (day.contacted, day.successes, day.control_contacted, day.control_successes)
        sums = [total + more for total, more in zip(sums, seen, strict=True)]
        if sums[1] + sums[3] and abs(z_score(*sums)) > limit:
            return True
    return False


@given(data=st.data())
def test_looking_every_day_concludes_what_looking_once_does(data: st.DataObject) -> None:
    rates = st.sampled_from([0.01, 0.03, 0.09])
    chance = random.Random(data.draw(st.integers(0, 10_000)))
    days = list(experiment(chance, data.draw(rates), data.draw(rates), (60, 60)))
    assert looked_at_daily(days) == compare(days, needed=NEEDED, base_rate=BASE)


def test_equal_arms_have_a_false_winner_in_five_of_a_hundred_at_most() -> None:
    assert won(verdicts(1500, BASE, BASE)) <= 0.05


def test_the_usual_test_looked_at_daily_does_not_keep_that() -> None:
    chance = random.Random(SEED)
    naive = [a_naive_winner(list(experiment(chance, BASE, BASE, (30, 30)))) for _ in range(300)]
    assert sum(naive) / 300 > 0.15


def test_the_planned_effect_is_found_as_often_as_planned() -> None:
    shares = verdicts(1000, 0.05, BASE)
    assert shares["better"] > 0.75
    assert shares.get("worse", 0) < 0.005


def test_a_large_effect_is_told_before_the_sample_is_complete() -> None:
    assert verdicts(300, 0.09, BASE)["early"] > 0.9
    assert verdicts(300, 0.01, BASE)["worse"] > 0.9


def test_until_then_the_leads_that_are_missing_are_told() -> None:
    assert compare([QUIET] * 10, needed=1506, base_rate=BASE) == Comparison("not_enough_data", 1206)
    assert compare([Day(0, 0, 30, 1)], needed=1506, base_rate=BASE) == Comparison("not_enough_data", 1506)
    assert compare([], needed=1506, base_rate=BASE).more == 1506
    assert compare([QUIET] * 51, needed=1506, base_rate=BASE) == Comparison("no_difference", 0)


def test_days_after_the_verdict_change_nothing() -> None:
    late = [Day(500, 100, 500, 0)] * 5
    assert compare([*[QUIET] * 51, *late], needed=1506, base_rate=BASE).verdict == "no_difference"


@pytest.mark.full
@pytest.mark.parametrize("rate", [0.005, 0.01, 0.03, 0.05, 0.1])
@pytest.mark.parametrize("a_day", [(30, 30), (5, 5), (60, 15), (200, 200)])
def test_mind_false_winners_with_daily_looking(rate: float, a_day: tuple[int, int]) -> None:
    shares = verdicts(4000, rate, rate, a_day)
    print(f"\nfalse winners at {rate:.1%}, {a_day} a day: {won(shares):.2%} (early {shares['early']:.2%})")
    assert won(shares) <= 0.05, f"SEED={SEED}"


@pytest.mark.full
def test_mind_false_winners_of_a_whole_set_of_four_comparisons() -> None:
    """Four arms beside one bullseye: any winner among equal arms counts."""
    chance, runs, wrong = random.Random(SEED), 1500, 0
    for _ in range(runs):
        control = [successes(chance, 30, BASE) for _ in range(-(-NEEDED // 30))]
        arms = (
            compare(
                (Day(30, successes(chance, 30, BASE), 30, seen) for seen in control),
                needed=NEEDED,
                base_rate=BASE,
                comparisons=4,
            )
            for _ in range(4)
        )
        wrong += any(arm.verdict in ("better", "worse") for arm in arms)
    print(f"\nsets with a false winner: {wrong / runs:.2%}")
    assert wrong / runs <= 0.05, f"SEED={SEED}"
