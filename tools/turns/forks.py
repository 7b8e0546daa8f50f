"""Going back in a talk: another answer to a message, or the message edited. What followed it leaves the talk, not the record.

A fork begins a thread of its own from the state that the turn before left in our tables, so that no old checkpoint has to
be kept for it. Until the fork has ended, the old thread stays.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoveryMessage, DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID, SessionID
from tools.errors import Conflict
from tools.turns.states import GONE, read_state

AFTER = "after"
"""Key in a run's `input`: the run it follows in the talk, null for the first."""
SEED = "seed"
"""Key in a run's `input`: the run whose state its new thread began with; absent when its thread went on."""
RESUMES = "resumes"
"""Key in the `input` of a run that goes on after an approval: the run that waited."""

LEFT_A_STATE = (AgentRunStatus.DONE, AgentRunStatus.WAITING)
"""Runs that came so far always left a state; others may have ended before they had one."""


@dataclass(frozen=True)
class Base:
    """What a turn goes on from. `after`: the run before it in the talk. `seed`: the run whose state a new thread begins
    with; None when the session's thread holds the state, or when there is none yet.
    """

    after: UUID | None
    seed: UUID | None


@dataclass(frozen=True)
class Fork:
    """Where a talk goes on from: how many of its messages stay, and how many turns they are."""

    keep_messages: int
    turns_before: int
    base: Base


async def fork_before(uow: UnitOfWork, session: DiscoverySession, run: AgentRun) -> Fork:
    """Take the talk back to before `run`. Its message id, and those of all later turns, are free again.

    Raises Conflict when the state before it is not stored any more.
    """
    if AFTER not in run.input:
        raise Conflict(GONE, code="state_gone")
    after = _run_id(run.input[AFTER])
    seed = await state_at(uow, after)
    if seed is not None:
        await read_state(uow, seed)
    keep, turns_before = await _talk_before(uow, session.id, run.client_message_id)
    session.thread_id = uuid4()
    await Repository(uow.session, AgentRun).update(
        {"client_message_id": None},
        AgentRun.session_id == session.id,
        AgentRun.started_at >= run.started_at,
    )
    await uow.session.flush()
    return Fork(keep, turns_before, Base(after, seed))


async def newest_base(uow: UnitOfWork, session: DiscoverySession) -> Base:
    """What the next turn of a talk goes on from. A newest run that left no state in this thread is passed over."""
    statement = (
        select(AgentRun.id, AgentRun.thread_id, AgentRun.status, AgentRun.state.is_not(None))
        .where(AgentRun.session_id == session.id)
        .order_by(AgentRun.started_at.desc())
        .limit(1)
    )
    newest = (await uow.session.execute(statement)).one_or_none()
    if newest is None:
        return Base(None, None)
    run_id, thread_id, status, has_state = newest
    in_thread = thread_id == session.thread_id and (has_state or status in LEFT_A_STATE)
    return Base(run_id, None if in_thread else await state_at(uow, run_id))


async def state_at(uow: UnitOfWork, run_id: UUID | None) -> UUID | None:
    """The newest run up to this one, going back in the talk, that left a state. Raises Conflict when it is gone."""
    while run_id is not None:
        statement = select(AgentRun.input, AgentRun.status, AgentRun.state.is_not(None))
        row = (await uow.session.execute(statement.where(AgentRun.id == AgentRunID(run_id)))).one_or_none()
        if row is not None and row[2]:
            return run_id
        if row is None or row[1] in LEFT_A_STATE:
            raise Conflict(GONE, code="state_gone")
        given = row[0]
        run_id = _run_id(given.get(RESUMES) or given.get(AFTER))
    return None


@dataclass(frozen=True)
class RunBefore:
    """A run of a talk, as far as it matters to who looks for a state."""

    id: UUID
    has_state: bool
    version: int


async def runs_back(uow: UnitOfWork, session_id: SessionID, run_id: UUID | None) -> list[RunBefore]:
    """This run of a talk and those that it came after, newest first."""
    statement = select(
        AgentRun.id, AgentRun.input, AgentRun.state.is_not(None), AgentRun.state_version
    ).where(AgentRun.session_id == session_id)
    rows = {UUID(str(row[0])): row for row in (await uow.session.execute(statement)).all()}
    line: list[RunBefore] = []
    while run_id is not None and (row := rows.pop(run_id, None)) is not None:
        _, given, has_state, version = row
        line.append(RunBefore(run_id, has_state, version))
        run_id = _run_id(given.get(RESUMES) or given.get(AFTER))
    return line


async def _talk_before(uow: UnitOfWork, session_id: SessionID, message_id: str | None) -> tuple[int, int]:
    """How many messages stand before the one with this id, and how many of them are the user's; all when it is not there."""
    place = (
        select(func.min(DiscoveryMessage.position))
        .where(
            DiscoveryMessage.session_id == session_id,
            DiscoveryMessage.message["id"].astext == message_id,
            DiscoveryMessage.message["role"].astext == "user",
        )
        .scalar_subquery()
    )
    mine = DiscoveryMessage.message["role"].astext == "user"
    before = func.coalesce(DiscoveryMessage.position < place, True)
    statement = select(func.count(), func.count().filter(mine)).where(
        DiscoveryMessage.session_id == session_id, before
    )
    kept, turns = (await uow.session.execute(statement)).one()
    return int(kept), int(turns)


def _run_id(text: object) -> UUID | None:
    return UUID(str(text)) if text else None
