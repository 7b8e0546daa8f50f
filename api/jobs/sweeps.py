"""The tasks of the schedule: what makes lost messages, dead workers and old rows harmless."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import structlog

from api.buying import make_resolver, make_wiza
from api.jobs.enrichment import put_back
from api.jobs.names import APPLY_RETENTION, FORGET_OLD, RESOLVE_CALLS, SWEEP, SWEEP_RUNS, SWEEP_TURNS
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.together import tidy_and_close
from api.jobs.work import WORKING_SHARE, report
from persistence.turn_log import TurnLog
from persistence.types import JobID
from tools import idempotency
from tools.exports import service as exports
from tools.jobs import lifetimes, outbox, sweep
from tools.jobs.metrics import measure_queues
from tools.jobs.outbox import Hint, Unsent
from tools.providers.wiza.errors import WizaFailure
from tools.retention.service import apply_retention
from tools.runs.abandoned import fail_abandoned_runs, forget_broken_runs
from tools.turns.abandoned import fail_abandoned
from tools.turns.stopping import forget_unmet
from tools.workspaces.leftovers import StoredLeftovers
from tools.workspaces.removal import StoredRemoval, finish_removals

REMOVAL_SECONDS = 20.0
"""How long one look goes on with the removal of one workspace."""

log = structlog.get_logger(__name__)


def open_sweep(services: WorkerServices, _stack: AsyncExitStack) -> Handler:
    """Send what was not sent, send again for what is due, close what is over."""
    settings = services.settings.worker

    async def run() -> None:
        async with services.database.unit_of_work() as uow:
            if not await sweep.lead_sweep(uow):
                return
            unsent = await outbox.take_unsent(uow, grace=settings.outbox_grace)
            over = await sweep.jobs_over(uow)
            hints = await sweep.due_hints(uow, settings)
            await measure_queues(uow)
        await _send_outbox(services, unsent)
        await _publish(services, hints)
        for job_id in over:
            await _close(services, job_id)

    return run


async def _close(services: WorkerServices, job_id: JobID) -> None:
    """End a job that is over. One that can't be ended holds up no other; the next sweep tries again."""
    try:
        async with services.database.unit_of_work() as uow:
            if not await sweep.end_dead(uow, job_id):
                return
        await tidy_and_close(services, job_id, put_back)
        await report(services, job_id)
    except Exception as error:
        log.exception("sweep.job_not_closed", job_id=str(job_id), error=type(error).__name__)


def open_sweep_turns(services: WorkerServices, _stack: AsyncExitStack) -> Handler:
    """Fail turns that no process took over."""

    async def run() -> None:
        async with services.database.unit_of_work() as uow:
            failed = await fail_abandoned(uow)
            await forget_unmet(uow)
        if failed:
            log.warning("turns.abandoned", count=failed)

    return run


def open_sweep_runs(services: WorkerServices, _stack: AsyncExitStack) -> Handler:
    """End as failed runs of graphs that have no process any more, and forget what nobody takes up."""
    settings = services.settings.runs

    async def run() -> None:
        async with services.database.unit_of_work() as uow:
            failed = await fail_abandoned_runs(uow, settings)
            await forget_broken_runs(uow, settings)
        if failed:
            log.warning("runs.abandoned", count=failed)

    return run


def open_forget_old(services: WorkerServices, _stack: AsyncExitStack) -> Handler:
    """Remove what nobody can ask for any more, and the rest of workspaces whose removal was cut off."""
    turns = services.settings.turns
    turn_log = TurnLog(services.redis, turns.log_running_ttl, turns.log_ttl)
    leftovers = StoredLeftovers(services.database, turn_log)
    removal = StoredRemoval(services.database, leftovers, patience=REMOVAL_SECONDS)

    async def run() -> None:
        async with services.database.unit_of_work() as uow:
            await idempotency.forget_old(uow)
        async with services.database.unit_of_work() as uow:
            await lifetimes.forget_expired(uow, services.settings.worker)
            await outbox.forget_sent(uow)
            await exports.forget_useless(uow)
        await finish_removals(services.database, removal)

    return run


def open_resolve_calls(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """Find out what became of paid calls whose sender died or lost the answer."""
    wiza = make_wiza(services.settings, services.redis)
    stack.push_async_callback(wiza.close)
    resolver = make_resolver(services.settings, services.database, wiza)
    # A look that is begun may ask Wiza twice: it ends before the time limit kills the process.
    seconds = services.settings.worker.time_limit * WORKING_SHARE - 2 * services.settings.wiza.total_timeout

    async def run() -> None:
        if services.settings.wiza.api_key is None:
            return
        try:
            found = await resolver.resolve(seconds=seconds)
        except WizaFailure as failure:
            log.warning("paid_calls.not_resolved", error=type(failure).__name__)
            return
        if found:
            log.info("paid_calls.resolved", resolved=found)

    return run


def open_apply_retention(services: WorkerServices, _stack: AsyncExitStack) -> Handler:
    """Remove for good what was kept as long as the settings say."""

    async def run() -> None:
        removed = await apply_retention(
            services.database, services.settings.retention, patience=REMOVAL_SECONDS
        )
        if removed:
            log.info("retention.applied", removed=removed)

    return run


async def _send_outbox(services: WorkerServices, unsent: Sequence[Unsent]) -> None:
    sent = await _publish(services, [message.hint for message in unsent])
    if sent:
        async with services.database.unit_of_work() as uow:
            await outbox.mark_sent(uow, [message.id for message in unsent[:sent]])


async def _publish(services: WorkerServices, hints: Sequence[Hint]) -> int:
    """Send messages in order until one fails; how many were sent. The next sweep sends the others."""
    for number, hint in enumerate(hints):
        try:
            await asyncio.to_thread(services.publisher.publish, hint)
        except Exception as error:  # noqa: BLE001 — whatever the broker's client raises, the rows stay due
            log.warning("sweep.not_sent", task=hint.task, error=type(error).__name__)
            return number
    return len(hints)


TASKS: dict[str, Open] = {
    SWEEP: open_sweep,
    SWEEP_TURNS: open_sweep_turns,
    SWEEP_RUNS: open_sweep_runs,
    RESOLVE_CALLS: open_resolve_calls,
    FORGET_OLD: open_forget_old,
    APPLY_RETENTION: open_apply_retention,
}
