"""AgentRuns: every run of any graph, complete enough to be replayed, with what it knew (BriefParts).

The view "DiscoveryTurns" shows the talks' turns.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, Numeric, String, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from persistence.models.entity import (
    EMPTY_ARRAY,
    EMPTY_OBJECT,
    Created,
    CreatedUpdated,
    Entity,
    JsonArray,
    JsonObject,
    native_enum,
    reference,
)
from persistence.types import AgentRunID, JobID, LeadID, SessionID, UserID, WorkspaceID


class AgentRunStatus(StrEnum):
    """How a run stands. `waiting`: for a person's approval."""

    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class AgentRun(CreatedUpdated, Entity):
    """One run of one graph; for a talk, one turn.

    `state` is the graph's plain JSON after the run, without its input; where `state_base_id` is set, it is what changed
    since that run's state (`tools/turns/states.py` reads it). `state_depth` counts the runs back to a whole one,
    `state_hash` is of the whole, `state_version` says which shape of the graph's state it has. `events` are the compacted events. Costs are US dollars, durations milliseconds.
    """

    __tablename__ = "AgentRuns"
    __table_args__ = (
        Index(None, "ProjectID", "StartedAt", "AgentRunID"),
        Index(None, "DiscoverySessionID", "StartedAt"),
        Index(None, "DiscoverySessionID", "ClientMessageID", unique=True),
        Index(None, "ThreadID"),
        Index(None, "UserID", "StartedAt"),
        Index(
            "IX_AgentRuns_Threads",
            "StartedAt",
            postgresql_where=text('"Kind" = \'run\' AND "ThreadID" IS NOT NULL'),
        ),
        Index("IX_AgentRuns_Running", "StartedAt", postgresql_where=text("\"Status\" = 'running'")),
    )

    id: Mapped[AgentRunID] = mapped_column("AgentRunID", Uuid, primary_key=True, default=uuid4)
    workspace_id: Mapped[WorkspaceID] = reference("ProjectID", "Projects.ProjectID", index=False)
    user_id: Mapped[UserID | None] = reference("UserID", "Users.UserID", on_delete="SET NULL", index=False)
    graph: Mapped[str] = mapped_column("Graph", String(64))
    kind: Mapped[str] = mapped_column("Kind", String(32), server_default=text("'turn'"))
    session_id: Mapped[SessionID | None] = reference(
        "DiscoverySessionID", "DiscoverySessions.DiscoverySessionID", index=False
    )
    lead_id: Mapped[LeadID | None] = reference("LeadID", "Leads.LeadID", on_delete="SET NULL")
    job_id: Mapped[JobID | None] = reference("JobID", "Jobs.JobID", on_delete="SET NULL")
    thread_id: Mapped[UUID | None] = mapped_column("ThreadID")
    client_message_id: Mapped[str | None] = mapped_column("ClientMessageID", String(255))
    message_id: Mapped[str | None] = mapped_column("MessageID", String(255))
    status: Mapped[AgentRunStatus] = mapped_column(
        "Status", native_enum(AgentRunStatus, "AgentRunStatus"), server_default=text("'running'")
    )
    input: Mapped[JsonObject] = mapped_column("Input", server_default=EMPTY_OBJECT)
    state: Mapped[JsonObject | None] = mapped_column("State")
    state_base_id: Mapped[UUID | None] = mapped_column("StateBaseID")
    state_depth: Mapped[int] = mapped_column("StateDepth", server_default=text("0"))
    state_hash: Mapped[str | None] = mapped_column("StateHash", String(64))
    state_version: Mapped[int] = mapped_column("StateVersion", server_default=text("1"))
    events: Mapped[JsonArray | None] = mapped_column("Events")
    prompt_tags: Mapped[JsonArray] = mapped_column("PromptTags", server_default=EMPTY_ARRAY)
    model: Mapped[str | None] = mapped_column("Model", String(128))
    provider: Mapped[str | None] = mapped_column("Provider", String(64))
    input_tokens: Mapped[int] = mapped_column("InputTokens", server_default=text("0"))
    output_tokens: Mapped[int] = mapped_column("OutputTokens", server_default=text("0"))
    cost_usd: Mapped[Decimal] = mapped_column("CostUsd", Numeric(14, 8), server_default=text("0"))
    model_calls: Mapped[int] = mapped_column("ModelCalls", server_default=text("0"))
    first_token_ms: Mapped[int | None] = mapped_column("FirstTokenMs")
    duration_ms: Mapped[int | None] = mapped_column("DurationMs")
    attempt: Mapped[int] = mapped_column("Attempt", server_default=text("1"))
    fence: Mapped[int] = mapped_column("Fence", BigInteger, server_default=text("0"))
    error_code: Mapped[str | None] = mapped_column("ErrorCode", String(64))
    stop_requested_at: Mapped[datetime | None] = mapped_column("StopRequestedAt")
    started_at: Mapped[datetime] = mapped_column("StartedAt", server_default=text("now()"))
    finished_at: Mapped[datetime | None] = mapped_column("FinishedAt")


class BriefPart(Created, Entity):
    """A part of what runs knew of a company when they began, stored once under the hash of its content.

    The states of runs name it: it stays as long as the workspace.
    """

    __tablename__ = "BriefParts"

    workspace_id: Mapped[WorkspaceID] = mapped_column(
        "ProjectID", ForeignKey("Projects.ProjectID", ondelete="CASCADE"), primary_key=True
    )
    hash: Mapped[str] = mapped_column("Hash", String(64), primary_key=True)
    content: Mapped[Any] = mapped_column("Content", JSONB)
