"""The task `search-leads`: people who match a campaign's filters, made its leads."""

from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID

from api.buying import make_wiza
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.work import begin_step, work_on
from persistence.models.job import AsyncJobType
from persistence.types import JobID
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS
from tools.prospecting.pages import Pages
from tools.prospecting.searching import Searcher, SearchStep


def open_search(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a Wiza of its own."""
    wiza = make_wiza(services.settings, services.redis)
    stack.push_async_callback(wiza.close)
    age = timedelta(seconds=2 * services.settings.wiza.total_timeout)
    searcher = Searcher(services.database, Pages(services.database, wiza, age=age))

    async def work(item: ClaimedItem) -> None:
        async def begin(step: SearchStep) -> None:
            await begin_step(services, item, step)

        await searcher.search(item, begin)

    async def search(job_id: str) -> None:
        await work_on(services, JobID(UUID(job_id)), work)

    return search


TASKS: dict[str, Open] = {KINDS[AsyncJobType.WIZA_SEARCH].task: open_search}
