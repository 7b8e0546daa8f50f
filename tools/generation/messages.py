"""A message that nobody listens to: a job runs its turn, which is a turn like any other and named by the message."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from persistence.models.job import AsyncJobType, Job, JobItem, JobStatus
from persistence.session import UnitOfWork
from persistence.types import SessionID, WorkspaceID
from tools.access import Access, Caller
from tools.errors import KeyReused
from tools.jobs.service import NewItem, submit
from tools.queue import Queue
from tools.sessions.lookup import SessionReference, find_or_create_session
from tools.turns.beginning.admission import admit
from tools.turns.limits import check_limits
from tools.turns.requests import MessageRequest
from tools.turns.settings import TurnSettings
from tools.turns.starting import refuse_busy

Json = dict[str, Any]


async def start_talking(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    request: MessageRequest,
    *,
    settings: TurnSettings,
    queue: Queue,
) -> Job:
    """The job of a message, or the one that this very message has already. For members and above.

    Raises NotFound, Forbidden, QuotaExceeded, KeyReused, and Conflict while another turn of the talk runs.
    """
    access = await admit(uow, caller, workspace_id)
    known = await _known_job(uow, access, request)
    if known is not None:
        return known
    session = await find_or_create_session(uow, access, request.session)
    refuse_busy(session)
    await check_limits(uow, access, settings)
    item = NewItem(_as_json(request, session.id))
    return await submit(uow, caller, workspace_id, AsyncJobType.DISCOVERY_CHAT, [item], queue=queue)


def request_of(stored: Json) -> MessageRequest:
    """The message that a job's item holds."""
    return MessageRequest(
        SessionReference(session_id=SessionID(stored["sessionId"])),
        stored["text"],
        stored["messageId"],
        keyed=stored["keyed"],
    )


def _as_json(request: MessageRequest, session_id: SessionID) -> Json:
    """Every message gets a name: who begins it again then joins its turn."""
    return {
        "sessionId": session_id,
        "text": request.text,
        "messageId": request.message_id or f"job:{uuid4()}",
        "keyed": request.keyed,
    }


async def _known_job(uow: UnitOfWork, access: Access, request: MessageRequest) -> Job | None:
    """The job of the caller's message of this name, unless it failed: then the message is tried anew. All starts of a person wait for one another, so there is one."""
    if request.message_id is None:
        return None
    statement = (
        select(Job, JobItem.input["text"].astext)
        .join(JobItem, JobItem.job_id == Job.id)
        .where(
            Job.workspace_id == access.workspace_id,
            Job.user_id == access.caller.user_id,
            Job.type == AsyncJobType.DISCOVERY_CHAT,
            Job.status.not_in([JobStatus.FAILED, JobStatus.CANCELLED]),
            JobItem.input["messageId"].astext == request.message_id,
        )
        .order_by(Job.created_at.desc())
        .limit(1)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        return None
    job: Job = row[0]
    if row[1] != request.text:
        if request.keyed:
            raise KeyReused("This Idempotency-Key was used for another message.")
        return None
    return job
