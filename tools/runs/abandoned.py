"""Runs whose process died: ended as failed by the sweep, and kept for a while for the same request to go on with."""

from datetime import timedelta

from sqlalchemy import func, select

from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.session import UnitOfWork
from persistence.threads import delete_threads
from tools.runs.service import KIND
from tools.runs.settings import RunSettings

ERROR_CODE = "abandoned"


async def fail_abandoned_runs(uow: UnitOfWork, settings: RunSettings, *, limit: int = 100) -> int:
    """End as failed what runs for longer than any process would; how many. The same request still goes on with them."""
    statement = (
        select(AgentRun)
        .where(
            AgentRun.status == AgentRunStatus.RUNNING,
            AgentRun.kind == KIND,
            AgentRun.started_at < func.now() - settings.dead_after,
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    runs = (await uow.session.execute(statement)).scalars().all()
    now = (await uow.session.execute(select(func.now()))).scalar_one()
    for run in runs:
        run.status, run.error_code, run.finished_at = AgentRunStatus.FAILED, ERROR_CODE, now
        run.duration_ms = int((now - run.started_at) / timedelta(milliseconds=1))
    return len(runs)


async def forget_broken_runs(uow: UnitOfWork, settings: RunSettings, *, limit: int = 100) -> int:
    """Remove the threads of failed runs that nobody can take up any more; how many. Their rows stay."""
    statement = (
        select(AgentRun)
        .where(
            AgentRun.kind == KIND,
            AgentRun.thread_id.is_not(None),
            AgentRun.started_at < func.now() - settings.taken_up_within,
            AgentRun.status != AgentRunStatus.RUNNING,
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    runs = (await uow.session.execute(statement)).scalars().all()
    threads = [run.thread_id for run in runs if run.thread_id is not None]
    for run in runs:
        run.thread_id = None
    if threads:
        await delete_threads(uow, threads)
    return len(runs)
