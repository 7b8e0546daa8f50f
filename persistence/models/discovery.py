"""DiscoverySessions, LearnedStyles and DiscoveryFeedback: the record of the talks, what they learned and what people thought of them."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Uuid, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import Mapped, column_property, mapped_column

from persistence.models.entity import (
    EMPTY_ARRAY,
    FALSE,
    Created,
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    identity_key,
    native_enum,
    reference,
)
from persistence.types import AgentRunID, SessionID, UserID, WorkspaceID


class DiscoverySessionStatus(StrEnum):
    """How a talk stands."""

    ACTIVE = "active"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


class DiscoverySession(CreatedUpdated, Entity):
    """One talk. Its graph state is kept under `thread_id`, which is the server's and never the client's.

    `active_turn_id`, `lease_owner`, `lease_until` and `fence` are the turn lease: whoever holds the newest fence
    may write; the lease's end is compared with Postgres' own clock.

    `talk` is the whole talk, for reading: `messages`, which came with it from elsewhere, and behind them the
    DiscoveryMessages of its turns. One growing value would be written anew with every turn.
    """

    __tablename__ = "DiscoverySessions"
    __table_args__ = (
        Index(None, "ProjectID", "DiscoverySessionID"),
        Index(None, "ProjectID", "ClientChatID", unique=True),
        Index(None, "LeaseUntil", postgresql_where=text('"ActiveTurnID" IS NOT NULL')),
    )

    id: Mapped[SessionID] = identity_key("DiscoverySessionID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID | None] = reference("UserID", "Users.UserID", on_delete="SET NULL")
    messages: Mapped[JsonArray] = mapped_column("Messages", server_default=EMPTY_ARRAY)
    talk: ClassVar[Mapped[JsonArray]]
    generated_icps: Mapped[JsonArray | None] = mapped_column("GeneratedIcps")
    status: Mapped[DiscoverySessionStatus] = mapped_column(
        "Status",
        native_enum(DiscoverySessionStatus, "DiscoverySessionStatus"),
        server_default=text("'active'"),
    )
    thread_id: Mapped[UUID] = mapped_column(
        "ThreadID", Uuid, unique=True, server_default=text("gen_random_uuid()")
    )
    client_chat_id: Mapped[str | None] = mapped_column("ClientChatID", String(255))
    summary: Mapped[str | None] = mapped_column("Summary")
    imported: Mapped[bool] = mapped_column("Imported", server_default=FALSE)
    turn_count: Mapped[int] = mapped_column("TurnCount", server_default=text("0"))
    active_turn_id: Mapped[UUID | None] = mapped_column("ActiveTurnID")
    lease_owner: Mapped[str | None] = mapped_column("LeaseOwner", String(255))
    lease_until: Mapped[datetime | None] = mapped_column("LeaseUntil")
    fence: Mapped[int] = mapped_column("Fence", BigInteger, server_default=text("0"))


class DiscoveryMessage(Entity):
    """One message of a talk. `position` counts from 0 behind the session's own `messages`."""

    __tablename__ = "DiscoveryMessages"

    session_id: Mapped[SessionID] = mapped_column(
        "DiscoverySessionID",
        ForeignKey("DiscoverySessions.DiscoverySessionID", ondelete="CASCADE"),
        primary_key=True,
    )
    position: Mapped[int] = mapped_column("Position", primary_key=True, autoincrement=False)
    message: Mapped[JsonObject] = mapped_column("Message")


_SAID = (
    select(func.jsonb_agg(aggregate_order_by(DiscoveryMessage.message, DiscoveryMessage.position)))
    .where(DiscoveryMessage.session_id == DiscoverySession.id)
    .correlate(DiscoverySession)
    .scalar_subquery()
)
DiscoverySession.talk = column_property(
    DiscoverySession.messages.op("||", return_type=JSONB())(
        func.coalesce(_SAID, literal_column("'[]'::jsonb", JSONB()))
    )
)


class EarlyStop(Created, Entity):
    """A stop that came before the turn it was meant for, which is known by the client's message id."""

    __tablename__ = "EarlyStops"
    __table_args__ = (
        Index(None, "ProjectID", "UserID", "ClientMessageID", unique=True),
        Index(None, "CreatedAt"),
    )

    id: Mapped[int] = identity_key("EarlyStopID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID] = reference("UserID", "Users.UserID")
    client_message_id: Mapped[str] = mapped_column("ClientMessageID", String(255))


class LearnedStyle(CreatedUpdated, Entity):
    """How the founder writes, as the newest talk that learned it says, for those that begin later.

    `examples` marks the onboarding examples it was learned from; `learned_from` is how many characters of talk there were
    besides. What outreach uses is in the sender profile.
    """

    __tablename__ = "LearnedStyles"

    workspace_id: Mapped[WorkspaceID] = mapped_column(
        "ProjectID", ForeignKey("Projects.ProjectID", ondelete="CASCADE"), primary_key=True
    )
    guide: Mapped[JsonObject] = mapped_column("Guide")
    examples: Mapped[str] = mapped_column("Examples", String(16), server_default=text("''"))
    learned_from: Mapped[int] = mapped_column("LearnedFrom", server_default=text("0"))


class DiscoveryFeedback(Created, Entity):
    """A person's rating of a talk, 1 to 5, with words."""

    __tablename__ = "DiscoveryFeedback"
    __table_args__ = (Index(None, "ProjectID", "DiscoveryFeedbackID"),)

    id: Mapped[int] = identity_key("DiscoveryFeedbackID")
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID] = reference("UserID", "Users.UserID")
    session_id: Mapped[SessionID | None] = reference(
        "DiscoverySessionID", "DiscoverySessions.DiscoverySessionID", on_delete="SET NULL"
    )
    agent_run_id: Mapped[AgentRunID | None] = reference(
        "AgentRunID", "AgentRuns.AgentRunID", on_delete="SET NULL"
    )
    rating: Mapped[int] = mapped_column("Rating")
    feedback: Mapped[str | None] = mapped_column("Feedback")
    experiment_context: Mapped[JsonObject | None] = mapped_column("ExperimentContext")
