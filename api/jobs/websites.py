"""The task `scrape-website`: reads a company's website and keeps what it says."""

from contextlib import AsyncExitStack
from uuid import UUID

from agents.website.reader import GraphSiteReader
from api.jobs.graphs import open_graphs
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.work import begin_step, work_on
from persistence.models.job import AsyncJobType
from persistence.session import UnitOfWork
from persistence.types import JobID, WorkspaceID
from tools.errors import Forbidden
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS
from tools.providers.website.reader import WebsiteReader
from tools.users.queries import caller_of_user
from tools.websites import service
from tools.websites.reading import ReadingStep, SiteReader, SiteReading, SiteRequest

STEPS: dict[ReadingStep, int] = {"fetch": 0, "extract": 1, "cleanup": 2, "keep": 3}
"""The steps of a reading that the job counts (`tools/jobs/steps.py`)."""


async def open_scrape(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a reader of the child's own."""
    pages = WebsiteReader(services.settings.website)
    stack.push_async_callback(pages.close)
    reader = GraphSiteReader(await open_graphs(services, stack, pages), pages)

    async def work(item: ClaimedItem) -> None:
        await read_and_keep(services, reader, item)

    async def scrape(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return scrape


async def read_and_keep(services: WorkerServices, reader: SiteReader, item: ClaimedItem) -> None:
    """One website. The item's end, the reading and its run's are written in one transaction.

    A worker that takes over an item whose worker died goes on behind what that one had reached.
    """

    async def begin(step: ReadingStep) -> None:
        if step in STEPS:
            await begin_step(services, item, STEPS[step])

    async def keep(uow: UnitOfWork, reading: SiteReading) -> None:
        output = service.website_read(reading).model_dump(mode="json", by_alias=True)
        await claims.finish(uow, item, output)

    async with services.database.unit_of_work() as uow:
        if item.user_id is None:
            raise Forbidden("Whoever asked for this is gone.", code="account_disabled")
        caller = await caller_of_user(uow, item.user_id)
    kept = item.input.get("workspaceId")
    asked = SiteRequest(
        url=item.input["url"],
        depth=item.input.get("depth", 0),
        workspace_id=item.workspace_id,
        keep_in=None if kept is None else WorkspaceID(kept),
        job_id=item.job_id,
    )
    await reader.read(caller, asked, began=begin, keep=keep)


TASKS: dict[str, Open] = {KINDS[AsyncJobType.WEBSITE_SCRAPE].task: open_scrape}
