"""Discovery sessions: list, history, completion, feedback. The talk itself: `discovery_chat.py`."""

from typing import Annotated

from fastapi import Path, Query

from api.deps import CallerDep, PageDep, PathIDOf, UnitOfWorkDep
from api.envelope import listed, ok
from api.routing import api_router
from api.streaming.shown import SessionShown, session_shown
from persistence.types import WorkspaceID
from tools.schemas import Envelope, PageEnvelope
from tools.sessions import service
from tools.sessions.lookup import parse_reference
from tools.sessions.schemas import FeedbackCreate, FeedbackRead, HistoryRead, SessionRead
from tools.sessions.shown import read_shown

router = api_router("discovery")

SessionPath = Annotated[
    str, Path(min_length=1, max_length=200, description="Our session id, or the chat id the client chose.")
]
SessionQuery = Annotated[
    str | None, Query(min_length=1, max_length=200, description="Another session than the newest.")
]


@router.get("/workspaces/{workspace_id}/discovery/history")
async def get_discovery_history(
    workspace_id: PathIDOf[WorkspaceID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    session: Annotated[SessionQuery, Query(alias="sessionId")] = None,
) -> Envelope[HistoryRead]:
    """The talk of the workspace's newest session, or of the one named."""
    reference = None if session is None else parse_reference(session)
    return ok(await service.read_history(uow, caller, workspace_id, reference))


@router.get("/workspaces/{workspace_id}/discovery/sessions")
async def list_discovery_sessions(
    workspace_id: PathIDOf[WorkspaceID], caller: CallerDep, uow: UnitOfWorkDep, page: PageDep
) -> PageEnvelope[SessionRead]:
    """The workspace's sessions, newest first."""
    found = await service.list_sessions(uow, caller, workspace_id, page)
    return listed(found.items, found)


@router.get("/workspaces/{workspace_id}/discovery/sessions/{sid}")
async def get_discovery_session(
    workspace_id: PathIDOf[WorkspaceID], sid: SessionPath, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[SessionShown]:
    """One session with its talk, and what the agent's messages showed beside their text."""
    session = await service.read_session(uow, caller, workspace_id, parse_reference(sid))
    return ok(session_shown(session, await read_shown(uow, session.id)))


@router.post("/workspaces/{workspace_id}/discovery/sessions/{sid}/complete")
async def complete_discovery_session(
    workspace_id: PathIDOf[WorkspaceID], sid: SessionPath, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[SessionRead]:
    """Close the talk. Nothing can be said in it afterwards; a new session knows what was saved."""
    session = await service.complete_session(uow, caller, workspace_id, parse_reference(sid))
    return ok(session, "Conversation completed.")


@router.post("/workspaces/{workspace_id}/discovery/feedback", status_code=201)
async def give_discovery_feedback(
    workspace_id: PathIDOf[WorkspaceID], body: FeedbackCreate, caller: CallerDep, uow: UnitOfWorkDep
) -> Envelope[FeedbackRead]:
    """Rate the talk from 1 to 5."""
    given = await service.give_feedback(uow, caller, workspace_id, body)
    read = FeedbackRead(
        id=given.id,
        workspace_id=given.workspace_id,
        rating=given.rating,
        feedback=given.feedback,
        experiment_context=given.experiment_context,
        session_id=given.session_id,
        turn_id=given.agent_run_id,
        created_at=given.created_at,
    )
    return ok(read, "Thank you.")
