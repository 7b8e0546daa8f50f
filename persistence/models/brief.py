"""BriefParts: what runs knew of a company when they began, each part stored once however many runs knew it."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity
from persistence.types import WorkspaceID


class BriefPart(Created, Entity):
    """One part of a brief under the hash of its content. The states of runs name it: it stays as long as the workspace."""

    __tablename__ = "BriefParts"

    workspace_id: Mapped[WorkspaceID] = mapped_column(
        "ProjectID", ForeignKey("Projects.ProjectID", ondelete="CASCADE"), primary_key=True
    )
    hash: Mapped[str] = mapped_column("Hash", String(64), primary_key=True)
    content: Mapped[Any] = mapped_column("Content", JSONB)
