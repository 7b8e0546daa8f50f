"""Going on after the user said yes or no: only to what is pending, once, and exactly as it was asked."""

from uuid import uuid4

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import SessionID, utc_now
from tools.access import Access
from tools.audit import service as audit
from tools.audit.service import Change
from tools.errors import Conflict, ProviderUnavailable
from tools.sessions.lookup import find_session
from tools.turns.limits import check_limits
from tools.turns.pending import match_answers, told_calls
from tools.turns.requests import ApprovalAnswer, ApprovalRequest, OpenedTurn
from tools.turns.settings import TurnSettings
from tools.turns.starting import ask_lease, begin_run, refuse_busy

RETRY_SECONDS = 5
"""When to try again what only a newer process can do: another replica may take it."""


async def open_approval(
    uow: UnitOfWork,
    access: Access,
    request: ApprovalRequest,
    *,
    owner: str,
    settings: TurnSettings,
    reads: int,
) -> OpenedTurn:
    """Open the turn that goes on after approvals were answered. `reads`: the newest version of states that this code knows.

    Raises NotFound, Forbidden, QuotaExceeded, and Conflict when an approval is stale, foreign, repeated or edited; during an
    upgrade ProviderUnavailable for what a newer version asked, which keeps waiting for one.
    """
    access.require(ProjectRole.MEMBER)
    session = await find_session(uow, access, request.session, for_update=True)
    refuse_busy(session)
    waiting, calls = await _waiting_for(uow, session.id, request.answers)
    if waiting.state_version > reads:
        raise ProviderUnavailable(
            "A newer version of this service asked for this, and this one can't carry it out. Try again in a moment.",
            provider="quiver",
            retry_after=RETRY_SECONDS,
            code="state_newer",
        )
    await check_limits(uow, access, settings)
    waiting.status = AgentRunStatus.DONE
    turn_id = uuid4()
    opened = OpenedTurn(
        session_id=session.id,
        turn_id=turn_id,
        thread_id=session.thread_id,
        message_id=str(waiting.message_id),
        client_message_id=None,
        kind="resume",
        text="",
        lease=ask_lease(session.id, turn_id, settings),
        turn_count=session.turn_count,
        now=utc_now(),
        after=waiting.id,
        answers=request.answers,
        answered_calls=calls,
        told_calls=told_calls(waiting.events or []),
    )
    await begin_run(uow, access, opened, _details(waiting, request.answers), owner=owner)
    await _note(uow, access, opened)
    return opened


async def _waiting_for(
    uow: UnitOfWork, session_id: SessionID, answers: tuple[ApprovalAnswer, ...]
) -> tuple[AgentRun, dict[str, str]]:
    """The run that waits for these answers, and the tool call each belongs to. Raises Conflict."""
    runs = Repository(uow.session, AgentRun)
    newest = [AgentRun.started_at.desc()]
    found = await runs.get_all(AgentRun.session_id == session_id, order_by=newest, limit=1)
    waiting = found[0] if found and found[0].status is AgentRunStatus.WAITING else None
    calls = match_answers(waiting.events or [], answers) if waiting else None
    if waiting is None or calls is None:
        raise Conflict("This approval is not pending any more.", code="approval_stale")
    return waiting, calls


def _details(waiting: AgentRun, answers: tuple[ApprovalAnswer, ...]) -> dict[str, object]:
    said = [
        {"approvalId": answer.approval_id, "approved": answer.approved, "reason": answer.reason}
        for answer in answers
    ]
    return {"resumes": str(waiting.id), "answers": said}


async def _note(uow: UnitOfWork, access: Access, opened: OpenedTurn) -> None:
    """Approvals go to the audit log."""
    what = {"sessionId": opened.session_id, "turnId": str(opened.turn_id)}
    changes = [
        Change("approval", answer.approval_id, "approved" if answer.approved else "declined", None, what)
        for answer in opened.answers
    ]
    await audit.record_all(uow, access.caller, access.workspace_id, changes)
