"""Invitations: a token, known only to whom it was given, that makes its bearer a member."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, identity_key, native_enum, reference
from persistence.models.workspace import ProjectRole
from persistence.types import InvitationID, UserID, WorkspaceID


class Invitation(Created, Entity):
    """An invitation to a workspace. Only the token's SHA-256 is stored."""

    __tablename__ = "Invitations"
    __table_args__ = (Index(None, "ProjectID", "InvitationID"), Index(None, "ProjectID", "Email"))

    id: Mapped[InvitationID] = identity_key("InvitationID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    email: Mapped[str] = mapped_column("Email", String(320))
    role: Mapped[ProjectRole] = mapped_column("Role", native_enum(ProjectRole, "ProjectRole"))
    token_hash: Mapped[bytes] = mapped_column("TokenHash", LargeBinary, unique=True)
    invited_by_user_id: Mapped[UserID | None] = reference(
        "InvitedByUserID", "Users.UserID", on_delete="SET NULL"
    )
    expires_at: Mapped[datetime] = mapped_column("ExpiresAt")
    accepted_at: Mapped[datetime | None] = mapped_column("AcceptedAt")
    accepted_by_user_id: Mapped[UserID | None] = reference(
        "AcceptedByUserID", "Users.UserID", on_delete="SET NULL"
    )
    revoked_at: Mapped[datetime | None] = mapped_column("RevokedAt")
