"""Starting to scale a campaign."""

from decimal import Decimal

from persistence.models.campaign import Campaign, CampaignStatus
from persistence.models.job import AsyncJobType, Job
from persistence.session import UnitOfWork
from persistence.types import CampaignID
from tools.access import Caller
from tools.errors import Conflict
from tools.jobs.service import NewItem, submit
from tools.paid_calls.credits import require_credits
from tools.prospecting.schemas import LeadSearch
from tools.prospecting.starting import require_filters
from tools.queue import Queue
from tools.scaling.planning import EACH
from tools.scaling.schemas import ScaleRequest

LIVE = (CampaignStatus.ACTIVE, CampaignStatus.PAUSED)


async def scale_campaign(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, wanted: ScaleRequest, *, queue: Queue
) -> Job:
    """A job that finds, enriches and writes to new leads of a campaign. For members and above.

    Raises NotFound, Forbidden, Conflict for a campaign that is over, Invalid when its experiment has no filters, and
    QuotaExceeded when the workspace could not pay for a single lead.
    """
    campaign, _ = await require_filters(uow, caller, campaign_id, LeadSearch(limit=1, budget=1))
    require_live(campaign)
    await require_credits(uow, campaign.workspace_id, EACH)
    budget = None if wanted.budget is None else str(Decimal(str(wanted.budget)))
    item = NewItem({"campaignId": campaign.id, "target": wanted.target_lead_count, "budget": budget})
    return await submit(
        uow,
        caller,
        campaign.workspace_id,
        AsyncJobType.CAMPAIGN_SCALE,
        [item],
        queue=queue,
        campaign_id=campaign.id,
    )


def require_live(campaign: Campaign) -> None:
    """Raise Conflict for a campaign that is completed or archived."""
    if campaign.status not in LIVE:
        raise Conflict(f"The campaign is {campaign.status.value}.", code="campaign_over")
