"""Suppressions: whom a workspace must not write to. Outlives the leads and the workspace itself, as keyed hashes."""

from enum import StrEnum

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import Created, Entity, identity_key, native_enum, reference
from persistence.types import ClientID, UserID, WorkspaceID


class SuppressionKind(StrEnum):
    """What is suppressed: one address, a whole domain, or a LinkedIn profile."""

    EMAIL = "email"
    DOMAIN = "domain"
    LINKEDIN = "linkedin"


class SuppressionReason(StrEnum):
    """Why. `opt_out`, `complaint` and `legal` can't be removed by the product."""

    OPT_OUT = "opt_out"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    COMPETITOR = "competitor"
    CUSTOMER = "customer"
    MANUAL = "manual"
    LEGAL = "legal"


class Suppression(Created, Entity):
    """One suppression. `key_hash` is a keyed hash of the normalised value; `masked_value` is for people to read."""

    __tablename__ = "Suppressions"
    __table_args__ = (
        Index(None, "ProjectID", "Kind", "KeyHash", unique=True),
        Index(None, "ProjectID", "SuppressionID"),
        Index(None, "ClientID", "KeyHash"),
    )

    id: Mapped[int] = identity_key("SuppressionID")
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID", index=False)
    workspace_id: Mapped[WorkspaceID | None] = reference(
        "ProjectID", "Projects.ProjectID", on_delete="SET NULL", index=False
    )
    kind: Mapped[SuppressionKind] = mapped_column("Kind", native_enum(SuppressionKind, "SuppressionKind"))
    key_hash: Mapped[bytes] = mapped_column("KeyHash", LargeBinary)
    masked_value: Mapped[str | None] = mapped_column("MaskedValue", String(320))
    reason: Mapped[SuppressionReason] = mapped_column(
        "Reason", native_enum(SuppressionReason, "SuppressionReason")
    )
    created_by_user_id: Mapped[UserID | None] = reference(
        "CreatedByUserID", "Users.UserID", on_delete="SET NULL"
    )
