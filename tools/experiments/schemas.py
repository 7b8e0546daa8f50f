"""Experiments on the wire."""

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, StringConstraints, Tag
from pydantic.config import JsonDict

from persistence.models.experiment import ExperimentStatus, ExperimentType
from persistence.types import ExperimentID, WorkspaceID
from tools.experiments.design import ExperimentDesign
from tools.schemas import AwareDatetime, JsonObject, LongText, Name, WireModel

MAX_BATCH = 200

Industry = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

CREATE_EXAMPLE: JsonDict = {
    "name": "Finance leads of mid-sized manufacturers",
    "type": "bullseye",
    "pattern": "Finance leads who close the books by hand",
    "industries": ["Manufacturing"],
    "pain": "Month-end takes nine days",
    "trigger": "A new auditor",
    "outreachAngle": "Close in two days without a new ERP",
}
BATCH_EXAMPLE: JsonDict = {"experiments": [CREATE_EXAMPLE]}
UPDATE_EXAMPLE: JsonDict = {"status": "creating_hypotheses", "trigger": None}
READ_EXAMPLE: JsonDict = {
    "id": 12,
    "workspaceId": 3,
    **CREATE_EXAMPLE,
    "wizaFilters": None,
    "status": "pending",
    "design": None,
    "leadsFound": 0,
    "leadsWarming": 0,
    "meetingsBooked": 0,
    "createdAt": "2026-11-22T10:00:00+00:00",
    "updatedAt": "2026-11-22T10:00:00+00:00",
}


class ExperimentFields(WireModel):
    """What a person or an agent may say of an experiment."""

    pattern: LongText | None = Field(None, description="Who is meant, in one sentence.")
    industries: list[Industry] | None = Field(None, max_length=100, description="Industries to look in.")
    pain: LongText | None = Field(None, description="The pain that is assumed there.")
    trigger: LongText | None = Field(None, description="The event that makes now the moment.")
    wiza_filters: JsonObject | None = Field(None, description="Filters for finding leads.")
    outreach_angle: LongText | None = Field(None, description="What the messages argue.")
    design: ExperimentDesign | None = Field(
        None, description="What is tested and when it is over; fixed once leads were found."
    )


class ExperimentCreate(ExperimentFields):
    """A new experiment."""

    model_config = ConfigDict(json_schema_extra={"example": CREATE_EXAMPLE})

    name: Name = Field(description="What the team calls it.")
    type: ExperimentType = Field(description="The arm it plays in a set of five.")
    status: ExperimentStatus = Field(
        ExperimentStatus.PENDING, description="Where it begins: only `pending` is possible."
    )


class ExperimentBatch(WireModel):
    """Several experiments at once: all are saved, or none."""

    model_config = ConfigDict(json_schema_extra={"example": BATCH_EXAMPLE})

    experiments: list[ExperimentCreate] = Field(
        min_length=1, max_length=MAX_BATCH, description="The experiments, in the order to save them."
    )


def _form_of(body: Any) -> str:
    """Which of the two forms a body has. Tags in parentheses are left out of the pointers in problem documents."""
    batch = isinstance(body, ExperimentBatch) or (isinstance(body, dict) and "experiments" in body)
    return "(batch)" if batch else "(one)"


OneOrMany = Annotated[
    Annotated[ExperimentCreate, Tag("(one)")] | Annotated[ExperimentBatch, Tag("(batch)")],
    Discriminator(_form_of),
]
"""One experiment, or `{"experiments": [...]}`."""


class ExperimentUpdate(ExperimentFields):
    """Any of the fields: what is absent stays as it is, null clears it."""

    model_config = ConfigDict(json_schema_extra={"example": UPDATE_EXAMPLE})

    # A factory instead of a default: these may be absent but not null, and documents show no default for them.
    name: Name = Field(default_factory=str, description="What the team calls it; not null.")
    type: ExperimentType = Field(
        default_factory=lambda: ExperimentType.BULLSEYE,
        description="The arm it plays in a set of five; not null, fixed once leads were found.",
    )
    status: ExperimentStatus = Field(
        default_factory=lambda: ExperimentStatus.PENDING,
        description="The status to move to; not null. 409 says which moves are legal.",
    )


class ExperimentRead(WireModel):
    """An experiment."""

    model_config = ConfigDict(json_schema_extra={"example": READ_EXAMPLE})

    id: ExperimentID = Field(description="The experiment's id.")
    workspace_id: WorkspaceID = Field(description="The workspace it belongs to.")
    name: str = Field(description="What the team calls it.")
    type: ExperimentType = Field(description="The arm it plays in a set of five.")
    pattern: str | None = Field(description="Who is meant, in one sentence.")
    industries: list[Any] | None = Field(description="Industries to look in.")
    pain: str | None = Field(description="The pain that is assumed there.")
    trigger: str | None = Field(description="The event that makes now the moment.")
    wiza_filters: JsonObject | None = Field(description="Filters for finding leads.")
    outreach_angle: str | None = Field(description="What the messages argue.")
    status: ExperimentStatus = Field(description="How far it has come.")
    design: ExperimentDesign | None = Field(description="What is tested and when it is over.")
    leads_found: int = Field(description="Leads found so far.")
    leads_warming: int = Field(description="Leads that were written to.")
    meetings_booked: int = Field(description="Meetings that came of it.")
    created_at: AwareDatetime = Field(description="When it was saved.")
    updated_at: AwareDatetime = Field(description="When it was last changed.")
