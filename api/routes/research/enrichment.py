"""Looking for leads and finding out more about them, as jobs."""

from typing import Annotated

from fastapi import Body, Depends

from api.deps import CallerDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router
from persistence.models.job import Job
from persistence.types import CampaignID, LeadID
from tools.enrichment import starting
from tools.enrichment.schemas import ONE_EXAMPLE, EnrichMany, EnrichOne
from tools.jobs.schemas import JobStarted
from tools.prospecting import starting as prospecting
from tools.prospecting.schemas import LeadSearch
from tools.providers.wiza.errors import WizaClosed
from tools.schemas import Envelope

router = api_router("leads")


async def wiza_is_set_up(services: ServicesDep) -> None:
    """Refuse what could only fail. Raises WizaClosed without a key."""
    if services.settings.wiza.api_key is None:
        raise WizaClosed("Wiza is not set up here: WIZA_API_KEY is missing.", retry_after=3600)


@router.post("/leads/{lead_id}/enrich", status_code=202, dependencies=[Depends(wiza_is_set_up)])
async def enrich_lead(
    lead_id: PathIDOf[LeadID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    body: Annotated[EnrichOne | None, Body(examples=[ONE_EXAMPLE])] = None,
) -> Envelope[JobStarted]:
    """Start a job that enriches a lead. For members and above.

    It costs credits of the workspace's budget, unless the Client has bought this of the person before: then it is copied.
    """
    wanted = body or EnrichOne.model_validate({})
    job = await starting.enrich_lead(uow, caller, lead_id, wanted, queue=services.queue)
    return _started(job, "The lead is being enriched.")


@router.post("/campaigns/{campaign_id}/leads/enrich", status_code=202, dependencies=[Depends(wiza_is_set_up)])
async def enrich_leads(
    campaign_id: PathIDOf[CampaignID],
    body: EnrichMany,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
) -> Envelope[JobStarted]:
    """Start a job that enriches leads of a campaign: those named, or `all`, at most 100,000. For members and above.

    A lead that can't be enriched is told in the job's `failures` and holds up nobody. When the budget is used up on the
    way, the leads that are left are told as `budget_exceeded`.
    """
    job = await starting.enrich_leads(uow, caller, campaign_id, body, queue=services.queue)
    return _started(job, f"{job.total_steps} leads are being enriched.")


@router.post("/campaigns/{campaign_id}/leads/search", status_code=202, dependencies=[Depends(wiza_is_set_up)])
async def search_leads(
    campaign_id: PathIDOf[CampaignID],
    body: LeadSearch,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
) -> Envelope[JobStarted]:
    """Start a job that looks for people who match filters, and makes those leads who are none yet. For members and above.

    Half a credit a person looked at, at most `budget`; people the Client looked at by the same filters this month are free.
    Companies that several arms of a set look for are given to one of them at random.
    """
    job = await prospecting.search_leads(uow, caller, campaign_id, body, queue=services.queue)
    return _started(job, "Leads are being looked for.")


def _started(job: Job, message: str) -> Envelope[JobStarted]:
    return ok(JobStarted(job_id=job.id, job_type=job.type), message)
