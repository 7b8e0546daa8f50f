"""What every table shares: the declarative base, typed ids, names of constraints, keys, native enums, times and versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column

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

COLUMN_TYPES: dict[Any, Any] = {
    **dict.fromkeys(BIGINT_IDS, BigInteger),
    types.AgentRunID: Uuid,
    types.JobID: Uuid,
    UUID: Uuid,
    int: Integer,
    float: Float,
    str: Text,
    datetime: DateTime(timezone=True),
    # None is the column's NULL, never the JSON word null.
    JsonObject: JSONB(none_as_null=True),
    JsonArray: JSONB(none_as_null=True),
}

EMPTY_OBJECT = text("'{}'::jsonb")
EMPTY_ARRAY = text("'[]'::jsonb")
FALSE = text("false")

OnDelete = Literal["CASCADE", "SET NULL"]


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
    # What the database decides comes back with every INSERT and UPDATE: an async session can't load it later.
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 — SQLAlchemy reads it as declared
    type_annotation_map = COLUMN_TYPES


def native_enum(enum: type[StrEnum], name: str) -> Enum:
    """A native Postgres enum that stores the words, not Python's member names."""
    return Enum(enum, name=name, values_callable=lambda words: [word.value for word in words])


def identity_key(column: str) -> MappedColumn[Any]:
    """A bigint primary key that Postgres numbers."""
    return mapped_column(column, BigInteger, Identity(), primary_key=True)


def reference(
    column: str, target: str, *, on_delete: OnDelete = "CASCADE", index: bool = True, unique: bool = False
) -> MappedColumn[Any]:
    """A foreign key to `target` ("Table.Column").

    It gets an index of its own, without which a delete of the target scans this table;
    pass `index=False` where another index begins with the column.
    """
    foreign_key = ForeignKey(target, ondelete=on_delete)
    return mapped_column(column, foreign_key, index=index and not unique, unique=unique or None)


class Created:
    """When the row was made."""

    created_at: Mapped[datetime] = mapped_column("CreatedAt", server_default=func.now(), sort_order=97)


class CreatedUpdated(Created):
    """When the row was made and last changed."""

    updated_at: Mapped[datetime] = mapped_column(
        "UpdatedAt", server_default=func.now(), onupdate=func.now(), sort_order=98
    )


class Versioned:
    """How often the row was changed: the number behind ETag and If-Match.

    Every UPDATE through SQLAlchemy adds one. A statement that only moves counters keeps the number, so that a
    person who edits beside a running job is not refused, by naming it: `{"version": Campaign.version, ...}`.
    """

    @declared_attr
    @classmethod
    def version(cls) -> Mapped[int]:
        """1 for a new row."""
        table: str = getattr(cls, "__tablename__")  # noqa: B009 — the mixin has none, the entity does
        return mapped_column(
            "Version",
            Integer,
            server_default=text("1"),
            onupdate=text(f'"{table}"."Version" + 1'),
            sort_order=99,
        )
