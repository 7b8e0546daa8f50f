"""The design of an experiment as typed records: what is tested, what it rests on, and when it is over.

These are shapes only. What makes a design, or a set of five, good is decided in `tools/experiments/rules.py`.
"""

from enum import StrEnum

from pydantic import ConfigDict, Field

from tools.schemas import WireFlag, WireInt, WireModel, WireNumber

PLACES = "`turn:<turn id>`, `onboarding:<field path>` or `page:<url>`"
"""How the place of a quote is written down."""


class DimensionName(StrEnum):
    """The six things two experiments can differ in."""

    PERSONA = "persona"
    FIRMOGRAPHIC = "firmographic"
    SITUATION = "situation"
    TRIGGER = "trigger"
    ANGLE = "angle"
    CHANNEL = "channel"


class Standing(StrEnum):
    """How well a value is known. Only code grants `observed`: the quote has to be found in a stored source."""

    OBSERVED = "observed"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class Direction(StrEnum):
    """What is predicted of the outcome's rate, compared with the bullseye."""

    BASELINE = "baseline"
    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"


class OutcomeMeasured(StrEnum):
    """What is counted. Each can be read off the leads' statuses and outcomes."""

    REPLY = "reply"
    INTERESTED = "interested"
    MEETING_BOOKED = "meeting_booked"
    CLOSED_WON = "closed_won"


class DesignRecord(WireModel):
    """Base of the records of a design: they never change, a revision is a new record."""

    model_config = ConfigDict(frozen=True)


class Evidence(DesignRecord):
    """Words that somebody said or published, and where they are stored."""

    quote: str = Field(
        min_length=1,
        max_length=2000,
        description="The words, exactly as in the source.",
        examples=["We lose two days."],
    )
    source: str = Field(
        min_length=1,
        max_length=600,
        description=f"Where the words are stored: {PLACES}.",
        examples=["onboarding:customerEvidence.bestCustomers.0.quote"],
    )


class Dimension(DesignRecord):
    """One dimension of the target and what it rests on."""

    value: str = Field(
        min_length=1,
        max_length=1000,
        description="What the dimension is set to in this experiment.",
        examples=["Finance leads who close the books by hand"],
    )
    standing: Standing = Field(
        description="`observed` (a stored source says it), `inferred` (follows from one) or `assumed`."
    )
    quote: str | None = Field(
        default=None, max_length=2000, description="The words it rests on, exactly as in the source."
    )
    source: str | None = Field(
        default=None,
        max_length=600,
        description=f"Where the quote is stored: {PLACES}.",
    )


class ExperimentDesign(DesignRecord):
    """What an experiment tests, fixed before anything is spent on it."""

    persona: Dimension = Field(description="Who is written to: role and seniority.")
    firmographic: Dimension = Field(description="What kind of company: industry, size, place, technology.")
    situation: Dimension = Field(description="What is going on at the company that makes the pain real.")
    trigger: Dimension = Field(description="The event that makes now the moment.")
    angle: Dimension = Field(description="What the message argues.")
    channel: Dimension = Field(description="How the message arrives.")
    changed_dimensions: tuple[DimensionName, ...] = Field(
        default=(),
        max_length=6,
        description="The dimensions whose value differs from the bullseye's. Empty for the bullseye.",
    )
    predicted_direction: Direction = Field(
        description="What is predicted of the outcome's rate compared with the bullseye; `baseline` for the bullseye itself."
    )
    outcome_measured: OutcomeMeasured = Field(description="What is counted.")
    window_days: WireInt = Field(
        ge=1, le=365, description="Days after the first message within which outcomes count.", examples=[21]
    )
    minimum_sample: WireInt = Field(
        ge=1,
        le=1_000_000,
        description="Leads to be contacted before anything is concluded.",
        examples=[1500],
    )
    stopping_rule: str = Field(
        min_length=1,
        max_length=1000,
        description="When the experiment ends, decided before it starts.",
        examples=["Stop after 1,500 contacted leads or 60 days, whichever is first."],
    )
    negated_belief: Evidence | None = Field(
        default=None,
        description="Contrarian only: the belief, in the user's own words, that this experiment denies.",
    )
    proves_user_right: str | None = Field(
        default=None,
        max_length=1000,
        description="Contrarian only: the result that would show that the user was right after all.",
    )
    pre_evidence: WireFlag = Field(
        default=False,
        description="True while there are no customers to learn from: the bullseye is inferred and the first aim is conversations.",
    )
    lead_share: WireNumber = Field(
        default=0.225,
        ge=0,
        le=1,
        description="Share of the set's leads, 0 to 1. At most 0.1 for a long shot.",
    )
    budget_share: WireNumber = Field(
        default=0.225,
        ge=0,
        le=1,
        description="Share of the set's budget, 0 to 1. At most 0.1 for a long shot.",
    )

    def dimension(self, name: DimensionName) -> Dimension:
        """The dimension of that name."""
        value = getattr(self, name.value)
        assert isinstance(value, Dimension)
        return value

    def dimensions(self) -> dict[DimensionName, Dimension]:
        """All six, in their fixed order."""
        return {name: self.dimension(name) for name in DimensionName}
