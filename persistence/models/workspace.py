"""Projects, ProjectUsers and OnboardingData: a workspace, its members and their roles, what its founder told."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    Created,
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    Versioned,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import ClientID, UserID, WorkspaceID


class ProjectStatus(StrEnum):
    """`deleting` stops new runs while what the workspace holds is removed."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    DELETING = "deleting"


class OnboardingStatus(StrEnum):
    """Whether the founder has finished the onboarding questions."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


class ProjectRole(StrEnum):
    """A member's role in one workspace, highest first."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class Workspace(CreatedUpdated, Versioned, Entity):
    """A workspace (the plan's Project). Deleting it deletes all that points at it."""

    __tablename__ = "Projects"
    __table_args__ = (Index(None, "ClientID", "Status"), Index("IDX_PROJECT_OWNER", "OwnerUserID"))

    id: Mapped[WorkspaceID] = identity_key("ProjectID")
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID", index=False)
    name: Mapped[str] = mapped_column("Name", String(255))
    status: Mapped[ProjectStatus] = mapped_column(
        "Status", native_enum(ProjectStatus, "ProjectStatus"), server_default=text("'active'")
    )
    website: Mapped[str | None] = mapped_column("Website", String(512))
    favicon_url: Mapped[str | None] = mapped_column("FaviconUrl", String(512))
    onboarding_status: Mapped[OnboardingStatus] = mapped_column(
        "OnboardingStatus",
        native_enum(OnboardingStatus, "OnboardingStatus"),
        server_default=text("'incomplete'"),
    )
    # Only imported talk; the talk of this product is in DiscoverySessions.
    discovery_chat_history: Mapped[JsonArray | None] = mapped_column("DiscoveryChatHistory")
    settings: Mapped[JsonObject | None] = mapped_column("Settings")
    owner_user_id: Mapped[UserID | None] = reference(
        "OwnerUserID", "Users.UserID", on_delete="SET NULL", index=False
    )
    worldview: Mapped[str | None] = mapped_column("Worldview")
    # A string from the old front end, an object from our own reader.
    website_scrape: Mapped[Any | None] = mapped_column("WebsiteScrape", JSONB(none_as_null=True))
    time_zone: Mapped[str] = mapped_column("TimeZone", String(64), server_default=text("'UTC'"))
    language: Mapped[str | None] = mapped_column("Language", String(35))


class WorkspaceMember(Created, Entity):
    """One user's place in one workspace."""

    __tablename__ = "ProjectUsers"
    __table_args__ = (Index(None, "ProjectID", "UserID", unique=True), Index(None, "UserID", "ProjectID"))

    id: Mapped[int] = identity_key("ProjectUserID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID] = reference("UserID", "Users.UserID", index=False)
    role: Mapped[ProjectRole] = mapped_column("Role", native_enum(ProjectRole, "ProjectRole"))


class OnboardingData(CreatedUpdated, Versioned, Entity):
    """The onboarding answers of one workspace. No row: never saved."""

    __tablename__ = "OnboardingData"

    id: Mapped[int] = identity_key("OnboardingDataID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", unique=True)
    data: Mapped[JsonObject] = mapped_column("Data")
