"""CompanyAssignments: a company belongs to one experiment of a workspace only."""

from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, identity_key, native_enum, reference
from persistence.types import ExperimentID, WorkspaceID


class AssignmentOrigin(StrEnum):
    """How a company came to its experiment."""

    RANDOM = "random"
    CAMPAIGN = "campaign"
    MIGRATION = "migration"


class CompanyAssignment(Created, Entity):
    """A company's one experiment. Postgres refuses a second row for the same company."""

    __tablename__ = "CompanyAssignments"
    __table_args__ = (Index(None, "ProjectID", "CompanyKey", unique=True),)

    id: Mapped[int] = identity_key("CompanyAssignmentID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    company_key: Mapped[str] = mapped_column("CompanyKey", String(255))
    experiment_id: Mapped[ExperimentID] = reference("ExperimentID", "Experiments.ExperimentID")
    origin: Mapped[AssignmentOrigin] = mapped_column(
        "Origin", native_enum(AssignmentOrigin, "AssignmentOrigin")
    )
