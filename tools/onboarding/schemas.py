"""Onboarding answers on the wire: free-form JSON with some well-known sections."""

import orjson
from pydantic import ConfigDict, Field, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from persistence.types import WorkspaceID
from tools.schemas import AwareDatetime, JsonObject, WireModel

MAX_BYTES = 512 * 1024

SECTIONS = {
    "foundingStory": "How it began: triggerMoment, founderRole, teamSize, stage, fundingType[], runway.",
    "company": (
        "companyName, website, linkedin, companyType (software or services), oneSentencePitch, beforeState, afterState, "
        "price, salesCycle, decisionProcess."
    ),
    "customerEvidence": (
        "hasPayingCustomers, bestCustomers[] (name, role, companySize, industry, dealSize, source, statedProblem, "
        "actualUse, signals[], quote, outcomes[]), lostCustomers."
    ),
    "worldview": "customerMetaphors, customerPride, customerFrustration, onePhraseWorld.",
    "voice": "contentExamples, startMessages, endMessages, wordsUsed, wordsNeverUsed, emojiUsage.",
    "goToMarket": "coldEmailStats, linkedinStats, inboundStats, listSize, listSource, listQuality.",
    "success": "revenueGoal, customerGoal, keyMetric, timelinePressure, goodMeetingDefinition, quitConditions[].",
    "services": "What only a services company answers.",
    "website_scrape": "What the website said, as the former front end kept it.",
    "favicon_url": "Address of the website's icon, as the former front end kept it.",
    "worldview_full": "The generated view of the company in Markdown, as the former front end kept it.",
}
"""The sections that the product reads, and what they usually hold. Any JSON is taken, and other sections are kept too."""

DATA_EXAMPLE: JsonDict = {
    "company": {"companyName": "Acme", "oneSentencePitch": "Month-end in two days.", "price": "€900 a month"},
    "customerEvidence": {
        "hasPayingCustomers": True,
        "bestCustomers": [{"name": "Nordstahl", "role": "CFO", "quote": "We lost nine days every month."}],
    },
}
SECTION_SCHEMA: JsonDict = {
    "properties": {name: {"description": text} for name, text in SECTIONS.items()},
    "example": DATA_EXAMPLE,
}


class OnboardingSave(WireModel):
    """The answers. They replace what was saved before: send all sections."""

    model_config = ConfigDict(json_schema_extra={"example": {"data": DATA_EXAMPLE}})

    data: JsonObject = Field(
        description="The sections, at most 512 KiB of JSON.", json_schema_extra=SECTION_SCHEMA
    )

    @field_validator("data")
    @classmethod
    def _not_too_large(cls, value: JsonObject) -> JsonObject:
        """Refuse more than prompts and screens can use."""
        if len(orjson.dumps(value)) > MAX_BYTES:
            raise PydanticCustomError("too_large", "The answers may have at most 512 KiB.")
        return value


class OnboardingRead(WireModel):
    """The saved answers."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "workspaceId": 3,
                "data": DATA_EXAMPLE,
                "createdAt": "2026-11-22T09:00:00+00:00",
                "updatedAt": "2026-11-22T10:00:00+00:00",
            }
        }
    )

    workspace_id: WorkspaceID = Field(description="The workspace.")
    data: JsonObject = Field(description="The sections as they were saved.", json_schema_extra=SECTION_SCHEMA)
    created_at: AwareDatetime = Field(description="When they were first saved.")
    updated_at: AwareDatetime = Field(description="When they were last saved.")
