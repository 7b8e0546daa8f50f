"""Taking a person out of discovery talks: what was said, what the runs recorded, and the checkpoints that hold the same."""

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute

from persistence.models.agent_run import AgentRun, BriefPart
from persistence.models.discovery import DiscoveryMessage, DiscoverySession, LearnedStyle
from persistence.models.entity import Entity
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from persistence.threads import delete_threads
from persistence.types import SessionID, WorkspaceID
from tools.errors import Conflict
from tools.persons.gathering import mentions
from tools.persons.redaction import Traces, redacted

E = TypeVar("E", bound=Entity)


async def redact_talks(uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID], traces: Traces) -> int:
    """Take the person out of every talk of these workspaces; how many records named them.

    Talks that named them go on from their newest record: their threads go. Raises Conflict while such a talk has a turn.
    """
    if not traces.words:
        return 0
    pattern = traces.pattern
    said = select(DiscoveryMessage).join(DiscoverySession)
    said = said.where(
        DiscoverySession.workspace_id.in_(workspace_ids), mentions(DiscoveryMessage.message, traces)
    )
    messages = await _redact(uow, said, (DiscoveryMessage.message,), pattern)
    runs = await _redact_runs(uow, workspace_ids, traces, pattern)
    sessions = await _redact_sessions(uow, workspace_ids, traces, pattern)
    parts = select(BriefPart).where(
        BriefPart.workspace_id.in_(workspace_ids), mentions(BriefPart.content, traces)
    )
    known = await _redact(uow, parts, (BriefPart.content,), pattern)
    told = (Workspace.discovery_chat_history,)
    imported = select(Workspace).where(Workspace.id.in_(workspace_ids), mentions(told[0], traces))
    before = await _redact(uow, imported, told, pattern)
    named = {row.session_id for row in [*messages, *runs]} | {row.id for row in sessions}
    await _leave_threads(uow, {session_id for session_id in named if session_id is not None})
    learned = await _redact_guides(uow, workspace_ids, traces, pattern)
    return len(messages) + len(runs) + len(sessions) + len(known) + len(learned) + len(before)


async def _redact_runs(
    uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID], traces: Traces, pattern: re.Pattern[str]
) -> Sequence[AgentRun]:
    columns = (AgentRun.input, AgentRun.state, AgentRun.events)
    named = or_(*[mentions(column, traces) for column in columns])
    statement = select(AgentRun).where(AgentRun.workspace_id.in_(workspace_ids), named)
    return await _redact(uow, statement, columns, pattern)


async def _redact_sessions(
    uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID], traces: Traces, pattern: re.Pattern[str]
) -> Sequence[DiscoverySession]:
    columns = (DiscoverySession.messages, DiscoverySession.generated_icps, DiscoverySession.summary)
    named = or_(*[mentions(column, traces) for column in columns])
    statement = select(DiscoverySession).where(DiscoverySession.workspace_id.in_(workspace_ids), named)
    return await _redact(uow, statement, columns, pattern)


async def _redact_guides(
    uow: UnitOfWork, workspace_ids: Sequence[WorkspaceID], traces: Traces, pattern: re.Pattern[str]
) -> Sequence[LearnedStyle]:
    """Behind the talks, whose locks a turn takes first, too. Any turn that is under way may have read a guide."""
    named = LearnedStyle.workspace_id.in_(workspace_ids), mentions(LearnedStyle.guide, traces)
    guides: Sequence[LearnedStyle] = await _redact(
        uow, select(LearnedStyle).where(*named), (LearnedStyle.guide,), pattern
    )
    running = select(DiscoverySession.id).where(
        DiscoverySession.workspace_id.in_([guide.workspace_id for guide in guides]),
        DiscoverySession.active_turn_id.is_not(None),
    )
    if guides and (await uow.session.execute(running.limit(1))).first() is not None:
        raise _answering()
    return guides


async def _redact(
    uow: UnitOfWork, statement: Any, columns: Sequence[InstrumentedAttribute[Any]], pattern: re.Pattern[str]
) -> Sequence[Any]:
    """The rows that a statement finds, with the person taken out of these columns."""
    rows = (await uow.session.execute(statement)).scalars().all()
    for row in rows:
        for column in columns:
            setattr(row, column.key, redacted(getattr(row, column.key), pattern))
    await uow.session.flush()
    return list(rows)


async def _leave_threads(uow: UnitOfWork, session_ids: set[SessionID]) -> None:
    """Remove the threads of these talks. The next turn of each begins a thread from the newest recorded state."""
    statement = select(DiscoverySession).where(DiscoverySession.id.in_(session_ids)).with_for_update()
    sessions = (await uow.session.execute(statement)).scalars().all()
    if any(session.active_turn_id is not None for session in sessions):
        raise _answering()
    of_runs = select(AgentRun.thread_id).where(AgentRun.session_id.in_(session_ids))
    threads: set[UUID] = {thread for thread in (await uow.session.execute(of_runs)).scalars() if thread}
    threads |= {session.thread_id for session in sessions}
    for session in sessions:
        session.thread_id = uuid4()
    await uow.session.flush()
    await delete_threads(uow, sorted(threads))


def _answering() -> Conflict:
    return Conflict(
        "A talk that names the person is being answered; try again when it is.", code="turn_running"
    )
