"""Writing to many leads of a campaign, as a job."""

from api.deps import CallerDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routing import api_router, route_options
from persistence.types import CampaignID
from tools.jobs.schemas import JobStarted
from tools.messages.bulk import start_bulk
from tools.messages.generation import BulkOutreach
from tools.schemas import Envelope

router = api_router("outreach")


@router.post("/campaigns/{campaign_id}/outreach/generate", status_code=202)
@route_options(body="batch")
async def generate_campaign_outreach(
    campaign_id: PathIDOf[CampaignID],
    body: BulkOutreach,
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
) -> Envelope[JobStarted]:
    """Start a job that writes to leads of a campaign: those named, or `all`. For members and above.

    A lead for whom an unsent message of this format and place in the sequence is waiting keeps that. A lead that fails is told in
    the job's `failures` and holds up nobody; one that is declined counts as done.
    """
    job = await start_bulk(uow, caller, campaign_id, body, queue=services.queue)
    return ok(JobStarted(job_id=job.id, job_type=job.type), f"{job.total_steps} leads are being written to.")
