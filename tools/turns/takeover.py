"""Turns whose process died: claimed by another one, which gets all it needs to go on with them out of the run's row."""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select

from persistence.driver.connections import DirectConnections
from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoverySession
from persistence.models.user import User
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.threads import delete_threads
from persistence.types import AgentRunID
from tools.access import Access, Caller, require_role
from tools.errors import Forbidden, NotFound
from tools.turns import lease as leases
from tools.turns.forks import AFTER, RESUMES, SEED
from tools.turns.lease import Lease
from tools.turns.pending import match_answers, told_calls
from tools.turns.requests import ApprovalAnswer, OpenedTurn, TurnKind
from tools.turns.settings import TurnSettings
from tools.turns.starting import KEEP_MESSAGES, TURN_COUNT

MAX_ATTEMPTS = 4
"""A turn that has taken this many processes with it is not tried again."""

Fate = Literal["go_on", "stopped", "lost"]


@dataclass(frozen=True)
class ClaimedTurn:
    """A dead turn that this process owns now. `fate`: whether to go on with it, or only to end it and why."""

    opened: OpenedTurn
    access: Access
    fate: Fate


DEAD = 'SELECT 1 FROM "DiscoverySessions" WHERE "ActiveTurnID" IS NOT NULL AND "LeaseUntil" < now() LIMIT 1'


async def is_any_dead(connections: DirectConnections) -> bool:
    """Whether there may be something to claim: nearly never, and every process asks all the time."""
    return bool(await connections.rows(DEAD))


async def claim_dead(uow: UnitOfWork, *, owner: str, settings: TurnSettings) -> ClaimedTurn | None:
    """Claim the turn that has been dead the longest; None when there is none, or others are at them.

    A turn whose asker does not exist any more is nobody's: `tools/turns/abandoned.py` ends it.
    """
    statement = (
        select(AgentRun, User)
        .select_from(DiscoverySession)
        .join(AgentRun, AgentRun.id == DiscoverySession.active_turn_id)
        .join(User, User.id == AgentRun.user_id)
        .where(
            DiscoverySession.active_turn_id.is_not(None),
            DiscoverySession.lease_until < func.now(),
            User.supabase_user_id.is_not(None),
        )
        .order_by(DiscoverySession.lease_until)
        .limit(1)
        .with_for_update(of=DiscoverySession, skip_locked=True)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        return None
    run, user = row
    assert run.session_id is not None
    lease = await leases.take(uow, run.session_id, run.id, owner=owner, seconds=settings.lease)
    assert lease is not None, "the row is locked and its lease has ended"
    run.attempt += 1
    run.fence = lease.fence
    assert user.supabase_user_id is not None
    caller = Caller(user.id, user.client_id, user.supabase_user_id, user.email, user.name)
    access = await _access(uow, caller, run)
    fate = _fate(run, access)
    return ClaimedTurn(await reopened(uow, run, lease), access or _nobody(caller, run), fate)


def _fate(run: AgentRun, access: Access | None) -> Fate:
    if run.stop_requested_at is not None:
        return "stopped"
    return "lost" if access is None or run.attempt > MAX_ATTEMPTS else "go_on"


async def _access(uow: UnitOfWork, caller: Caller, run: AgentRun) -> Access | None:
    """Who asked may have left the workspace in the meantime."""
    try:
        return await require_role(uow, caller, run.workspace_id, ProjectRole.MEMBER)
    except (NotFound, Forbidden):
        return None


def _nobody(caller: Caller, run: AgentRun) -> Access:
    """For ending a turn whose asker may do nothing any more."""
    return Access(caller, run.workspace_id, ProjectRole.VIEWER)


async def reopened(uow: UnitOfWork, run: AgentRun, lease: Lease) -> OpenedTurn:
    """The turn as it was opened, one attempt later."""
    given = run.input
    answers = tuple(
        ApprovalAnswer(said["approvalId"], said["approved"], said["reason"])
        for said in given.get("answers", [])
    )
    waited = await _run(uow, given.get(RESUMES))
    told = (waited.events or []) if waited else []
    kind: TurnKind = run.kind  # type: ignore[assignment]  # written by begin_run from the same words
    assert run.session_id is not None
    assert run.thread_id is not None
    return OpenedTurn(
        session_id=run.session_id,
        turn_id=run.id,
        thread_id=run.thread_id,
        message_id=str(run.message_id),
        client_message_id=run.client_message_id,
        kind=kind,
        text=str(given.get("text", "")),
        lease=lease,
        turn_count=int(given[TURN_COUNT]),
        now=run.started_at,
        keep_messages=given[KEEP_MESSAGES],
        after=_id(given.get(AFTER) or given.get(RESUMES)),
        seed=_id(given.get(SEED)),
        answers=answers,
        answered_calls=match_answers(told, answers) or {},
        told_calls=told_calls(told),
        attempt=run.attempt,
    )


async def restart_elsewhere(
    uow: UnitOfWork, opened: OpenedTurn, thread_id: UUID, seed: UUID | None
) -> OpenedTurn:
    """Let the turn begin again in a new thread: what the old one holds of it can't be told any more. Raises LeaseLost."""
    await leases.hold(uow, opened.lease)
    await Repository(uow.session, DiscoverySession).update(
        {"thread_id": thread_id}, DiscoverySession.id == opened.session_id
    )
    run = await _run(uow, opened.turn_id)
    assert run is not None
    run.thread_id = thread_id
    run.input = {**run.input, SEED: None if seed is None else str(seed)}
    await uow.session.flush()
    await delete_threads(uow, [opened.thread_id])
    return replace(opened, thread_id=thread_id, seed=seed)


async def _run(uow: UnitOfWork, run_id: object) -> AgentRun | None:
    if run_id is None:
        return None
    return await Repository(uow.session, AgentRun).get(AgentRun.id == AgentRunID(UUID(str(run_id))))


def _id(text: object) -> UUID | None:
    return UUID(str(text)) if text else None
