"""A talk held elsewhere and posted with the workspace: kept as an imported session, once."""

from collections.abc import Sequence
from typing import Any

from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.models.workspace import Workspace
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.access import Caller
from tools.workspaces.queries import newest_session
from tools.workspaces.schemas import ChatEntry

Messages = list[dict[str, Any]]


async def import_talk(
    uow: UnitOfWork, caller: Caller, workspace: Workspace, entries: Sequence[ChatEntry]
) -> None:
    """Keep `entries` unless the newest session already says so. The workspace's row must be locked."""
    messages = _as_messages(entries)
    newest = await newest_session(uow, workspace.id)
    held = newest.talk if newest is not None else []
    if _begins_with(held, messages) and (messages or not held):
        return
    workspace.discovery_chat_history = messages or None
    if newest is not None and newest.imported and _begins_with(messages, held):
        newest.messages = messages
        newest.turn_count = _turns(messages)
        return
    session = DiscoverySession(
        workspace_id=workspace.id,
        user_id=caller.user_id,
        messages=messages,
        status=DiscoverySessionStatus.COMPLETED,
        imported=True,
        turn_count=_turns(messages),
    )
    await Repository(uow.session, DiscoverySession).create(session)


def _as_messages(entries: Sequence[ChatEntry]) -> Messages:
    """The entries as a session stores its messages; one without a time is dated now."""
    now = utc_now()
    return [
        {"role": entry.role, "content": entry.content, "timestamp": (entry.timestamp or now).isoformat()}
        for entry in entries
    ]


def _begins_with(whole: Messages, beginning: Messages) -> bool:
    """Whether a talk begins with another. Times don't count: clients stamp them anew."""
    said = [(message.get("role"), message.get("content")) for message in whole[: len(beginning)]]
    return said == [(message["role"], message["content"]) for message in beginning]


def _turns(messages: Messages) -> int:
    return sum(message["role"] == "user" for message in messages)
