"""AuditLog: who changed what that matters: roles, approvals, deletions, exports, moves of experiments."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, JsonObject, identity_key, reference
from persistence.types import ClientID, UserID, WorkspaceID


class AuditEntry(Created, Entity):
    """One change. `entity_id` is text, as ids are numbers or UUIDs.

    The entry of a workspace's deletion has no `workspace_id`: entries are deleted with their workspace.
    """

    __tablename__ = "AuditLog"
    __table_args__ = (
        Index(None, "ProjectID", "AuditLogID"),
        Index(None, "ClientID", "AuditLogID"),
        Index(None, "ProjectID", "Entity", "EntityID"),
    )

    id: Mapped[int] = identity_key("AuditLogID")
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID", index=False)
    workspace_id: Mapped[WorkspaceID | None] = reference("ProjectID", "Projects.ProjectID", index=False)
    actor_user_id: Mapped[UserID | None] = reference("ActorUserID", "Users.UserID", on_delete="SET NULL")
    entity: Mapped[str] = mapped_column("Entity", String(64))
    entity_id: Mapped[str] = mapped_column("EntityID", String(64))
    action: Mapped[str] = mapped_column("Action", String(64))
    from_: Mapped[JsonObject | None] = mapped_column("From")
    to: Mapped[JsonObject | None] = mapped_column("To")
