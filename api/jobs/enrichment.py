"""The tasks `enrich-lead` and `enrich-leads`: leads of one job, many at once, each bought at most once."""

from contextlib import AsyncExitStack
from uuid import UUID

from api.bootstrap import make_enricher, make_wiza
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.together import work_together
from api.jobs.work import begin_step
from persistence.models.job import AsyncJobType
from persistence.types import JobID
from tools.enrichment.enriching import Enricher, EnrichmentStep
from tools.enrichment.letting_go import BATCH, let_go
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS


def open_enrichment(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a Wiza of its own."""
    wiza = make_wiza(services.settings, services.redis)
    stack.push_async_callback(wiza.close)
    enricher = make_enricher(services.settings, services.database, wiza)

    async def work(item: ClaimedItem) -> None:
        await enrich_item(services, enricher, item)

    async def tidy(job_id: JobID) -> None:
        await put_back(services, job_id)

    async def enrich(job_id: str) -> None:
        await work_together(services, JobID(UUID(job_id)), work, tidy)

    return enrich


async def enrich_item(services: WorkerServices, enricher: Enricher, item: ClaimedItem) -> None:
    """One lead; a job of one shows its steps."""
    if not KINDS[item.type].steps:
        await enricher.enrich(item)
        return

    async def begin(step: EnrichmentStep) -> None:
        await begin_step(services, item, step)

    await enricher.enrich(item, begin)


async def put_back(services: WorkerServices, job_id: JobID) -> None:
    """Bring leads that were not enriched back among the found ones."""
    moved = BATCH
    while moved == BATCH:
        async with services.database.unit_of_work() as uow:
            moved = await let_go(uow, [job_id])


TASKS: dict[str, Open] = {
    KINDS[AsyncJobType.LEAD_ENRICHMENT].task: open_enrichment,
    KINDS[AsyncJobType.BULK_LEAD_ENRICHMENT].task: open_enrichment,
}
