"""Comparing experiments: each arm beside the bullseye of its set, by rules that were fixed before anything was spent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from persistence.models.experiment import Experiment, ExperimentType
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import ExperimentID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.experiments.comparison import Day, compare
from tools.experiments.design import ExperimentDesign, OutcomeMeasured
from tools.experiments.sampling import BASE_RATES, LIFT, WINDOW_DAYS, sample_per_arm, wilson_interval
from tools.results.queries import LeadDay, Measure, is_over, lead_days
from tools.results.schemas import ArmRate, ArmResult, ComparisonRead, Verdict

NEWEST = 500
"""Experiments that are compared: the newest of a workspace."""

COMPARED = frozenset({ExperimentType.VARIABLE_A, ExperimentType.VARIABLE_B, ExperimentType.CONTRARIAN})


@dataclass(frozen=True)
class Plan:
    """What was fixed before: what is counted, and how many leads an arm are needed."""

    measure: Measure
    needed: int


@dataclass
class Set:
    """The experiments of one talk: the control, if there is one, and the others."""

    control: Experiment | None = None
    arms: list[Experiment] = field(default_factory=list)


async def compare_experiments(uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID) -> ComparisonRead:
    """The workspace's experiments side by side. Raises NotFound."""
    await require_role(uow, caller, workspace_id)
    newest = await Repository(uow.session, Experiment).get_all(
        Experiment.workspace_id == workspace_id, order_by=[Experiment.id.desc()], limit=NEWEST
    )
    sets = _sets(newest[::-1])
    plans = {row.id: _plan(row, group.control) for group in sets for row in group.arms}
    days = await _days(uow, workspace_id, plans)
    arms = [_result(row, plans[row.id], days[row.id]) for row in newest[::-1]]
    return ComparisonRead(
        experiments=arms, verdicts=[v for group in sets for v in _verdicts(group, plans, days)]
    )


def _sets(experiments: Sequence[Experiment]) -> list[Set]:
    """The experiments by the talk they came from; of several bullseyes of one talk the newest is the control."""
    sets: dict[int | None, Set] = defaultdict(Set)
    for row in experiments:
        group = sets[row.session_id]
        group.arms.append(row)
        if row.type is ExperimentType.BULLSEYE:
            group.control = row
    return list(sets.values())


def _plan(experiment: Experiment, control: Experiment | None) -> Plan:
    """An arm is measured as its control is; its sample is its own."""
    own, first = _design(experiment), _design(control) if control else None
    design = first or own
    outcome = design.outcome_measured if design else OutcomeMeasured.REPLY
    window = design.window_days if design else WINDOW_DAYS[outcome]
    base = BASE_RATES[outcome]
    needed = own.minimum_sample if own else sample_per_arm(base, base * LIFT)
    return Plan(Measure(outcome, window), needed)


def _design(experiment: Experiment) -> ExperimentDesign | None:
    return ExperimentDesign.model_validate(experiment.design) if experiment.design else None


async def _days(
    uow: UnitOfWork, workspace_id: WorkspaceID, plans: Mapping[ExperimentID, Plan]
) -> Mapping[ExperimentID, list[LeadDay]]:
    """The days of each experiment: a query for each measure, of which there are few."""
    by_measure: dict[Measure, list[ExperimentID]] = defaultdict(list)
    for experiment_id, plan in plans.items():
        by_measure[plan.measure].append(experiment_id)
    days: dict[ExperimentID, list[LeadDay]] = defaultdict(list)
    for measure, ids in by_measure.items():
        for day in await lead_days(uow, workspace_id, ids, measure):
            days[day.experiment_id].append(day)
    return days


def _over(plan: Plan, days: Sequence[LeadDay]) -> list[LeadDay]:
    now = utc_now()
    return [day for day in days if is_over(day.day, plan.measure, now)]


def _result(experiment: Experiment, plan: Plan, days: Sequence[LeadDay]) -> ArmResult:
    over = _over(plan, days)
    n, outcomes = sum(day.contacted for day in over), sum(day.successes for day in over)
    interval = wilson_interval(outcomes, n)
    return ArmResult(
        experiment_id=experiment.id,
        type=experiment.type,
        outcome_measured=plan.measure.outcome,
        n=n,
        waiting=sum(day.contacted for day in days) - n,
        outcomes=outcomes,
        rate=ArmRate(value=interval.value, low=interval.low, high=interval.high),
        needed=plan.needed,
    )


def _verdicts(
    group: Set, plans: Mapping[ExperimentID, Plan], days: Mapping[ExperimentID, list[LeadDay]]
) -> list[Verdict]:
    """Each arm of a set beside its control; all of them share the chance of a false winner."""
    if group.control is None:
        return []
    control, compared = group.control, [row for row in group.arms if row.type in COMPARED]
    plan = plans[control.id]
    verdicts = []
    for row in compared:
        found = compare(
            _side_by_side(_over(plan, days[row.id]), _over(plan, days[control.id])),
            needed=max(plan.needed, plans[row.id].needed),
            base_rate=BASE_RATES[plan.measure.outcome],
            comparisons=len(compared),
        )
        verdicts.append(Verdict(a=row.id, b=control.id, verdict=found.verdict, more=found.more))
    return verdicts


def _side_by_side(arm: Sequence[LeadDay], control: Sequence[LeadDay]) -> list[Day]:
    """Two arms' days as one row of days, oldest first."""
    arms, controls = ({day.day: (day.contacted, day.successes) for day in days} for days in (arm, control))
    return [
        Day(*arms.get(day, (0, 0)), *controls.get(day, (0, 0)))
        for day in sorted(arms.keys() | controls.keys())
    ]
