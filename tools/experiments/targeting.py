"""Which dimension of an experiment each filter speaks for, and when its filters may change: the tested one never in mid-run."""

from collections.abc import Collection, Mapping
from typing import Any

from persistence.models.experiment import Experiment
from tools.errors import Conflict
from tools.experiments.design import DimensionName, ExperimentDesign
from tools.experiments.status import OPEN_DESIGN

PERSONA = frozenset({DimensionName.PERSONA})
FIRMOGRAPHIC = frozenset({DimensionName.FIRMOGRAPHIC})
SITUATION = frozenset({DimensionName.SITUATION, DimensionName.FIRMOGRAPHIC})
FUNDING = frozenset({DimensionName.TRIGGER, DimensionName.FIRMOGRAPHIC})

DIMENSIONS_OF: dict[str, frozenset[DimensionName]] = {
    **dict.fromkeys(("first_name", "last_name", "linkedin_slug", "past_company"), PERSONA),
    **dict.fromkeys(("job_title", "job_title_level", "job_role", "job_sub_role"), PERSONA),
    **dict.fromkeys(("skill", "school", "major"), PERSONA),
    **dict.fromkeys(("location", "company_location", "job_company", "company_industry"), FIRMOGRAPHIC),
    **dict.fromkeys(("company_size", "company_type", "revenue"), FIRMOGRAPHIC),
    **dict.fromkeys(("year_founded_start", "year_founded_end"), FIRMOGRAPHIC),
    **dict.fromkeys(("company_annual_growth", "company_summary", "department_size"), SITUATION),
    **dict.fromkeys(("funding_date", "funding_stage", "funding_type"), FUNDING),
    **dict.fromkeys(("funding_min", "funding_max", "last_funding_min", "last_funding_max"), FUNDING),
}
"""What each filter of `ProspectFilters` may speak for: a round is an event and tells the kind of company, so it stays
when either is tested. Angle and channel have no filter."""


def filters_of(dimensions: Collection[DimensionName]) -> frozenset[str]:
    """The filters that may speak for one of these dimensions."""
    return frozenset(name for name, spoken in DIMENSIONS_OF.items() if not spoken.isdisjoint(dimensions))


def tested(design: ExperimentDesign | None) -> frozenset[DimensionName]:
    """The dimensions an experiment tests: those it sets otherwise than the control does."""
    return frozenset(design.changed_dimensions) if design else frozenset()


def design_of(experiment: Experiment) -> ExperimentDesign | None:
    """The design as typed records; None for an experiment without one."""
    return None if experiment.design is None else ExperimentDesign.model_validate(experiment.design)


def has_begun(experiment: Experiment) -> bool:
    """Whether leads were looked for: from then on the arm is what it is, and is widened only by its people."""
    return experiment.status not in OPEN_DESIGN or experiment.leads_found > 0


def check_targeting(experiment: Experiment, filters: Mapping[str, Any] | None) -> None:
    """Raise Conflict when filters of a tested dimension would change though leads were looked for."""
    if not has_begun(experiment):
        return
    before, after = experiment.wiza_filters or {}, filters or {}
    changed = [
        name
        for name in sorted(filters_of(tested(design_of(experiment))))
        if (before.get(name) or None) != (after.get(name) or None)
    ]
    if changed:
        raise Conflict(
            f"Leads were looked for already: {', '.join(changed)} is what this experiment tests and stays as it is.",
            code="design_fixed",
            extra={"filters": changed},
        )
