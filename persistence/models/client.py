"""Clients: the organisation a user belongs to. Persons and what was paid for them are shared within one."""

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import CreatedUpdated, Entity, identity_key, native_enum
from persistence.models.user import EntityStatus
from persistence.types import ClientID


class Client(CreatedUpdated, Entity):
    """An organisation. Deleting it deletes everything it owns."""

    __tablename__ = "Clients"

    id: Mapped[ClientID] = identity_key("ClientID")
    name: Mapped[str] = mapped_column("Name", String(255))
    slug: Mapped[str] = mapped_column("Slug", String(255), unique=True)
    status: Mapped[EntityStatus] = mapped_column(
        "Status", native_enum(EntityStatus, "EntityStatus"), server_default=text("'active'")
    )
