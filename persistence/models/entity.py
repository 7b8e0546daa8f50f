"""What every table shares: the declarative base, typed ids, names of constraints, native enums, and times."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, Float, Integer, MetaData, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from persistence import types

JsonObject = dict[str, Any]
JsonArray = list[Any]

BIGINT_IDS = (
    types.ClientID,
    types.UserID,
    types.WorkspaceID,
    types.ExperimentID,
    types.CampaignID,
    types.LeadID,
    types.PersonID,
    types.SessionID,
    types.InvitationID,
)


class Entity(AsyncAttrs, DeclarativeBase):
    """Base of every entity. Tables and columns are PascalCase as in the plan; attributes are snake_case."""

    metadata = MetaData(
        naming_convention={
            "pk": "PK_%(table_name)s",
            "fk": "FK_%(table_name)s_%(column_0_N_name)s",
            "uq": "UQ_%(table_name)s_%(column_0_N_name)s",
            "ix": "IX_%(table_name)s_%(column_0_N_name)s",
            "ck": "CK_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 — SQLAlchemy reads it as declared
        **dict.fromkeys(BIGINT_IDS, BigInteger),
        types.AgentRunID: Uuid,
        types.JobID: Uuid,
        UUID: Uuid,
        int: Integer,
        float: Float,
        str: Text,
        datetime: DateTime(timezone=True),
        JsonObject: JSONB,
        JsonArray: JSONB,
    }


def native_enum(enum: type[StrEnum], name: str) -> Enum:
    """A native Postgres enum that stores the words, not Python's member names."""
    return Enum(enum, name=name, values_callable=lambda words: [word.value for word in words])


class Created:
    """When the row was made."""

    created_at: Mapped[datetime] = mapped_column("CreatedAt", server_default=func.now())


class CreatedUpdated(Created):
    """When the row was made and last changed."""

    updated_at: Mapped[datetime] = mapped_column("UpdatedAt", server_default=func.now(), onupdate=func.now())
