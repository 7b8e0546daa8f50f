"""The statistics: worked cases, and simulations of how often they see what is not there and miss what is."""

import math
from collections.abc import Callable
from random import Random
from statistics import fmean

import pytest

from evals.statistics import bootstrap, effect, holm, mcnemar, signflip
from evals.statistics.pairing import pair

Clusters = list[list[float]]


def simulated(dice: Random, tenants: int, each: int, *, shift: float = 0.0) -> Clusters:
    """Differences of paired cases: tenants differ from each other as much as their cases do."""
    made = []
    for _ in range(tenants):
        own = dice.gauss(0, 0.25)
        made.append([shift + own + dice.gauss(0, 0.25) for _ in range(each)])
    return made


def rate(
    test: Callable[[Clusters], bool], tenants: int, each: int, *, runs: int, shift: float = 0.0
) -> float:
    """How often a test sees a difference."""
    dice = Random(7)
    return fmean(test(simulated(dice, tenants, each, shift=shift)) for _ in range(runs))


def flips(clusters: Clusters) -> bool:
    return signflip.p_two_sided(clusters, flips=799) < 0.05


def outside(clusters: Clusters) -> bool:
    found = bootstrap.interval(clusters, draws=400)
    return found is None or not found[0] <= 0 <= found[1]


def most(nominal: float, runs: int) -> float:
    """What a rate that is really nominal does not exceed in 999 of 1000 simulations."""
    return nominal + 3.1 * math.sqrt(nominal * (1 - nominal) / runs)


def test_the_sign_flip_test_of_six_tenants_that_all_lost_is_one_in_thirty_two() -> None:
    assert signflip.p_two_sided([[-0.1]] * 6) == pytest.approx(2 / 64)
    assert signflip.p_two_sided([[-0.1]] * 5) == pytest.approx(2 / 32)
    assert signflip.p_two_sided([[0.1], [-0.1]] * 3) == 1.0
    assert signflip.p_two_sided([[0.0, 0.0]] * 9) == 1.0


def test_random_flips_come_near_the_exact_answer_and_are_the_same_every_time() -> None:
    dice = Random(3)
    clusters = simulated(dice, 13, 2, shift=0.12)
    exact = signflip.p_two_sided(clusters)
    drawn = signflip.p_two_sided([*clusters, [1e-7], [-1e-7]])

    assert drawn == pytest.approx(exact, abs=0.02)
    assert drawn == signflip.p_two_sided([*clusters, [1e-7], [-1e-7]])


@pytest.mark.parametrize(("tenants", "each"), [(6, 5), (12, 2)])
def test_the_sign_flip_test_keeps_its_false_alarm_rate(tenants: int, each: int) -> None:
    assert rate(flips, tenants, each, runs=300) <= most(0.05, 300)


@pytest.mark.full
@pytest.mark.parametrize(("tenants", "each"), [(6, 5), (12, 5), (30, 1), (30, 4)])
def test_evals_the_sign_flip_test_keeps_its_false_alarm_rate_in_two_thousand_draws(
    tenants: int, each: int
) -> None:
    assert rate(flips, tenants, each, runs=2_000) <= most(0.05, 2_000)


@pytest.mark.full
@pytest.mark.parametrize(("tenants", "each", "least"), [(12, 5, 0.5), (30, 1, 0.6), (30, 4, 0.9)])
def test_evals_the_sign_flip_test_sees_a_real_difference(tenants: int, each: int, least: float) -> None:
    assert rate(flips, tenants, each, runs=400, shift=0.2) >= least


def test_the_sign_flip_test_sees_a_large_difference_nearly_always() -> None:
    assert rate(flips, 12, 3, runs=60, shift=0.4) >= 0.9


def test_excluding_a_loss_keeps_its_false_alarm_rate_at_the_margin() -> None:
    def excluded(clusters: Clusters) -> bool:
        return signflip.p_not_worse(clusters, 0.1, flips=799) < 0.025

    assert rate(excluded, 10, 3, runs=300, shift=-0.1) <= most(0.025, 300)
    assert rate(excluded, 12, 3, runs=60, shift=0.25) >= 0.9


@pytest.mark.full
@pytest.mark.parametrize(("tenants", "each", "most_often"), [(6, 5, 0.18), (30, 4, 0.08)])
def test_evals_the_bootstrap_interval_is_too_narrow_with_few_tenants(
    tenants: int, each: int, most_often: float
) -> None:
    """Why it is drawn and never decides: 5 % nominal, more than twice that with six tenants."""
    found = rate(outside, tenants, each, runs=800)

    assert found <= most_often
    assert tenants > 6 or found > 0.07


def test_the_interval_lies_around_the_difference() -> None:
    found = bootstrap.interval(simulated(Random(1), 20, 3, shift=0.3))

    assert found is not None
    assert 0.05 < found[0] < 0.3 < found[1] < 0.6
    assert bootstrap.interval([[0.1]]) is None


def test_mcnemar_counts_only_what_changed() -> None:
    before = {f"c{n}": 1.0 for n in range(20)}
    after = {case: 0.0 if place < 6 else 1.0 for place, case in enumerate(before)}

    assert mcnemar.p_value(before, after) == pytest.approx(2 / 64)
    assert mcnemar.p_value(before, before) == 1.0


def pairs_of(
    dice: Random, cases: int, *, broken: float, fixed: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Cases that pass or fail, some of which change."""
    before, after = {}, {}
    for number in range(cases):
        drawn = dice.random()
        one = 1.0 if drawn < broken else 0.0 if drawn < broken + fixed else float(dice.random() < 0.5)
        before[str(number)] = one
        after[str(number)] = 1.0 - one if drawn < broken + fixed else one
    return before, after


@pytest.mark.parametrize(("broken", "fixed", "low", "high"), [(0.1, 0.1, 0.0, 0.06), (0.03, 0.18, 0.85, 1.0)])
def test_mcnemar_false_alarms_and_power_with_a_hundred_pairs(
    broken: float, fixed: float, low: float, high: float
) -> None:
    dice = Random(11)
    found = fmean(
        mcnemar.p_value(*pairs_of(dice, 100, broken=broken, fixed=fixed)) < 0.05 for _ in range(400)
    )

    assert low <= found <= high


def test_mcnemar_applies_only_where_each_tenant_has_one_case() -> None:
    before, after = {("a", 0): 1.0, ("b", 0): 0.0}, {("a", 0): 0.0, ("b", 0): 0.0}

    assert mcnemar.applies(pair(before, after, {"a": "one", "b": "two"}))
    assert not mcnemar.applies(pair(before, after, {"a": "one", "b": "one"}))
    assert not mcnemar.applies(pair({("a", 0): 0.5}, {("a", 0): 1.0}, {"a": "one"}))


def test_holm_corrects_by_the_number_of_metrics() -> None:
    assert holm.adjusted({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx(
        {"a": 0.03, "c": 0.06, "b": 0.06}
    )
    assert holm.adjusted({}) == {}


def test_holm_keeps_the_rate_of_any_false_alarm_over_ten_metrics() -> None:
    dice = Random(5)
    alarms = fmean(
        min(holm.adjusted({str(n): dice.random() for n in range(10)}).values()) < 0.05 for _ in range(2_000)
    )

    assert alarms <= most(0.05, 2_000)


def test_the_smallest_effect_is_what_is_seen_four_times_in_five() -> None:
    dice = Random(2)
    sizes = [
        found for _ in range(40) if (found := effect.smallest_effect(simulated(dice, 12, 3))) is not None
    ]
    power = rate(flips, 12, 3, runs=200, shift=fmean(sizes))

    assert 0.7 <= power <= 0.92
    assert effect.smallest_effect([[0.1]] * 4) is None
    assert effect.smallest_effect([[0.0]] * 9) is None


def test_the_tenants_that_are_needed_see_the_effect() -> None:
    needed = effect.tenants_needed(simulated(Random(4), 12, 2), 0.25)

    assert needed is not None
    assert 6 <= needed <= 20
    assert effect.tenants_needed([[0.0]] * 9, 0.25) is None


def test_samples_of_a_case_are_averaged_before_they_are_paired() -> None:
    before = {("a", 0): 1.0, ("a", 1): 0.0, ("b", 0): 1.0}
    after = {("a", 0): 1.0, ("b", 0): 0.0, ("c", 0): 1.0}
    found = pair(before, after, {"a": "one", "b": "one", "c": "two"})

    assert found.clusters == {"one": (0.5, -1.0)}
    assert (found.count, found.difference) == (2, pytest.approx(-0.25))
