"""Stopping a turn: a mark in Postgres, which the process that runs it looks for."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID


async def request_stop(uow: UnitOfWork, turn_id: UUID) -> None:
    """Mark a running turn; harmless for one that has ended."""
    await Repository(uow.session, AgentRun).update(
        {"stop_requested_at": func.now()},
        AgentRun.id == AgentRunID(turn_id),
        AgentRun.status == AgentRunStatus.RUNNING,
    )


async def stop_requests(uow: UnitOfWork, turn_ids: Collection[UUID]) -> list[UUID]:
    """Those of the given turns that somebody wants stopped."""
    # One statement needs no BEGIN and COMMIT around it.
    await uow.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    statement = select(AgentRun.id).where(
        AgentRun.id.in_([AgentRunID(turn_id) for turn_id in turn_ids]),
        AgentRun.stop_requested_at.is_not(None),
    )
    return list((await uow.session.execute(statement)).scalars())
