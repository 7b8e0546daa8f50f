"""Which dimension of an experiment each filter speaks for, so that the tested one is never touched."""

from collections.abc import Collection

from tools.experiments.design import DimensionName, ExperimentDesign

DIMENSION_OF: dict[str, DimensionName] = {
    **dict.fromkeys(
        (
            "first_name",
            "last_name",
            "linkedin_slug",
            "job_title",
            "job_title_level",
            "job_role",
            "job_sub_role",
            "skill",
            "school",
            "major",
            "past_company",
        ),
        DimensionName.PERSONA,
    ),
    **dict.fromkeys(
        (
            "location",
            "company_location",
            "job_company",
            "company_industry",
            "company_size",
            "company_type",
            "revenue",
            "year_founded_start",
            "year_founded_end",
            "funding_min",
            "funding_max",
            "funding_stage",
            "funding_type",
        ),
        DimensionName.FIRMOGRAPHIC,
    ),
    **dict.fromkeys(
        ("company_annual_growth", "company_summary", "department_size"),
        DimensionName.SITUATION,
    ),
    **dict.fromkeys(("funding_date", "last_funding_min", "last_funding_max"), DimensionName.TRIGGER),
}
"""Every filter of `ProspectFilters`. Angle and channel have none."""


def filters_of(dimensions: Collection[DimensionName]) -> frozenset[str]:
    """The filters that speak for these dimensions."""
    return frozenset(name for name, dimension in DIMENSION_OF.items() if dimension in dimensions)


def tested(design: ExperimentDesign | None) -> frozenset[DimensionName]:
    """The dimensions an experiment tests: those it sets otherwise than the control does."""
    return frozenset(design.changed_dimensions) if design else frozenset()
