"""Stopping a turn: a mark in Postgres, which the process that runs it looks for.

A stop may overtake the message it is meant for. It then waits for that message, by the id the client gave it.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from persistence.driver.connections import DirectConnections
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import EarlyStop
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import AgentRunID
from tools.access import Access

EARLY = timedelta(minutes=10)
"""How long a stop waits for its message."""


async def request_stop(uow: UnitOfWork, turn_id: UUID) -> None:
    """Mark a running turn; harmless for one that has ended."""
    await Repository(uow.session, AgentRun).update(
        {"stop_requested_at": func.now()},
        AgentRun.id == AgentRunID(turn_id),
        AgentRun.status == AgentRunStatus.RUNNING,
    )


async def stop_early(uow: UnitOfWork, access: Access, client_message_id: str) -> bool:
    """Let a stop wait for the caller's message of this id; whether it does: not for a message that has its turn."""
    known = select(AgentRun.id).where(
        AgentRun.workspace_id == access.workspace_id,
        AgentRun.user_id == access.caller.user_id,
        AgentRun.client_message_id == client_message_id,
    )
    if (await uow.session.execute(known.limit(1))).scalar_one_or_none() is not None:
        return False
    values = {
        "workspace_id": access.workspace_id,
        "user_id": access.caller.user_id,
        "client_message_id": client_message_id,
    }
    await uow.session.execute(insert(EarlyStop).values(**values).on_conflict_do_nothing())
    return True


STOPS = (
    'SELECT run."AgentRunID" FROM "AgentRuns" run WHERE run."AgentRunID" = ANY($1) AND ('
    'run."StopRequestedAt" IS NOT NULL OR EXISTS (SELECT 1 FROM "EarlyStops" early '
    'WHERE early."ProjectID" = run."ProjectID" AND early."UserID" = run."UserID" '
    'AND early."ClientMessageID" = run."ClientMessageID" AND early."CreatedAt" > now() - $2::interval))'
)
"""A process with turns asks it twice a second."""


async def stop_requests(connections: DirectConnections, turn_ids: Collection[UUID]) -> list[UUID]:
    """Those of the given turns that somebody wants stopped, before they began or since."""
    return [UUID(str(row[0])) for row in await connections.rows(STOPS, list(turn_ids), EARLY)]


async def forget_early(uow: UnitOfWork, turn_ids: Collection[UUID]) -> None:
    """Remove the stops that waited for these turns, so that another answer to the same message is not stopped."""
    meant = and_(
        AgentRun.id.in_([AgentRunID(turn_id) for turn_id in turn_ids]),
        EarlyStop.workspace_id == AgentRun.workspace_id,
        EarlyStop.user_id == AgentRun.user_id,
        EarlyStop.client_message_id == AgentRun.client_message_id,
    )
    await uow.session.execute(delete(EarlyStop).where(meant).execution_options(synchronize_session=False))


async def forget_unmet(uow: UnitOfWork) -> None:
    """Remove stops whose message never came."""
    await Repository(uow.session, EarlyStop).delete(EarlyStop.created_at <= func.now() - EARLY)
