"""Discovery sessions on the wire."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StringConstraints
from pydantic.config import JsonDict

from persistence.models.discovery import DiscoverySessionStatus
from persistence.types import ExperimentID, SessionID, WorkspaceID
from tools.schemas import AwareDatetime, JsonObject, WireIDOf, WireModel

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
Rating = Annotated[int, Field(strict=True, ge=1, le=5)]


TALK_EXAMPLE: list[JsonValue] = [
    {
        "role": "user",
        "content": "We sell month-end software to finance teams.",
        "timestamp": "2026-11-25T10:00:00+00:00",
        "id": "msg_1",
        "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3",
        "incomplete": False,
    }
]
HISTORY_EXAMPLE: JsonDict = {"sessionId": 12, "messages": TALK_EXAMPLE, "approvals": []}
SESSION_EXAMPLE: JsonDict = {
    "id": 12,
    "workspaceId": 3,
    "status": "active",
    "turnCount": 1,
    "messages": TALK_EXAMPLE,
    "approvals": [],
    "generatedIcps": None,
    "experimentsGenerated": [],
    "createdAt": "2026-11-25T10:00:00+00:00",
    "updatedAt": "2026-11-25T10:00:04+00:00",
}
FEEDBACK_EXAMPLE: JsonDict = {
    "id": 9,
    "workspaceId": 3,
    "rating": 4,
    "feedback": "Sharp questions.",
    "experimentContext": None,
    "sessionId": 12,
    "turnId": None,
    "createdAt": "2026-11-25T10:05:00+00:00",
}


class TalkMessage(WireModel):
    """One message of a talk, as people see it."""

    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: str = Field(description="What was said.")
    timestamp: AwareDatetime | None = Field(None, description="When; null when an old talk didn't say.")
    id: str | None = Field(None, description="The message's id; the same as in the stream.")
    turn_id: UUID | None = Field(None, description="The turn it belongs to; feedback may name it.")
    incomplete: bool = Field(False, description="True when the answer was stopped or broke off.")


class ApprovalRead(WireModel):
    """What the agent waits for a yes or no to: with this a client can ask again after a reload."""

    approval_id: str = Field(description="Goes into the path of the approval, or into the AI SDK's answer.")
    tool_call_id: str = Field(description="The AI SDK's id of the action.")
    action: str = Field(description="The action's name.")
    summary: str = Field(description="What would happen, for people.")
    input: JsonObject = Field(description="What the action was given; it can't be edited.")
    message_id: str | None = Field(description="The message in which it was asked.")


class SessionRead(WireModel):
    """A discovery session."""

    model_config = ConfigDict(json_schema_extra={"example": SESSION_EXAMPLE})

    id: SessionID = Field(description="Our number.")
    workspace_id: WorkspaceID = Field(description="Its workspace.")
    status: DiscoverySessionStatus = Field(description="active, completed or abandoned.")
    turn_count: int = Field(description="Turns so far.")
    messages: list[TalkMessage] = Field(
        description="The whole talk; last comes the message that is being answered, if one is."
    )
    approvals: list[ApprovalRead] = Field(description="What waits for a yes or no; mostly nothing.")
    generated_icps: list[Any] | None = Field(description="The newest proposed set of experiments.")
    experiments_generated: list[ExperimentID] = Field(description="Saved experiments that came of this talk.")
    created_at: AwareDatetime = Field(description="When it began.")
    updated_at: AwareDatetime = Field(description="When it last changed.")


class HistoryRead(WireModel):
    """The talk of one session."""

    model_config = ConfigDict(json_schema_extra={"example": HISTORY_EXAMPLE})

    session_id: SessionID | None = Field(description="The session; null when the workspace has none yet.")
    messages: list[TalkMessage] = Field(
        description="Oldest first; last comes the message that is being answered, if one is."
    )
    approvals: list[ApprovalRead] = Field(description="What waits for a yes or no; mostly nothing.")


class FeedbackCreate(WireModel):
    """What somebody thinks of the talk."""

    model_config = ConfigDict(json_schema_extra={"example": {"rating": 4, "feedback": "Sharp questions."}})

    rating: Rating = Field(description="1 (useless) to 5 (excellent).")
    feedback: Words | None = Field(None, description="In words.")
    experiment_context: JsonObject | None = Field(None, description="What it was about.")
    session_id: WireIDOf[SessionID] | None = Field(None, description="The session meant.")
    turn_id: UUID | None = Field(None, description="The turn meant.")


class FeedbackRead(WireModel):
    """Feedback as it was stored."""

    model_config = ConfigDict(json_schema_extra={"example": FEEDBACK_EXAMPLE})

    id: int = Field(description="Its number.")
    workspace_id: WorkspaceID = Field(description="Its workspace.")
    rating: int = Field(description="1 to 5.")
    feedback: str | None = Field(description="In words.")
    experiment_context: JsonObject | None = Field(description="What it was about.")
    session_id: SessionID | None = Field(description="The session meant.")
    turn_id: UUID | None = Field(description="The turn meant.")
    created_at: AwareDatetime = Field(description="When it was given.")
