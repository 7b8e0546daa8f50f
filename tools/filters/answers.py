"""What a model fills in for first filters: Wiza's own names and words, each word checked by code afterwards.

The words are told in the schema, so that a provider may hold its model to them, and taken as any text, so that one wrong
word costs that word and not the answer.
"""

from typing import Annotated, Any

from pydantic import Field

from tools.discovery.answers import Label, ModelAnswer
from tools.providers.wiza.vocabulary import VOCABULARY


def _words(name: str) -> Any:
    return Field(json_schema_extra={"enum": list(VOCABULARY[name])})


Level = Annotated[Label, _words("job_title_level")]
Role = Annotated[Label, _words("job_role")]
SubRole = Annotated[Label, _words("job_sub_role")]
Industry = Annotated[Label, _words("company_industry")]
Size = Annotated[Label, _words("company_size")]
Growth = Annotated[Label, _words("company_annual_growth")]
CompanyType = Annotated[Label, _words("company_type")]
Revenue = Annotated[Label, _words("revenue")]
Stage = Annotated[Label, _words("funding_stage")]
Within = Annotated[Label, _words("funding_date")]


class PlaceDraft(ModelAnswer):
    """A place."""

    name: Label = Field(
        description="In English, with what it lies in: `Toronto, Ontario, Canada`, `Ontario, Canada` or `Canada`."
    )
    kind: Annotated[Label, Field(json_schema_extra={"enum": ["city", "state", "country", "continent"]})] = (
        Field(description="What kind of place the name is.")
    )


class FilterDraft(ModelAnswer):
    """Filters of a search for people. A list stays empty, and a value null, where nothing was said that asks for it."""

    job_title: list[Label] = Field(
        description="Words of job titles, most wanted first; empty when role and level say it already."
    )
    job_title_level: list[Level] = Field(description="Levels of seniority.")
    job_role: list[Role] = Field(description="What the people do, most wanted first.")
    job_sub_role: list[SubRole] = Field(description="The same more narrowly, most wanted first.")
    job_company: list[Label] = Field(
        description="Employers that are named, when only their people are meant."
    )
    past_company: list[Label] = Field(description="Earlier employers that are named.")
    skill: list[Label] = Field(description="Skills the people name themselves.")
    location: list[PlaceDraft] = Field(description="Where the people live, when that is meant.")
    company_location: list[PlaceDraft] = Field(description="Where the companies are.")
    company_industry: list[Industry] = Field(description="Industries of the companies, most wanted first.")
    excluded_industry: list[Industry] = Field(
        description="Industries that are ruled out in so many words; usually none."
    )
    company_size: list[Size] = Field(description="How many people work there.")
    company_type: list[CompanyType] = Field(description="Kinds of company.")
    company_summary: list[Label] = Field(
        description="Words that the companies' own descriptions must have; the narrowest filter there is, so usually none."
    )
    revenue: list[Revenue] = Field(description="What the companies take in a year.")
    company_annual_growth: list[Growth] = Field(description="How fast the number of people grows.")
    year_founded_start: Label | None = Field(description="Founded in this year or later, such as 2015.")
    year_founded_end: Label | None = Field(description="Founded in this year or before.")
    funding_stage: list[Stage] = Field(description="Stages of the last round of money.")
    funding_date: list[Within] = Field(description="How long ago the last round was at most: one word.")
    related_roles: list[Role] = Field(
        description="Roles that would suit nearly as well, should too few be found."
    )
    related_industries: list[Industry] = Field(
        description="Industries that would suit nearly as well, should too few be found."
    )
