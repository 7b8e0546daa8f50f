"""The tasks `enrich-lead` and `enrich-leads`: leads of one job, many at once, each bought at most once."""

from contextlib import AsyncExitStack
from uuid import UUID

from api.buying import make_enricher, make_together, make_wiza
from api.jobs.process import Handler, Open, WorkerServices
from api.jobs.together import work_together
from api.jobs.work import begin_step
from persistence.models.job import AsyncJobType
from persistence.session import UnitOfWork
from persistence.types import JobID
from tools.enrichment.enriching import Enricher, EnrichmentStep
from tools.enrichment.letting_go import BATCH, let_go
from tools.jobs.claims import ClaimedItem
from tools.jobs.steps import KINDS

AHEAD = 3
"""Times the leads that are asked for at once, of those that are claimed: the next ones are ready when a place gets free."""


def open_enrichment(services: WorkerServices, stack: AsyncExitStack) -> Handler:
    """The task with a Wiza of its own."""
    wiza = make_wiza(services.settings, services.redis)
    stack.push_async_callback(wiza.close)
    enricher = make_enricher(services.settings, services.database, wiza)
    together = make_together(services.settings, services.database, wiza, enricher)

    async def work(item: ClaimedItem) -> None:
        if KINDS[item.type].steps:
            await enrich_one(services, enricher, item)
        else:
            await together.enrich(item)

    async def enrich(job_id: str) -> None:
        sending = services.settings.wiza.total_timeout
        await work_together(services, JobID(UUID(job_id)), work, put_back, ahead=AHEAD, unbroken=sending)

    return enrich


async def enrich_one(services: WorkerServices, enricher: Enricher, item: ClaimedItem) -> None:
    """One lead, whose job shows its steps."""

    async def begin(step: EnrichmentStep) -> None:
        await begin_step(services, item, step)

    await enricher.enrich(item, begin)


async def put_back(uow: UnitOfWork, job_id: JobID) -> bool:
    """Bring leads that were not enriched back among the found ones; whether it was all of them."""
    return await let_go(uow, [job_id]) < BATCH


TASKS: dict[str, Open] = {
    KINDS[AsyncJobType.LEAD_ENRICHMENT].task: open_enrichment,
    KINDS[AsyncJobType.BULK_LEAD_ENRICHMENT].task: open_enrichment,
}
