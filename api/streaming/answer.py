"""The answer of a turn as one JSON object, for clients that don't stream."""

from collections.abc import AsyncIterator
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from agents.events import ApprovalRequested, ExperimentsProposed, RepliesSuggested, TurnEvent, TurnFailed
from agents.turns.entries import LogEntry, visible_text
from tools.errors import ProviderUnavailable
from tools.schemas import WireModel

ANSWER_EXAMPLE: JsonDict = {
    "message": "Who asks for a faster close, and what made them ask?",
    "placeholder": "The last one was …",
    "experiments": None,
    "sessionId": 12,
    "turnId": "7e4d379f-10cf-4861-8df6-8cb4e646d3c3",
    "turnCount": 1,
    "approval": None,
}


class PendingApproval(WireModel):
    """What the agent wants to do and waits for."""

    approval_id: str = Field(description="Goes into the path of the approval.")
    action: str = Field(description="The action's name.")
    summary: str = Field(description="What would happen, for people.")


class ChatAnswer(WireModel):
    """A whole turn."""

    model_config = ConfigDict(json_schema_extra={"example": ANSWER_EXAMPLE})

    message: str = Field(description="What the agent said.")
    placeholder: str | None = Field(description="For the input box of the next message.")
    experiments: list[dict[str, Any]] | None = Field(
        description="The proposed set of experiments; null when none."
    )
    session_id: int = Field(description="The conversation.")
    turn_id: str = Field(description="The turn.")
    turn_count: int = Field(description="Turns of the conversation so far.")
    approval: PendingApproval | None = Field(None, description="Set when the agent waits for a yes or no.")


async def all_events(batches: AsyncIterator[list[LogEntry]]) -> list[TurnEvent]:
    """Every event of a turn, once it has ended. Raises ProviderUnavailable when it failed."""
    events = [entry.event async for batch in batches for entry in batch]
    last = events[-1]
    if isinstance(last, TurnFailed):
        raise ProviderUnavailable(last.message, provider="discovery", code=last.code)
    return events


def chat_answer(events: list[TurnEvent], *, session_id: int, turn_id: str, turn_count: int) -> ChatAnswer:
    """The events of a turn that ended well, as one answer."""
    placeholder: str | None = None
    experiments: list[dict[str, Any]] | None = None
    approval: PendingApproval | None = None
    for event in events:
        match event:
            case RepliesSuggested():
                placeholder = event.placeholder
            case ExperimentsProposed() if event.valid:
                experiments = event.experiments
            case ApprovalRequested():
                approval = PendingApproval(
                    approval_id=event.approval_id, action=event.action, summary=event.summary
                )
            case _:
                pass
    return ChatAnswer(
        message=visible_text(events),
        placeholder=placeholder,
        experiments=experiments,
        session_id=session_id,
        turn_id=turn_id,
        turn_count=turn_count,
        approval=approval,
    )
