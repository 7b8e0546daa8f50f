"""Discovery sessions: list, read, complete; the newest talk of a workspace; what people thought of it."""

from collections.abc import Sequence

from sqlalchemy import select

from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoveryFeedback, DiscoverySession, DiscoverySessionStatus
from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, ExperimentID, SessionID, WorkspaceID
from tools.access import Access, Caller, require_role
from tools.errors import Conflict, NotFound
from tools.paging import Page, PageRequest, page_of
from tools.sessions.approvals import read_approvals
from tools.sessions.lookup import SessionReference, find_session
from tools.sessions.schemas import ApprovalRead, FeedbackCreate, HistoryRead, SessionRead
from tools.sessions.talk import read_talk


async def list_sessions(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, page: PageRequest
) -> Page[SessionRead]:
    """The workspace's sessions, newest first."""
    await require_role(uow, caller, workspace_id)
    statement = select(DiscoverySession).where(DiscoverySession.workspace_id == workspace_id)
    found = await page_of(uow, statement, [DiscoverySession.id], page, descending=True)
    saved = await _experiments_of(uow, [session.id for session in found.items])
    waiting = await read_approvals(uow, found.items)
    items = [
        await _read(uow, session, saved.get(session.id, []), waiting.get(session.id, []))
        for session in found.items
    ]
    return Page(items, found.limit, found.next_cursor, found.total)


async def read_session(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, reference: SessionReference
) -> SessionRead:
    """One session with its talk. Raises NotFound."""
    access = await require_role(uow, caller, workspace_id)
    return await _whole(uow, access, reference)


async def read_history(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, reference: SessionReference | None
) -> HistoryRead:
    """The talk of one session, or of the workspace's newest; empty when there is none yet. Raises NotFound."""
    access = await require_role(uow, caller, workspace_id)
    if reference is None:
        newest = select(DiscoverySession.id).where(DiscoverySession.workspace_id == workspace_id)
        statement = newest.order_by(DiscoverySession.id.desc()).limit(1)
        session_id = (await uow.session.execute(statement)).scalar_one_or_none()
        if session_id is None:
            return HistoryRead(session_id=None, messages=[], approvals=[])
        reference = SessionReference(session_id=session_id)
    session = await _whole(uow, access, reference)
    return HistoryRead(session_id=session.id, messages=session.messages, approvals=session.approvals)


async def complete_session(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, reference: SessionReference
) -> SessionRead:
    """Close a talk; doing it again changes nothing. Raises NotFound, Forbidden, and Conflict while a turn runs."""
    access = await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    session = await find_session(uow, access, reference, for_update=True)
    if session.active_turn_id is not None:
        raise Conflict(
            "An answer is being written in this conversation. Wait for it or stop it.",
            code="turn_running",
            extra={"turnId": str(session.active_turn_id), "sessionId": session.id},
        )
    session.status = DiscoverySessionStatus.COMPLETED
    await uow.session.flush()
    return await _whole(uow, access, SessionReference(session_id=session.id))


async def give_feedback(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, given: FeedbackCreate
) -> DiscoveryFeedback:
    """Store what somebody thinks. Raises NotFound when the session or turn is not of this workspace."""
    access = await require_role(uow, caller, workspace_id)
    if given.session_id is not None:
        await find_session(uow, access, SessionReference(session_id=given.session_id))
    run_id = None if given.turn_id is None else AgentRunID(given.turn_id)
    if run_id is not None:
        here = (AgentRun.id == run_id, AgentRun.workspace_id == workspace_id)
        if not await Repository(uow.session, AgentRun).count(*here):
            raise NotFound("There is no such turn.")
    feedback = DiscoveryFeedback(
        workspace_id=workspace_id,
        user_id=caller.user_id,
        session_id=given.session_id,
        agent_run_id=run_id,
        rating=given.rating,
        feedback=given.feedback,
        experiment_context=given.experiment_context,
    )
    await Repository(uow.session, DiscoveryFeedback).create(feedback)
    await uow.session.refresh(feedback)
    return feedback


async def turn_count(uow: UnitOfWork, session_id: SessionID) -> int:
    """How many turns a session has. The caller's access to it was checked before."""
    statement = select(DiscoverySession.turn_count).where(DiscoverySession.id == session_id)
    return (await uow.session.execute(statement)).scalar_one()


async def _whole(uow: UnitOfWork, access: Access, reference: SessionReference) -> SessionRead:
    """A session, its talk loaded."""
    found = await find_session(uow, access, reference)
    await uow.session.refresh(found, ["talk", "active_turn_id", "generated_icps", "status", "updated_at"])
    saved = await _experiments_of(uow, [found.id])
    waiting = await read_approvals(uow, [found])
    return await _read(uow, found, saved.get(found.id, []), waiting.get(found.id, []))


async def _experiments_of(
    uow: UnitOfWork, sessions: Sequence[SessionID]
) -> dict[SessionID, list[ExperimentID]]:
    """The saved experiments of each session."""
    statement = (
        select(Experiment.session_id, Experiment.id)
        .where(Experiment.session_id.in_(sessions))
        .order_by(Experiment.id)
    )
    saved: dict[SessionID, list[ExperimentID]] = {}
    for session_id, experiment_id in await uow.session.execute(statement):
        assert session_id is not None
        saved.setdefault(session_id, []).append(experiment_id)
    return saved


async def _read(
    uow: UnitOfWork,
    session: DiscoverySession,
    experiments: list[ExperimentID],
    approvals: list[ApprovalRead],
) -> SessionRead:
    return SessionRead(
        id=session.id,
        workspace_id=session.workspace_id,
        status=session.status,
        turn_count=session.turn_count,
        messages=await read_talk(uow, session),
        approvals=approvals,
        generated_icps=session.generated_icps,
        experiments_generated=experiments,
        created_at=session.created_at,
        updated_at=session.updated_at,
    )
