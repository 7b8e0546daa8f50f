"""Clients and users: an organisation and the people who sign in. A user's identity is Supabase's id, never the e-mail address."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import CreatedUpdated, Entity, identity_key, native_enum, reference
from persistence.types import ClientID, UserID


class UserRole(StrEnum):
    """A user's role in their Client (not in a workspace: that is ProjectRole)."""

    ADMIN = "admin"
    MEMBER = "member"


class EntityStatus(StrEnum):
    """Whether a user or a Client may use the product."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Client(CreatedUpdated, Entity):
    """An organisation. Deleting it deletes everything it owns."""

    __tablename__ = "Clients"

    id: Mapped[ClientID] = identity_key("ClientID")
    name: Mapped[str] = mapped_column("Name", String(255))
    slug: Mapped[str] = mapped_column("Slug", String(255), unique=True)
    status: Mapped[EntityStatus] = mapped_column(
        "Status", native_enum(EntityStatus, "EntityStatus"), server_default=text("'active'")
    )


class User(CreatedUpdated, Entity):
    """A person who signs in. `supabase_user_id` is the token's `sub`."""

    __tablename__ = "Users"
    __table_args__ = (
        Index("IDX_USER_SUPABASE_ID", "SupabaseUserID", unique=True),
        Index(None, "Email"),
    )

    id: Mapped[UserID] = identity_key("UserID")
    supabase_user_id: Mapped[UUID | None] = mapped_column("SupabaseUserID")
    email: Mapped[str | None] = mapped_column("Email", String(320))
    name: Mapped[str] = mapped_column("Name", String(255))
    client_id: Mapped[ClientID] = reference("ClientID", "Clients.ClientID")
    role: Mapped[UserRole] = mapped_column(
        "Role", native_enum(UserRole, "UserRole"), server_default=text("'admin'")
    )
    status: Mapped[EntityStatus] = mapped_column(
        "Status", native_enum(EntityStatus, "EntityStatus"), server_default=text("'active'")
    )
