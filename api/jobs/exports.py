"""The task `export-data`: takes a snapshot of what a workspace holds and writes it as a file, part by part."""

from contextlib import AsyncExitStack
from uuid import UUID

from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.work import work_through
from persistence.models.job import AsyncJobType
from persistence.session import Database
from persistence.types import JobID
from tools.exports import parts
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS

SNAPSHOT_SHARE = 0.8
"""Of the time limit, how much the one statement that finds all rows may take."""


def open_export(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a connection of its own, whose statements may take longer than a request's."""
    patience = services.settings.worker.time_limit * SNAPSHOT_SHARE
    settings = services.settings.database
    patient = settings.model_copy(
        update={"pool_size": 1, "statement_timeout": max(patience, settings.statement_timeout)}
    )
    database = Database(patient)
    stack.push_async_callback(database.close)

    async def work(item: ClaimedItem) -> None:
        if parts.PART in item.input:
            await write_part(services, item)
        else:
            async with database.unit_of_work() as uow:
                await parts.begin_export(uow, item)

    async def export(job_id: str) -> None:
        await work_through(services, JobID(UUID(job_id)), work)

    return export


async def write_part(services: WorkerServices, item: ClaimedItem) -> None:
    """One part. Nothing of the database is held while it is written."""
    async with services.database.unit_of_work() as uow:
        records = await parts.records_of(uow, item)
    content = parts.content_of(item, records)
    async with services.database.unit_of_work() as uow:
        await parts.keep_part(uow, item, content)


TASKS: dict[str, Open] = {KINDS[AsyncJobType.DATA_EXPORT].task: open_export}
