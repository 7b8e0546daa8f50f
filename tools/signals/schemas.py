"""Signals on the wire."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from persistence.models.lead import SignalType
from persistence.types import LeadID
from tools.schemas import AwareDatetime, LongText, Url, WireID, WireInt, WireModel

Quote = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"\S")]
Place = Annotated[str, StringConstraints(max_length=2_100, pattern=r"^(user|page:https?://\S+)$")]
Headline = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]

CITATION_EXAMPLE: JsonDict = {
    "quote": "We are looking for a group controller.",
    "source": "page:https://acme.example/jobs",
    "url": "https://acme.example/jobs",
}
CREATE_EXAMPLE: JsonDict = {
    "headline": "Acme hires a group controller",
    "description": None,
    "signalType": "hiring",
    "strengthScore": 70,
    "citations": [CITATION_EXAMPLE],
    "detectedAt": "2026-11-20T08:00:00+00:00",
}


class CitationCreate(WireModel):
    """Where the words stand that the signal rests on."""

    quote: Quote = Field(description="The words, exactly as they stand there.")
    source: Place = Field(
        description="`page:<address>` of a website that was read in this workspace, or `user`: you know it yourself."
    )
    url: Url | None = Field(None, description="Where people can look it up.")


class SignalCreate(WireModel):
    """Something that a person noticed about a lead."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    headline: Headline = Field(description="What happened, in one line.")
    description: LongText | None = Field(None, description="More about it.")
    signal_type: SignalType = Field(description="What kind of event it is.")
    strength_score: WireInt | None = Field(
        None, ge=0, le=100, description="How much it says about a need, 0 to 100."
    )
    citations: list[CitationCreate] = Field(
        min_length=1, max_length=20, description="What it rests on. A quote has to stand where it is said to."
    )
    detected_at: AwareDatetime | None = Field(None, description="When it was noticed; absent: now.")


class CitationRead(WireModel):
    """Where the words stand that a signal rests on."""

    model_config = ConfigDict(extra="ignore")

    quote: str = Field(description="The words, exactly as they stand there.")
    source: str = Field(
        description="Where they are stored: `page:<address>`, `wiza:<field>` or `user:<user id>`."
    )
    url: str | None = Field(None, description="Where people can look it up.")


class SignalRead(WireModel):
    """Something that was noticed about a lead."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"id": 5, "leadId": 18, **CREATE_EXAMPLE, "createdAt": "2026-11-20T08:00:00+00:00"}
        }
    )

    id: WireID = Field(description="The signal's id.")
    lead_id: LeadID = Field(description="Whom it is about.")
    headline: str = Field(description="What happened, in one line.")
    description: str | None = Field(description="More about it.")
    signal_type: SignalType = Field(description="What kind of event it is.")
    strength_score: int | None = Field(description="How much it says about a need, 0 to 100.")
    citations: list[CitationRead] = Field(description="What it rests on.")
    detected_at: AwareDatetime | None = Field(description="When it was noticed.")
    created_at: AwareDatetime = Field(description="When it was saved.")
