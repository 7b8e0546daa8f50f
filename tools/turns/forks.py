"""Going back in a talk: another answer to a message, or the message edited. What followed it leaves the talk, not the record."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from persistence.models.agent_run import AgentRun
from persistence.models.discovery import DiscoverySession
from persistence.repositories import Repository
from persistence.session import UnitOfWork

CHECKPOINT_BEFORE = "checkpointBefore"
"""Key in a run's `input`: the checkpoint the turn began from, null for a thread's first turn."""


@dataclass(frozen=True)
class Fork:
    """Where a talk goes on from. `checkpoint` None: from the thread's newest state."""

    keep_messages: int
    turns_before: int
    checkpoint: str | None


async def fork_before(uow: UnitOfWork, session: DiscoverySession, run: AgentRun) -> Fork:
    """Take the talk back to before `run`. Its message id, and those of all later turns, are free again.

    A first turn has no state before it: its fork begins a new thread.
    """
    talk = select(DiscoverySession.messages).where(DiscoverySession.id == session.id)
    messages = (await uow.session.execute(talk)).scalar_one()
    ids = [message.get("id") for message in messages]
    keep = ids.index(run.client_message_id) if run.client_message_id in ids else len(messages)
    turns_before = sum(message["role"] == "user" for message in messages[:keep])
    checkpoint = run.input.get(CHECKPOINT_BEFORE)
    if checkpoint is not None:
        session.thread_id = run.thread_id or session.thread_id
    elif CHECKPOINT_BEFORE in run.input:
        session.thread_id = uuid4()
    await Repository(uow.session, AgentRun).update(
        {"client_message_id": None},
        AgentRun.session_id == session.id,
        AgentRun.started_at >= run.started_at,
    )
    await uow.session.flush()
    return Fork(keep, turns_before, checkpoint)
