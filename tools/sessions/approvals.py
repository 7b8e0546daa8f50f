"""What the agent waits for in a talk, for clients that did not see it asked or have forgotten: a reload, another device."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.session import UnitOfWork
from persistence.types import SessionID
from tools.sessions.schemas import ApprovalRead

Events = Sequence[Mapping[str, Any]]


def pending_approvals(events: Events) -> dict[str, Mapping[str, Any]]:
    """The approval requests among a turn's recorded events, by approval id."""
    return {event["approval_id"]: event for event in events if event["type"] == "approval_requested"}


def called_with(events: Events) -> dict[str, Mapping[str, Any]]:
    """What each tool call among recorded events was given."""
    return {event["tool_call_id"]: event["input"] for event in events if event["type"] == "tool_called"}


async def read_approvals(
    uow: UnitOfWork, sessions: Sequence[DiscoverySession]
) -> dict[SessionID, list[ApprovalRead]]:
    """What each session waits for: where the talk is open, and no newer message has made it stale."""
    newest = (
        select(AgentRun.message_id, AgentRun.events, AgentRun.status)
        .where(AgentRun.session_id == DiscoverySession.id)
        .order_by(AgentRun.started_at.desc())
        .limit(1)
        .lateral()
    )
    statement = (
        select(DiscoverySession.id, newest.c.message_id, newest.c.events)
        .join(newest, newest.c.status == AgentRunStatus.WAITING)
        .where(
            DiscoverySession.id.in_([session.id for session in sessions]),
            DiscoverySession.status == DiscoverySessionStatus.ACTIVE,
        )
    )
    rows = await uow.session.execute(statement)
    return {session_id: _asked(message_id, events or []) for session_id, message_id, events in rows}


def _asked(message_id: str | None, events: Events) -> list[ApprovalRead]:
    inputs = called_with(events)
    return [
        ApprovalRead(
            approval_id=approval_id,
            tool_call_id=event["tool_call_id"],
            action=event["action"],
            summary=event["summary"],
            input=inputs.get(event["tool_call_id"], event["input"]),
            message_id=message_id,
        )
        for approval_id, event in pending_approvals(events).items()
    ]
