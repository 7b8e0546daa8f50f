"""Leads on the wire."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.types import CampaignID, ExperimentID, LeadID, PersonID, WorkspaceID
from tools.schemas import (
    AwareDatetime,
    Envelope,
    JsonObject,
    LongText,
    ShortText,
    WireIDOf,
    WireModel,
)

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=512)]
Mail = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=3,
        max_length=255,
        pattern=r"^[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+$",
    ),
]
Score = Annotated[int, Field(strict=True, ge=0, le=100)]

CREATE_EXAMPLE: JsonDict = {
    "fullName": "Ada Lovelace",
    "jobTitle": "Head of Finance",
    "company": "Analytical Engines",
    "companyDomain": "engines.example",
    "linkedinUrl": "https://www.linkedin.com/in/ada-lovelace",
    "email": "ada@engines.example",
}
LISTED_EXAMPLE: JsonDict = {
    "id": 301,
    "campaignId": 7,
    "workspaceId": 3,
    "personId": 88,
    **CREATE_EXAMPLE,
    "phone": None,
    "location": "London",
    "avatarUrl": None,
    "aiSummary": None,
    "relevanceScore": 80,
    "relevanceReasons": ["Closes the books by hand"],
    "status": "found",
    "outcome": None,
    "outcomeReason": None,
    "outboundMessage": None,
    "contactedAt": None,
    "respondedAt": None,
    "createdAt": "2026-11-22T10:00:00+00:00",
    "updatedAt": "2026-11-22T10:00:00+00:00",
}


class LeadFields(WireModel):
    """What may be said of a lead."""

    job_title: Line | None = Field(None, description="What the person does.")
    company: Line | None = Field(None, description="The company's name.")
    company_domain: Line | None = Field(None, description="The company's domain, such as `acme.com`.")
    linkedin_url: Address | None = Field(
        None, description="The LinkedIn profile; one lead a profile in a workspace."
    )
    email: Mail | None = Field(None, description="The e-mail address; one lead an address in a workspace.")
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=50)] | None = Field(
        None, description="The phone number."
    )
    location: Line | None = Field(None, description="Where the person is.")
    avatar_url: Address | None = Field(None, description="A picture.")
    ai_summary: LongText | None = Field(None, description="What is known, in a few sentences.")
    relevance_score: Score | None = Field(
        None,
        description="How well the lead fits, 0 to 100. Left out, it comes from the design of the campaign's experiment; one that is sent stands until what the lead says changes.",
    )
    relevance_reasons: Annotated[list[ShortText], Field(max_length=50)] | None = Field(
        None, description="Why it fits."
    )
    outbound_message: LongText | None = Field(None, description="A message kept with the lead.")
    enrichment_data: JsonObject | None = Field(None, description="What was found about the lead.")


class LeadCreate(LeadFields):
    """A new lead."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    full_name: Words = Field(description="The person's name.")


class LeadUpdate(LeadFields):
    """Any of the fields: what is absent stays as it is, null clears it."""

    model_config = ConfigDict(json_schema_extra={"example": {"jobTitle": "CFO", "status": "enriching"}})

    # A factory instead of a default: these may be absent but not null, and documents show no default for them.
    full_name: Words = Field(default_factory=str, description="The person's name; not null.")
    status: LeadStatus = Field(
        default_factory=lambda: LeadStatus.FOUND,
        description="The status to move to; not null. 409 says which moves are legal.",
    )
    outcome: LeadOutcome | None = Field(None, description="What came of it; null takes it back.")
    outcome_reason: LongText | None = Field(None, description="Why.")


class LeadOutcomeLog(WireModel):
    """What came of a lead."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"outcome": "meeting_booked", "reason": "Tuesday at ten"}}
    )

    outcome: LeadOutcome = Field(description="What came of it, in whatever status the lead is.")
    reason: LongText | None = Field(None, description="Why, or what was said.")
    notes: LongText | None = Field(None, description="Another name of `reason`, which wins.")


class LeadListed(WireModel):
    """A lead as lists show it."""

    model_config = ConfigDict(json_schema_extra={"example": LISTED_EXAMPLE})

    id: LeadID = Field(description="The lead's id.")
    campaign_id: CampaignID = Field(description="The campaign it is in.")
    workspace_id: WorkspaceID = Field(description="The workspace it belongs to.")
    person_id: PersonID | None = Field(description="The person behind it, over all workspaces of the Client.")
    full_name: str = Field(description="The person's name.")
    job_title: str | None = Field(description="What the person does.")
    company: str | None = Field(description="The company's name.")
    company_domain: str | None = Field(description="The company's domain.")
    linkedin_url: str | None = Field(description="The LinkedIn profile.")
    email: str | None = Field(description="The e-mail address.")
    phone: str | None = Field(description="The phone number.")
    location: str | None = Field(description="Where the person is.")
    avatar_url: str | None = Field(description="A picture.")
    ai_summary: str | None = Field(description="What is known, in a few sentences.")
    relevance_score: int | None = Field(description="How well it fits, 0 to 100.")
    relevance_reasons: list[Any] | None = Field(description="Why it fits.")
    status: LeadStatus = Field(description="How far it has come.")
    outcome: LeadOutcome | None = Field(description="What came of it.")
    outcome_reason: str | None = Field(description="Why.")
    outbound_message: str | None = Field(description="A message kept with the lead.")
    contacted_at: AwareDatetime | None = Field(description="When it was written to.")
    responded_at: AwareDatetime | None = Field(description="When it answered.")
    created_at: AwareDatetime = Field(description="When it was added.")
    updated_at: AwareDatetime = Field(description="When it was last changed.")


class LeadRead(LeadListed):
    """A lead."""

    model_config = ConfigDict(json_schema_extra={"example": {**LISTED_EXAMPLE, "enrichmentData": None}})

    enrichment_data: JsonObject | None = Field(description="What was found about the lead.")
    raw_data: JsonObject | None = Field(
        None, description="What the source delivered; only with `?include=rawData`."
    )


class Duplicate(WireModel):
    """An item of a batch that is a lead already."""

    index: int = Field(description="Its place in the batch.")
    lead_id: LeadID = Field(description="The lead it is.")
    reason: Literal["linkedin_url", "email"] = Field(description="What they share.")


class ItemError(WireModel):
    """What is wrong with an item."""

    code: str = Field(
        description="`invalid`, or `company_in_other_arm`: another experiment holds the company."
    )
    pointer: str = Field(description="The field, as a pointer into the item.")
    reason: str = Field(description="A sentence for people.")


class Rejected(WireModel):
    """An item of a batch that could not be saved."""

    index: int = Field(description="Its place in the batch.")
    errors: list[ItemError] = Field(description="What is wrong with it.")


class LeadsAdded(Envelope[list[LeadRead]]):
    """What became of a batch: the leads that were added, in the order sent, and what was not added and why."""

    duplicates: list[Duplicate] = Field([], description="Items that are leads already.")
    rejected: list[Rejected] = Field([], description="Items that could not be saved.")


class LeadAdded(Envelope[LeadRead]):
    """One lead was added."""


class LeadSelection(WireModel):
    """Which leads: all conditions together. Empty: all."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"status": ["found"], "campaignId": [7], "q": "finance"}}
    )

    status: list[LeadStatus] = Field([], max_length=7, description="Only these statuses.")
    outcome: list[LeadOutcome] = Field([], max_length=8, description="Only these outcomes.")
    campaign_id: list[WireIDOf[CampaignID]] = Field([], max_length=200, description="Only these campaigns.")
    experiment_id: list[WireIDOf[ExperimentID]] = Field(
        [], max_length=200, description="Only these experiments."
    )
    min_score: Score | None = Field(None, description="Only with at least this relevance.")
    max_score: Score | None = Field(None, description="Only with at most this relevance.")
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = Field(
        None, description="Only with this text in name, title, company or e-mail."
    )


BULK_EXAMPLE: JsonDict = {"leadIds": [301, 302], "action": "status", "value": "queued"}


class BulkTarget(WireModel):
    """Which leads, all of one workspace: named, or chosen by conditions."""

    workspace_id: WireIDOf[WorkspaceID] | None = Field(
        None, description="The workspace; needed with `filter`."
    )
    lead_ids: Annotated[list[WireIDOf[LeadID]], Field(min_length=1, max_length=1_000)] | None = Field(
        None, description="The leads; either this or `filter`."
    )
    filter: LeadSelection | None = Field(
        None, description="Which leads, at most 10,000; either this or `leadIds`. An empty one means all."
    )


class BulkStatus(BulkTarget):
    """Move many leads."""

    model_config = ConfigDict(json_schema_extra={"example": BULK_EXAMPLE})

    action: Literal["status"] = Field(description="What to do.")
    value: LeadStatus = Field(description="The status to move to.")


class BulkOutcome(BulkTarget):
    """Say what came of many leads."""

    model_config = ConfigDict(
        json_schema_extra={"example": {**BULK_EXAMPLE, "action": "outcome", "value": "no_response"}}
    )

    action: Literal["outcome"] = Field(description="What to do.")
    value: LeadOutcome | None = Field(description="What came of them; null takes it back.")


class BulkMove(BulkTarget):
    """Move many leads to another campaign of the workspace."""

    model_config = ConfigDict(json_schema_extra={"example": {**BULK_EXAMPLE, "action": "move", "value": 7}})

    action: Literal["move"] = Field(description="What to do.")
    value: WireIDOf[CampaignID] = Field(description="The campaign to move to.")


class BulkDelete(BulkTarget):
    """Delete many leads."""

    model_config = ConfigDict(json_schema_extra={"example": {"leadIds": [301, 302], "action": "delete"}})

    action: Literal["delete"] = Field(description="What to do.")
    value: None = Field(None, description="Nothing more is needed.")


LeadBulk = Annotated[BulkStatus | BulkOutcome | BulkMove | BulkDelete, Field(discriminator="action")]
"""One action on many leads."""


class Refused(WireModel):
    """A lead that was left as it was."""

    lead_id: LeadID = Field(description="The lead.")
    reason: Literal["not_found", "illegal_move", "company_in_other_arm"] = Field(
        description="Why it was left as it was."
    )
    detail: str = Field(description="A sentence for people.")


class BulkDone(WireModel):
    """What became of many leads."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "changed": 1,
                "refused": [
                    {
                        "leadId": 302,
                        "reason": "illegal_move",
                        "detail": "After `found` comes `enriching` or `drafted`, not `queued`.",
                    }
                ],
            }
        }
    )

    changed: int = Field(description="How many leads were changed; those that were so already don't count.")
    refused: list[Refused] = Field(description="The leads that were left as they were, and why.")
