"""How many leads an experiment needs, what a rate is worth, and when it is over. Pure arithmetic, rates are 0 to 1.

The base rates are weak priors from vendors' figures (replies: about 3 %); a workspace's own figures are better.
"""

from dataclasses import dataclass
from math import ceil, comb, log, sqrt
from statistics import NormalDist

from tools.experiments.design import OutcomeMeasured

ALPHA = 0.05
POWER = 0.8
DEFAULT_LEADS = 500
"""Leads a young team plans with when it has not said how many it has."""
FIRST_AIM = 5
"""Conversations a founder without evidence should have before anything is measured."""

BASE_RATES: dict[OutcomeMeasured, float] = {
    OutcomeMeasured.REPLY: 0.03,
    OutcomeMeasured.INTERESTED: 0.015,
    OutcomeMeasured.MEETING_BOOKED: 0.01,
    OutcomeMeasured.CLOSED_WON: 0.0025,
}
WINDOW_DAYS: dict[OutcomeMeasured, int] = {
    OutcomeMeasured.REPLY: 21,
    OutcomeMeasured.INTERESTED: 21,
    OutcomeMeasured.MEETING_BOOKED: 45,
    OutcomeMeasured.CLOSED_WON: 180,
}
LIFT = 5 / 3
"""The effect worth finding: 3 % against 5 %."""


@dataclass(frozen=True)
class Interval:
    """A rate and the interval it lies in, all 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class SamplePlan:
    """The measurement of a set, fixed before it starts. Rates are 0 to 1, the rest are leads and days."""

    outcome: OutcomeMeasured
    base_rate: float
    target_rate: float
    needed_per_arm: int
    planned_leads: int
    planned_per_arm: int
    detectable_rate: float
    long_shot_sample: int
    first_aim_sample: int
    window_days: int


def wilson_interval(successes: int, trials: int, *, confidence: float = 0.95) -> Interval:
    """The Wilson score interval of a rate. With no trials nothing is known: 0 to 1."""
    if trials <= 0:
        return Interval(0.0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate = successes / trials
    centre = (rate + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return Interval(rate, max(0.0, min(rate, centre - half)), min(1.0, max(rate, centre + half)))


def sample_per_arm(base: float, target: float, *, alpha: float = ALPHA, power: float = POWER) -> int:
    """Leads an arm needs to tell two rates apart (two-sided, normal approximation). Raises ValueError for equal rates."""
    if not (0 < base < 1 and 0 < target < 1) or base == target:
        raise ValueError("two different rates between 0 and 1 are needed")
    z_alpha, z_power = NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)
    mean = (base + target) / 2
    spread = z_alpha * sqrt(2 * mean * (1 - mean)) + z_power * sqrt(base * (1 - base) + target * (1 - target))
    return ceil((spread / (target - base)) ** 2)


def detectable_rate(base: float, per_arm: int) -> float:
    """The lowest rate above `base` that `per_arm` leads can tell from it; 1.0 when none can."""
    low, high = base, 0.999
    if per_arm < 1 or sample_per_arm(base, high) > per_arm:
        return 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if middle == base or sample_per_arm(base, middle) > per_arm else (low, middle)
        )
    return high


def leads_for(successes: int, rate: float, *, confidence: float = POWER) -> int:
    """The fewest leads that give at least `successes` with that confidence, when each succeeds at `rate`."""
    leads = max(successes, 1)
    while _at_least(successes, leads, rate) < confidence:
        leads += max(1, leads // 50)
    return leads


def leads_until_seen(rate: float, *, confidence: float = 0.95) -> int:
    """The fewest leads after which no success at all means that the rate is hardly as high as `rate`."""
    return ceil(log(1 - confidence) / log(1 - rate))


def plan_sample(
    outcome: OutcomeMeasured, *, leads: int | None = None, arm_share: float = 0.225
) -> SamplePlan:
    """The measurement plan for a set that has `leads` in all (a default when unknown), `arm_share` of them an arm."""
    base = BASE_RATES[outcome]
    target = base * LIFT
    planned = leads if leads and leads > 0 else DEFAULT_LEADS
    per_arm = max(1, int(planned * arm_share))
    return SamplePlan(
        outcome=outcome,
        base_rate=base,
        target_rate=target,
        needed_per_arm=sample_per_arm(base, target),
        planned_leads=planned,
        planned_per_arm=per_arm,
        detectable_rate=detectable_rate(base, per_arm),
        long_shot_sample=leads_until_seen(target),
        first_aim_sample=leads_for(FIRST_AIM, BASE_RATES[OutcomeMeasured.REPLY]),
        window_days=WINDOW_DAYS[outcome],
    )


def _at_least(successes: int, leads: int, rate: float) -> float:
    """The chance of `successes` or more among `leads`."""
    below = sum(comb(leads, k) * rate**k * (1 - rate) ** (leads - k) for k in range(successes))
    return 1 - below
