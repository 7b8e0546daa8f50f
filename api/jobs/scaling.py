"""The tasks `scale-campaign`, six steps of which three are jobs of their own, and `run-autopilot`, which asks for it."""

from contextlib import AsyncExitStack
from uuid import UUID

import structlog

from api.jobs.names import RUN_AUTOPILOT
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.work import begin_step, work_on
from api.queue import OutboxQueue
from persistence.models.job import AsyncJobType
from persistence.types import JobID
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS
from tools.scaling.autopilot import Autopilot
from tools.scaling.scaling import Scaler, ScaleStep

log = structlog.get_logger(__name__)


def open_scaling(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a queue of its own, for the jobs it starts."""
    queue = OutboxQueue(services.database, services.publisher, grace=services.settings.worker.outbox_grace)
    stack.push_async_callback(queue.close)
    scaler = Scaler(services.database, queue)

    async def work(item: ClaimedItem) -> None:
        async def begin(step: ScaleStep) -> None:
            await begin_step(services, item, step)

        await scaler.scale(item, begin)

    async def scale(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return scale


def open_autopilot(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The schedule's look for campaigns that are due."""
    queue = OutboxQueue(services.database, services.publisher, grace=services.settings.worker.outbox_grace)
    stack.push_async_callback(queue.close)
    autopilot = Autopilot(services.database, queue)

    async def run() -> None:
        if services.settings.wiza.api_key is None:
            return
        started = await autopilot.run()
        if started:
            log.info("autopilot.started", count=started)

    return run


TASKS: dict[str, Open] = {
    KINDS[AsyncJobType.CAMPAIGN_SCALE].task: open_scaling,
    RUN_AUTOPILOT: open_autopilot,
}
