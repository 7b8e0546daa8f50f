"""OnboardingData: what the founder told about the company, as free-form JSON."""

from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    CreatedUpdated,
    Entity,
    JsonObject,
    Versioned,
    identity_key,
    reference,
)
from persistence.types import WorkspaceID


class OnboardingData(CreatedUpdated, Versioned, Entity):
    """The onboarding answers of one workspace. No row: never saved."""

    __tablename__ = "OnboardingData"

    id: Mapped[int] = identity_key("OnboardingDataID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", unique=True)
    data: Mapped[JsonObject] = mapped_column("Data")
