"""Scaling a campaign that works."""

from typing import Annotated

from fastapi import Body, Depends

from api.deps import CallerDep, PathIDOf, ServicesDep, UnitOfWorkDep
from api.envelope import ok
from api.routes.research.enrichment import wiza_is_set_up
from api.routing import api_router
from persistence.types import CampaignID
from tools.scaling.schemas import EXAMPLE, ScaleRequest, ScaleStarted
from tools.scaling.starting import scale_campaign as start
from tools.schemas import Envelope

router = api_router("campaigns")


@router.post("/campaigns/{campaign_id}/scale", status_code=202, dependencies=[Depends(wiza_is_set_up)])
async def scale_campaign(
    campaign_id: PathIDOf[CampaignID],
    caller: CallerDep,
    uow: UnitOfWorkDep,
    services: ServicesDep,
    body: Annotated[ScaleRequest | None, Body(examples=[EXAMPLE])] = None,
) -> Envelope[ScaleStarted]:
    """Start a job that gives a campaign more leads: found by its experiment's filters, enriched, a message drafted for each.

    For members and above. It adds as many as are missing and as the budget pays for, at most 1,000, and sets a paused campaign
    going. Nothing is sent: drafts wait for a person. To cancel it cancels the search, enrichment and drafting it has started.
    """
    wanted = body or ScaleRequest.model_validate({})
    job = await start(uow, caller, campaign_id, wanted, queue=services.queue)
    message = "The campaign is being scaled."
    return ok(ScaleStarted(job_id=job.id, job_type=job.type, message=message), message)
