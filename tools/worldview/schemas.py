"""What the model fills in for a worldview, and the wire shapes."""

from enum import StrEnum

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from tools.discovery.answers import ModelAnswer, Quote, Sentence, SourceId
from tools.schemas import Count, JsonObject, LongText, WireModel


class WorldviewSection(StrEnum):
    """The parts of a worldview, in the order they are read."""

    COMPANY = "company"
    CUSTOMERS = "customers"
    PROBLEM = "problem"
    PROMISE = "promise"
    PROOF = "proof"
    BELIEFS = "beliefs"
    VOICE = "voice"
    GOALS = "goals"


class StatementDraft(ModelAnswer):
    """One statement of a worldview."""

    section: WorldviewSection = Field(
        description="What it is about: company (who they are and what they sell), customers (who buys), problem (what hurts "
        "before), promise (what changes), proof (results, numbers, quotations), beliefs (how they see the market), voice "
        "(words they use and avoid), goals (what they want next)."
    )
    quote: Quote
    source_id: SourceId
    text: Sentence = Field(
        description="What the quote says, in one sentence made of the words of its source, in the source's language."
    )


class WorldviewDraft(ModelAnswer):
    """What the sources say of a company."""

    statements: list[StatementDraft] = Field(
        description="Six to sixteen statements, each with a quote of its own; several of one section are welcome, a section "
        "that no source speaks of has none."
    )


EXAMPLE: JsonDict = {
    "worldview": "# Tidewerk\n\n## Who buys\n\n- Harbour towage companies with four to thirty tugs.\n"
    "  > “towage companies with four to thirty tugs” (onboarding: company.customers)\n",
    "provider": "openai",
    "statements": [
        {
            "section": "customers",
            "text": "Harbour towage companies with four to thirty tugs.",
            "quote": "towage companies with four to thirty tugs",
            "source": "onboarding:company.customers",
        }
    ],
    "leftOut": 1,
}


REQUEST_EXAMPLE: JsonDict = {
    "onboardingData": {"company": {"oneSentencePitch": "We plan crews for harbour tugs."}}
}


class WorldviewRequest(WireModel):
    """What to make the worldview from. Left out: what is stored."""

    model_config = ConfigDict(json_schema_extra={"example": REQUEST_EXAMPLE})

    onboarding_data: JsonObject | None = Field(
        None, description="Onboarding answers in place of the stored ones."
    )
    website_scrape: JsonObject | LongText | None = Field(
        None,
        description="What the website says, in place of the stored readings: text, or an object with `content`.",
    )


class WorldviewStatement(WireModel):
    """A statement and the words it rests on."""

    section: WorldviewSection = Field(description="What it is about.")
    text: str = Field(description="The statement.")
    quote: str = Field(description="The words it rests on; they were found in the source.")
    source: str = Field(
        description="Where they stand: `onboarding:<field>`, `page:<url>`, or `request:<field>` when they were sent along."
    )


class WorldviewRead(WireModel):
    """A company's worldview."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    worldview: str = Field(description="All statements in Markdown, each with its quote and source.")
    provider: str = Field(description="Whose model wrote it.")
    statements: list[WorldviewStatement] = Field(description="The statements one by one.")
    left_out: Count = Field(
        description="Statements of the model that no source carries; they are in none of this."
    )
