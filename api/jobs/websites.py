"""The task `scrape-website`: reads a company's website and keeps what it says."""

from contextlib import AsyncExitStack
from uuid import UUID

from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.work import begin_step, work_on
from persistence.models.job import AsyncJobType
from persistence.types import JobID, WorkspaceID
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS
from tools.providers.models.assembly import build_router
from tools.providers.website.reader import WebsiteReader
from tools.usage.service import Spender
from tools.websites import service
from tools.websites.reading import ReadingStep, SiteReader, read_site


def open_scrape(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a reader and a router of models of its own."""
    pages = WebsiteReader(services.settings.website)
    stack.push_async_callback(pages.close)
    models = build_router(services.settings.models)
    stack.push_async_callback(models.close)
    reader = SiteReader(pages, models)

    async def work(item: ClaimedItem) -> None:
        await read_and_keep(services, reader, item)

    async def scrape(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return scrape


async def read_and_keep(services: WorkerServices, reader: SiteReader, item: ClaimedItem) -> None:
    """One website. Its pages, its usage and the item's end are written in one transaction."""

    async def begin(step: ReadingStep) -> None:
        await begin_step(services, item, step)

    url, depth, keep_in = item.input["url"], item.input.get("depth", 0), item.input.get("workspaceId")
    reading = await read_site(reader, url, depth=depth, begin=begin)
    await begin(ReadingStep.SAVE)
    output = service.website_read(reading).model_dump(mode="json", by_alias=True)
    async with services.database.unit_of_work() as uow:
        await claims.finish(uow, item, output)
        if keep_in is not None:
            await service.keep_reading(uow, WorkspaceID(keep_in), reading)
        spender = Spender(item.workspace_id, item.user_id, job_id=item.job_id)
        await service.record_reading(uow, spender, reading)


TASKS: dict[str, Open] = {KINDS[AsyncJobType.WEBSITE_SCRAPE].task: open_scrape}
