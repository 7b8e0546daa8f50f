"""Turns that no process took over: the last net below the lease, cast by the workers' schedule."""

from datetime import timedelta

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.session import UnitOfWork
from tools.turns import lease as leases
from tools.turns.recording import TurnRecord, record_turn
from tools.turns.takeover import reopened

PATIENCE = timedelta(minutes=10)
ERROR_CODE = "abandoned"
OWNER = "sweep"
LEASE_SECONDS = 15.0


async def fail_abandoned(uow: UnitOfWork, *, limit: int = 100) -> int:
    """Fail turns whose lease ended ten minutes ago, and free their sessions; their number.

    What the user asked stays in the talk. The fence moves on, so that an owner that wakes up after all writes nothing.
    """
    statement = (
        select(AgentRun)
        .select_from(DiscoverySession)
        .join(AgentRun, AgentRun.id == DiscoverySession.active_turn_id)
        .where(
            DiscoverySession.active_turn_id.is_not(None), DiscoverySession.lease_until < func.now() - PATIENCE
        )
        .limit(limit)
        .with_for_update(of=DiscoverySession, skip_locked=True)
    )
    runs = (await uow.session.execute(statement)).scalars().all()
    for run in runs:
        await _fail(uow, run)
    return len(runs)


async def _fail(uow: UnitOfWork, run: AgentRun) -> None:
    assert run.session_id is not None
    lease = await leases.take(uow, run.session_id, run.id, owner=OWNER, seconds=LEASE_SECONDS)
    assert lease is not None, "the row is locked and its lease has ended"
    lasted = func.extract("epoch", func.now() - AgentRun.started_at) * 1000
    duration = (await uow.session.execute(select(lasted).where(AgentRun.id == run.id))).scalar_one()
    record = TurnRecord(
        status=AgentRunStatus.FAILED,
        answer="",
        events=(),
        state=None,
        experiments=None,
        duration_ms=int(duration),
        error_code=ERROR_CODE,
    )
    await record_turn(uow, await reopened(uow, run, lease), record)
