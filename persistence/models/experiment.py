"""Experiments: one target-market hypothesis, with the design that makes it testable."""

from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import ExperimentID, SessionID, WorkspaceID


class ExperimentType(StrEnum):
    """The arm an experiment plays in a set of five."""

    BULLSEYE = "bullseye"
    VARIABLE_A = "variable_a"
    VARIABLE_B = "variable_b"
    CONTRARIAN = "contrarian"
    LONG_SHOT = "long_shot"


class ExperimentStatus(StrEnum):
    """How far an experiment has come."""

    PENDING = "pending"
    CREATING_HYPOTHESES = "creating_hypotheses"
    FINDING_LEADS = "finding_leads"
    PRIORITIZING_LEADS = "prioritizing_leads"
    WARMUP_INITIATED = "warmup_initiated"
    COMPLETE = "complete"
    FAILED = "failed"


class Experiment(CreatedUpdated, Versioned, Entity):
    """One experiment. `industries` is a list of strings; `session_id` is the talk it came from."""

    __tablename__ = "Experiments"
    __table_args__ = (
        Index(None, "ProjectID", "ExperimentID"),
        Index(None, "ProjectID", "Status", "ExperimentID"),
    )

    id: Mapped[ExperimentID] = identity_key("ExperimentID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    session_id: Mapped[SessionID | None] = reference(
        "DiscoverySessionID", "DiscoverySessions.DiscoverySessionID", on_delete="SET NULL"
    )
    name: Mapped[str] = mapped_column("Name", String(255))
    type: Mapped[ExperimentType] = mapped_column("Type", native_enum(ExperimentType, "ExperimentType"))
    pattern: Mapped[str | None] = mapped_column("Pattern")
    industries: Mapped[JsonArray | None] = mapped_column("Industries")
    pain: Mapped[str | None] = mapped_column("Pain")
    trigger: Mapped[str | None] = mapped_column("Trigger")
    wiza_filters: Mapped[JsonObject | None] = mapped_column("WizaFilters")
    outreach_angle: Mapped[str | None] = mapped_column("OutreachAngle")
    status: Mapped[ExperimentStatus] = mapped_column(
        "Status", native_enum(ExperimentStatus, "ExperimentStatus"), server_default=text("'pending'")
    )
    design: Mapped[JsonObject | None] = mapped_column("Design")
    leads_found: Mapped[int] = mapped_column("LeadsFound", server_default=text("0"))
    leads_warming: Mapped[int] = mapped_column("LeadsWarming", server_default=text("0"))
    meetings_booked: Mapped[int] = mapped_column("MeetingsBooked", server_default=text("0"))
