"""What every way to start a turn needs: no other turn running, the lease, the run's row."""

import time
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession, DiscoverySessionStatus
from persistence.session import UnitOfWork
from persistence.types import SessionID, WorkspaceID
from tools.access import Access, Caller
from tools.errors import Conflict
from tools.turns import lease
from tools.turns.requests import OpenedTurn
from tools.turns.settings import TurnSettings

GRAPH = "discovery"
TURN_COUNT = "turnCount"
KEEP_MESSAGES = "keepMessages"
"""Keys in a run's `input`, for whoever takes it over: fields of OpenedTurn."""


def refuse_busy(session: DiscoverySession) -> None:
    """Raise Conflict when the talk is completed or a turn of it runs, or waits to be taken over."""
    if session.status is not DiscoverySessionStatus.ACTIVE:
        raise Conflict("This conversation is completed. Start a new one.", code="session_completed")
    if session.active_turn_id is not None:
        raise turn_running(session)


def turn_running(session: DiscoverySession) -> Conflict:
    """What says that somebody has to wait, and for which turn."""
    return Conflict(
        "An answer is being written in this conversation. Wait for it or stop it.",
        code="turn_running",
        extra={"turnId": str(session.active_turn_id), "sessionId": session.id},
    )


def ask_lease(session_id: SessionID, turn_id: UUID, settings: TurnSettings) -> lease.Lease:
    """A lease for `begin_run` to take: its time runs from now, so that it can't end later than Postgres thinks."""
    return lease.Lease(session_id, turn_id, 0, seconds=settings.lease, asked=time.monotonic())


def _begin() -> ReturningInsert[int]:
    """One statement takes the lease and, when nobody else holds it, writes the run's row with its fence."""
    held = lease.TAKE.cte("held")
    row = [bindparam(name, type_=RUN.c[column].type) for name, column in GIVEN.items()]
    columns = [*GIVEN.values(), RUN.c.Fence.name]
    return insert(RUN).from_select(columns, select(*row, held.c.fence)).returning(RUN.c.Fence)


RUN = cast(Table, AgentRun.__table__)
GIVEN = {
    "run": "AgentRunID",
    "workspace": "ProjectID",
    "user": "UserID",
    "graph": "Graph",
    "kind": "Kind",
    "of_session": "DiscoverySessionID",
    "thread": "ThreadID",
    "client_message": "ClientMessageID",
    "message": "MessageID",
    "status": "Status",
    "input": "Input",
    "started": "StartedAt",
}
"""Columns of a new run by the names of their values."""
BEGIN = _begin()


async def begin_run(
    uow: UnitOfWork, access: Access, opened: OpenedTurn, details: dict[str, Any], *, owner: str
) -> None:
    """Take the turn's lease and write its run's row. `details` are kept as its input. Raises Conflict when somebody holds it."""
    taken = lease.taking(opened.session_id, opened.turn_id, owner=owner, seconds=opened.lease.seconds)
    # What was changed in loaded rows goes first.
    await uow.session.flush()
    given = {
        **taken,
        "of_session": opened.session_id,
        **new_row(access.caller, access.workspace_id, opened, details),
    }
    fence = (await uow.session.execute(BEGIN, given)).scalar_one_or_none()
    if fence is None:
        raise Conflict("An answer is being written in this conversation.", code="turn_running")
    opened.lease.grant(fence)


def new_row(
    caller: Caller, workspace_id: WorkspaceID, opened: OpenedTurn, details: dict[str, Any]
) -> dict[str, Any]:
    """The values of a new run's row by the names of `GIVEN`, but for its session."""
    return {
        "run": opened.turn_id,
        "workspace": workspace_id,
        "user": caller.user_id,
        "graph": GRAPH,
        "kind": opened.kind,
        "thread": opened.thread_id,
        "client_message": opened.client_message_id,
        "message": opened.message_id,
        "status": AgentRunStatus.RUNNING,
        "input": {**details, TURN_COUNT: opened.turn_count, KEEP_MESSAGES: opened.keep_messages},
        "started": opened.now,
    }
