"""Starting a turn for a message: all that may refuse it is asked here, in one transaction, before the client gets an answer."""

from uuid import uuid4

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import SessionID, utc_now
from tools.access import Access
from tools.errors import KeyReused
from tools.sessions.lookup import SessionReference, find_or_create_session
from tools.turns import forks
from tools.turns.forks import Fork
from tools.turns.limits import check_limits
from tools.turns.requests import KnownTurn, MessageRequest, OpenedTurn, TurnKind
from tools.turns.settings import TurnSettings
from tools.turns.starting import ask_lease, begin_run, refuse_busy


async def open_message(
    uow: UnitOfWork, access: Access, request: MessageRequest, *, owner: str, settings: TurnSettings
) -> OpenedTurn | KnownTurn:
    """Open a turn for a message, or find the turn that this very message named before.

    Raises NotFound, Forbidden, Conflict (another turn runs; the talk is completed) and QuotaExceeded.
    """
    access.require(ProjectRole.MEMBER)
    reference = await _reference_of(uow, access, request)
    session = await find_or_create_session(uow, access, reference)
    named = await _named_run(uow, session.id, request.message_id)
    if named is not None and _is_repetition(named, request):
        return KnownTurn(session.id, named.id)
    refuse_busy(session)
    await check_limits(uow, access, settings)
    fork = await forks.fork_before(uow, session, named) if named is not None else None
    text = str(named.input["text"]) if named is not None and request.regenerate else request.text
    return await _open(uow, access, session, request, fork, text=text, owner=owner, settings=settings)


async def _named_run(uow: UnitOfWork, session_id: SessionID, message_id: str | None) -> AgentRun | None:
    if message_id is None:
        return None
    named = AgentRun.client_message_id == message_id
    return await Repository(uow.session, AgentRun).get(AgentRun.session_id == session_id, named)


async def _reference_of(uow: UnitOfWork, access: Access, request: MessageRequest) -> SessionReference:
    """The session that is meant; for a repeated key without a session, the one that its first request made."""
    reference = request.session
    named = reference.session_id is not None or reference.client_chat_id is not None
    if named or not request.keyed:
        return reference
    key = f"{access.workspace_id}:{access.caller.user_id}:{request.message_id}"
    await uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    statement = select(AgentRun.session_id).where(
        AgentRun.workspace_id == access.workspace_id,
        AgentRun.user_id == access.caller.user_id,
        AgentRun.client_message_id == request.message_id,
    )
    session_id = (await uow.session.execute(statement.limit(1))).scalar_one_or_none()
    return reference if session_id is None else SessionReference(session_id=session_id)


def _is_repetition(named: AgentRun, request: MessageRequest) -> bool:
    """Whether the request asks for the very turn that exists, and not for another answer or with another text.

    Raises KeyReused when an Idempotency-Key came back with another text.
    """
    if request.keyed and named.input.get("text") != request.text:
        raise KeyReused("This Idempotency-Key was used for another message.")
    if named.status is AgentRunStatus.FAILED:
        return False
    if request.regenerate:
        return named.status is AgentRunStatus.RUNNING and named.kind == "regenerate"
    return bool(named.input.get("text") == request.text)


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
    # A talk without a turn has nothing that waits and nothing to go on from.
    base = forks.Base(None, None)
    if session.turn_count:
        await _abandon_waiting(uow, session.id)
        base = fork.base if fork else await forks.newest_base(uow, session)
    turn_id = uuid4()
    kind: TurnKind = "regenerate" if request.regenerate else "turn" if fork is None else "edit"
    opened = OpenedTurn(
        session_id=session.id,
        turn_id=turn_id,
        thread_id=session.thread_id,
        message_id=str(uuid4()),
        client_message_id=request.message_id or str(uuid4()),
        kind=kind,
        text=text,
        lease=ask_lease(session.id, turn_id, settings),
        turn_count=(fork.turns_before if fork else session.turn_count) + 1,
        now=utc_now(),
        keep_messages=fork.keep_messages if fork else None,
        after=base.after,
        seed=base.seed,
    )
    after = None if base.after is None else str(base.after)
    seed = {} if base.seed is None else {forks.SEED: str(base.seed)}
    await begin_run(uow, access, opened, {"text": text, forks.AFTER: after, **seed}, owner=owner)
    return opened


async def _abandon_waiting(uow: UnitOfWork, session_id: SessionID) -> None:
    """A new message instead of an answer: what was waiting is over, its approvals are stale."""
    await Repository(uow.session, AgentRun).update(
        {"status": AgentRunStatus.DONE},
        AgentRun.session_id == session_id,
        AgentRun.status == AgentRunStatus.WAITING,
    )
