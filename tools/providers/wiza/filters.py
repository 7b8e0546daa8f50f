"""The filters of a prospect search, typed. Only what Wiza knows passes; shapes and words are those of its wire."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from tools.errors import FieldError, Invalid
from tools.providers.wiza.vocabulary import require

MAX_VALUES = 200
Sign = Literal["i", "e"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Year = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d$")]
Department = Annotated[str, StringConstraints(pattern=r"^[a-z_]{2,40}:(\d{1,6}-\d{0,6}|-\d{1,6})$")]


def _word(name: str) -> Callable[[str], str]:
    return lambda word: require(name, word)


def _some(words: tuple[str, ...]) -> tuple[str, ...]:
    if not 1 <= len(words) <= MAX_VALUES:
        raise ValueError(f"1 to {MAX_VALUES} words are needed")
    return words


Level = Annotated[str, AfterValidator(_word("job_title_level"))]
Role = Annotated[str, AfterValidator(_word("job_role"))]
SubRole = Annotated[str, AfterValidator(_word("job_sub_role"))]
Size = Annotated[str, AfterValidator(_word("company_size"))]
IndustryWord = Annotated[str, AfterValidator(_word("company_industry"))]
Revenue = Annotated[str, AfterValidator(_word("revenue"))]
Growth = Annotated[str, AfterValidator(_word("company_annual_growth"))]
CompanyType = Annotated[str, AfterValidator(_word("company_type"))]
Stage = Annotated[str, AfterValidator(_word("funding_stage"))]
FundingWord = Annotated[str, AfterValidator(_word("funding_type"))]
FundedWithin = Annotated[str, AfterValidator(_word("funding_date"))]
Amount = Annotated[str, AfterValidator(_word("funding_amount"))]
Bucket = Annotated[str, AfterValidator(_word("location_bucket"))]


class WireModel(BaseModel):
    """Names and shapes of the wire; what is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(WireModel):
    """A text that is to be there (`i`) or not (`e`)."""

    v: Text
    s: Sign = "i"


class Industry(WireModel):
    """An industry that is wanted (`i`) or not (`e`)."""

    v: IndustryWord
    s: Sign = "i"


class Location(WireModel):
    """A place as `location_autocomplete` writes it: its name and the kind of place."""

    v: Text
    b: Bucket
    s: Sign = "i"


class FundingStage(WireModel):
    """Stages of the last round, or of any."""

    t: Literal["last", "any"]
    v: Annotated[tuple[Stage, ...], AfterValidator(_some)]


class FundingType(WireModel):
    """Kinds of money of the last round, or of any."""

    t: Literal["last", "any"]
    v: Annotated[tuple[FundingWord, ...], AfterValidator(_some)]


class FundingDate(WireModel):
    """How long ago the last round, or any, was at most."""

    t: Literal["last", "any"]
    v: FundedWithin


Texts = Annotated[tuple[Text, ...], Field(max_length=MAX_VALUES)]
Choices = Annotated[tuple[Choice, ...], Field(max_length=MAX_VALUES)]
Locations = Annotated[tuple[Location, ...], Field(max_length=MAX_VALUES)]


class ProspectFilters(WireModel):
    """All filters. Values of one are ORed, filters are ANDed; a filter without values asks for nothing."""

    first_name: Texts = ()
    last_name: Texts = ()
    skill: Texts = ()
    school: Texts = ()
    major: Texts = ()
    linkedin_slug: Texts = ()
    job_title: Choices = ()
    job_title_level: Annotated[tuple[Level, ...], Field(max_length=MAX_VALUES)] = ()
    job_role: Annotated[tuple[Role, ...], Field(max_length=MAX_VALUES)] = ()
    job_sub_role: Annotated[tuple[SubRole, ...], Field(max_length=MAX_VALUES)] = ()
    location: Locations = ()
    company_location: Locations = ()
    job_company: Choices = ()
    past_company: Choices = ()
    company_industry: Annotated[tuple[Industry, ...], Field(max_length=MAX_VALUES)] = ()
    company_size: Annotated[tuple[Size, ...], Field(max_length=MAX_VALUES)] = ()
    company_annual_growth: Annotated[tuple[Growth, ...], Field(max_length=MAX_VALUES)] = ()
    company_type: Annotated[tuple[CompanyType, ...], Field(max_length=MAX_VALUES)] = ()
    company_summary: Choices = ()
    department_size: Annotated[tuple[Department, ...], Field(max_length=MAX_VALUES)] = ()
    revenue: Annotated[tuple[Revenue, ...], Field(max_length=MAX_VALUES)] = ()
    year_founded_start: Year | None = None
    year_founded_end: Year | None = None
    funding_date: FundingDate | None = None
    funding_stage: FundingStage | None = None
    funding_type: FundingType | None = None
    funding_min: Amount | None = None
    funding_max: Amount | None = None
    last_funding_min: Amount | None = None
    last_funding_max: Amount | None = None

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if (
            self.year_founded_start
            and self.year_founded_end
            and self.year_founded_start > self.year_founded_end
        ):
            raise ValueError("year_founded_start is after year_founded_end")
        return self

    def wire(self) -> dict[str, Any]:
        """As Wiza takes them: filters without values are left out."""
        dumped = self.model_dump(mode="json")
        return {name: value for name, value in dumped.items() if value not in (None, [])}


def parse_filters(raw: Mapping[str, Any], *, pointer: str = "/filters") -> ProspectFilters:
    """Filters from JSON. Raises Invalid, which names each wrong value and the nearest allowed words."""
    try:
        return ProspectFilters.model_validate(raw)
    except ValidationError as error:
        fields = [
            FieldError("/".join([pointer, *map(str, each["loc"])]), each["msg"].removeprefix("Value error, "))
            for each in error.errors(include_url=False, include_input=False, include_context=False)
        ]
    raise Invalid("The filters are not valid.", fields, code="invalid_filters")
