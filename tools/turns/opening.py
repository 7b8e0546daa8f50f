"""Starting a turn: everything that may refuse it is asked here, in one transaction, before anything is sent to the client."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories.repository import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, SessionID, utc_now
from tools.access import Access
from tools.errors import Conflict, NotFound
from tools.sessions.lookup import find_or_create_session, find_session
from tools.turns import forks, lease
from tools.turns.forks import Fork
from tools.turns.limits import check_limits
from tools.turns.pending import match_answers
from tools.turns.requests import ApprovalRequest, KnownTurn, MessageRequest, OpenedTurn, TurnKind
from tools.turns.settings import TurnSettings

GRAPH = "discovery"
SUPERSEDED = "turn_lost"


async def open_message(
    uow: UnitOfWork, access: Access, request: MessageRequest, *, owner: str, settings: TurnSettings
) -> OpenedTurn | KnownTurn:
    """Open a turn for a message, or find the turn that this very message named before.

    Raises NotFound, Forbidden, Conflict (another turn runs; the talk is completed) and QuotaExceeded.
    """
    access.require(ProjectRole.MEMBER)
    session = await find_or_create_session(uow, access, request.session)
    await _bury_dead_turn(uow, session)
    named = await _named_run(uow, session.id, request.message_id)
    if named is not None and _is_repetition(named, request):
        return KnownTurn(session.id, named.id)
    _refuse_closed(session)
    _refuse_running(session)
    await check_limits(uow, access.caller.user_id, settings)
    fork = await forks.fork_before(uow, session, named) if named is not None else None
    text = str(named.input["text"]) if named is not None and request.regenerate else request.text
    return await _open(uow, access, session, request, fork, text=text, owner=owner, settings=settings)


async def open_approval(
    uow: UnitOfWork, access: Access, request: ApprovalRequest, *, owner: str, settings: TurnSettings
) -> OpenedTurn:
    """Open the turn that goes on after approvals were answered.

    Raises NotFound, Forbidden, QuotaExceeded, and Conflict when an approval is stale, foreign, repeated or edited.
    """
    access.require(ProjectRole.MEMBER)
    session = await find_session(uow, access, request.session, for_update=True)
    await _bury_dead_turn(uow, session)
    _refuse_closed(session)
    _refuse_running(session)
    waiting = await latest_run(uow, session.id)
    if waiting is None or waiting.status is not AgentRunStatus.WAITING:
        raise stale_approval()
    calls = match_answers(waiting.events or [], request.answers)
    if calls is None:
        raise stale_approval()
    await check_limits(uow, access.caller.user_id, settings)
    waiting.status = AgentRunStatus.DONE
    turn_id = uuid4()
    held = await _take(uow, session.id, turn_id, owner, settings)
    record = {
        "resumes": str(waiting.id),
        "answers": [
            {"approvalId": a.approval_id, "approved": a.approved, "reason": a.reason} for a in request.answers
        ],
    }
    assert waiting.message_id is not None
    opened = OpenedTurn(
        session_id=session.id,
        turn_id=turn_id,
        thread_id=session.thread_id,
        message_id=waiting.message_id,
        client_message_id=None,
        kind="resume",
        text="",
        lease=held,
        turn_count=session.turn_count,
        now=utc_now(),
        answers=request.answers,
        answered_calls=calls,
    )
    await _create_run(uow, access, opened, record)
    return opened


def stale_approval() -> Conflict:
    """What every answer to an approval that is not pending gets."""
    return Conflict("This approval is not pending any more.", code="approval_stale")


async def latest_run(uow: UnitOfWork, session_id: SessionID) -> AgentRun | None:
    """The newest turn of a session."""
    runs = Repository(uow.session, AgentRun)
    newest = await runs.get_all(
        AgentRun.session_id == session_id, order_by=[AgentRun.started_at.desc()], limit=1
    )
    return newest[0] if newest else None


async def _named_run(uow: UnitOfWork, session_id: SessionID, message_id: str | None) -> AgentRun | None:
    if message_id is None:
        return None
    named = AgentRun.client_message_id == message_id
    return await Repository(uow.session, AgentRun).get(AgentRun.session_id == session_id, named)


def _is_repetition(named: AgentRun, request: MessageRequest) -> bool:
    """Whether the request asks for the very turn that exists, and not for another answer or with another text."""
    if named.status is AgentRunStatus.FAILED:
        return False
    if request.regenerate:
        return named.status is AgentRunStatus.RUNNING and named.kind == "regenerate"
    return bool(named.input.get("text") == request.text)


def _refuse_closed(session: DiscoverySession) -> None:
    if session.status is not DiscoverySessionStatus.ACTIVE:
        raise Conflict("This conversation is completed. Start a new one.", code="session_completed")


def _refuse_running(session: DiscoverySession) -> None:
    if session.active_turn_id is not None:
        raise Conflict(
            "An answer is being written in this conversation. Wait for it or stop it.",
            code="turn_running",
            extra={"turnId": str(session.active_turn_id), "sessionId": session.id},
        )


async def _bury_dead_turn(uow: UnitOfWork, session: DiscoverySession) -> None:
    """A turn whose process died is over: its lease ran out and nobody took it on."""
    if session.active_turn_id is None:
        return
    over = select(DiscoverySession.lease_until < func.now()).where(DiscoverySession.id == session.id)
    if not (await uow.session.execute(over)).scalar_one():
        return
    await Repository(uow.session, AgentRun).update(
        {"status": AgentRunStatus.FAILED, "error_code": SUPERSEDED, "finished_at": utc_now()},
        AgentRun.id == AgentRunID(session.active_turn_id),
        AgentRun.status == AgentRunStatus.RUNNING,
    )
    session.active_turn_id = None
    await uow.session.flush()


async def _open(
    uow: UnitOfWork,
    access: Access,
    session: DiscoverySession,
    request: MessageRequest,
    fork: Fork | None,
    *,
    text: str,
    owner: str,
    settings: TurnSettings,
) -> OpenedTurn:
    """Take the lease and write the run's row."""
    await _abandon_waiting(uow, session.id)
    turn_id = uuid4()
    held = await _take(uow, session.id, turn_id, owner, settings)
    kind: TurnKind = "regenerate" if request.regenerate else "turn" if fork is None else "edit"
    opened = OpenedTurn(
        session_id=session.id,
        turn_id=turn_id,
        thread_id=session.thread_id,
        message_id=str(uuid4()),
        client_message_id=request.message_id or str(uuid4()),
        kind=kind,
        text=text,
        lease=held,
        turn_count=(fork.turns_before if fork else session.turn_count) + 1,
        now=utc_now(),
        keep_messages=fork.keep_messages if fork else None,
        base_checkpoint=fork.checkpoint if fork else None,
    )
    await _create_run(uow, access, opened, {"text": text})
    return opened


async def _abandon_waiting(uow: UnitOfWork, session_id: SessionID) -> None:
    """A new message instead of an answer: what was waiting is over, its approvals are stale."""
    await Repository(uow.session, AgentRun).update(
        {"status": AgentRunStatus.DONE},
        AgentRun.session_id == session_id,
        AgentRun.status == AgentRunStatus.WAITING,
    )


async def _take(
    uow: UnitOfWork, session_id: SessionID, turn_id: UUID, owner: str, settings: TurnSettings
) -> lease.Lease:
    held = await lease.take(uow, session_id, turn_id, owner=owner, seconds=settings.lease)
    if held is None:
        raise NotFound("There is no such conversation.")
    return held


async def _create_run(uow: UnitOfWork, access: Access, opened: OpenedTurn, details: dict[str, Any]) -> None:
    run = AgentRun(
        id=AgentRunID(opened.turn_id),
        workspace_id=access.workspace_id,
        user_id=access.caller.user_id,
        graph=GRAPH,
        kind=opened.kind,
        session_id=opened.session_id,
        thread_id=opened.thread_id,
        client_message_id=opened.client_message_id,
        message_id=opened.message_id,
        status=AgentRunStatus.RUNNING,
        input=details,
        fence=opened.lease.fence,
        started_at=opened.now,
    )
    await Repository(uow.session, AgentRun).create(run)
