"""What is known of a person, on the wire."""

from typing import Any, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from persistence.types import PersonID, WorkspaceID
from tools.schemas import AwareDatetime, JsonObject, WireModel

EXPORT_EXAMPLE: JsonDict = {
    "exportedAt": "2026-11-22T10:00:00+00:00",
    "person": {"id": 88, "fullName": "Ada Lovelace", "email": "ada@engines.example"},
    "leads": [{"id": 301, "campaignId": 7, "fullName": "Ada Lovelace", "status": "sent"}],
    "messages": [{"id": 31, "leadId": 301, "content": "Would a two-day close be worth a talk?"}],
    "signals": [],
    "activities": [],
    "runs": [],
    "jobItems": [],
    "paidCalls": [],
    "mentions": [],
    "places": [],
    "suppressions": [],
}
ERASED_EXAMPLE: JsonDict = {
    "personId": 88,
    "leadsRemoved": 1,
    "leadsEmptied": 1,
    "messages": 2,
    "signals": 0,
    "runs": 1,
    "paidCalls": 1,
    "mentions": 3,
    "exports": 0,
    "places": [{"workspaceId": 12, "kind": "experiment", "id": 41, "field": "outreachAngle"}],
}

PlaceKind = Literal["workspace", "onboarding", "sender", "campaign", "experiment", "page"]


class Place(WireModel):
    """A field of a workspace that names the person."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"workspaceId": 12, "kind": "experiment", "id": 41, "field": "outreachAngle"}
        }
    )

    workspace_id: WorkspaceID = Field(description="The workspace.")
    kind: PlaceKind = Field(description="What the field belongs to; `page`: what was read from a website.")
    id: int = Field(description="The id of what it belongs to.")
    field: str = Field(description="The field, named as on the wire.")


class PersonExport(WireModel):
    """Everything that is stored about one person, as it is stored."""

    model_config = ConfigDict(json_schema_extra={"example": EXPORT_EXAMPLE})

    exported_at: AwareDatetime = Field(description="When this was put together.")
    person: JsonObject = Field(description="The person's record, with what enrichment found.")
    leads: list[JsonObject] = Field(description="The person as a lead, in every campaign, deleted ones too.")
    messages: list[JsonObject] = Field(description="What was written to them.")
    signals: list[JsonObject] = Field(description="What was noticed about them.")
    activities: list[JsonObject] = Field(description="What happened with them in campaigns.")
    runs: list[JsonObject] = Field(description="Runs of our agents about them, with what those knew.")
    job_items: list[JsonObject] = Field(description="Background work about them.")
    paid_calls: list[JsonObject] = Field(description="What providers answered about them.")
    mentions: list[Any] = Field(description="Messages of discovery talks in which they are named.")
    places: list[Place] = Field(
        description="Fields in which people wrote of their own company, or a website did, that name them."
    )
    suppressions: list[JsonObject] = Field(description="Whether they may be written to, masked.")


class PersonErased(WireModel):
    """What was erased."""

    model_config = ConfigDict(json_schema_extra={"example": ERASED_EXAMPLE})

    person_id: PersonID = Field(description="Who was erased.")
    leads_removed: int = Field(description="Leads that were never written to: they are gone.")
    leads_emptied: int = Field(
        description="Leads that were written to: what came of them still counts, who they were is gone."
    )
    messages: int = Field(description="Messages that are gone.")
    signals: int = Field(description="Signals that are gone.")
    runs: int = Field(description="Runs of our agents about them, whose contents and checkpoints are gone.")
    paid_calls: int = Field(description="Answers of providers that are gone; that they were paid for stays.")
    mentions: int = Field(
        description="Records of discovery talks from which name and addresses were taken out."
    )
    exports: int = Field(
        description="Files that were exported, or being so, from workspaces that knew them: those are gone."
    )
    places: list[Place] = Field(
        description="Fields that name them and were left as they are, for a person to look at: what was written or read of "
        "the own company. Saving such a field without the name takes it out."
    )
