"""Starting to enrich leads: who may, which leads, and whether there is anything to pay with."""

from persistence.models.job import AsyncJobType, Job
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.enrichment.schemas import EnrichMany, EnrichOne
from tools.errors import FieldError, Invalid
from tools.jobs.leads import NewLeadItems, submit_leads
from tools.jobs.service import NewItem, submit
from tools.leads.choosing import leads_of_campaign
from tools.leads.queries import lead_of
from tools.paid_calls.credits import require_credits
from tools.providers.wiza.client import MOST_COST
from tools.queue import Queue

MAX_LEADS = 100_000
"""Leads of one job."""


async def enrich_lead(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, wanted: EnrichOne, *, queue: Queue
) -> Job:
    """A job that enriches one lead. For members and above.

    Raises NotFound, Forbidden, and QuotaExceeded when the workspace could not pay for it.
    """
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
    await require_credits(uow, lead.workspace_id, MOST_COST[wanted.level])
    item = NewItem({"level": wanted.level}, lead_id=lead.id)
    return await submit(
        uow,
        caller,
        lead.workspace_id,
        AsyncJobType.LEAD_ENRICHMENT,
        [item],
        queue=queue,
        campaign_id=lead.campaign_id,
    )


async def enrich_leads(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    wanted: EnrichMany,
    *,
    queue: Queue,
    job_id: JobID | None = None,
) -> Job:
    """A job that enriches many leads of a campaign. For members and above. `job_id` as for `submit`.

    Raises NotFound (also when one of the leads is not the campaign's: then none is enriched), Forbidden, QuotaExceeded when
    the workspace could not pay for a single one, and Invalid for no leads and for too many.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    _one_way(wanted)
    await require_credits(uow, campaign.workspace_id, MOST_COST[wanted.level])
    ids = await leads_of_campaign(
        uow,
        campaign,
        wanted.lead_ids,
        wanted.filter,
        limit=MAX_LEADS,
        pointer="/filter" if wanted.filter is not None else "/all",
        nothing="There is nothing to enrich.",
    )
    leads = NewLeadItems(campaign.workspace_id, campaign.id, ids, {"level": wanted.level})
    kind = AsyncJobType.BULK_LEAD_ENRICHMENT
    return await submit_leads(uow, caller, kind, leads, queue=queue, job_id=job_id)


def _one_way(wanted: EnrichMany) -> None:
    """Raise Invalid unless the leads are either named or chosen."""
    if (wanted.lead_ids is None) == (wanted.all is None):
        raise Invalid("Say which leads.", [FieldError("/leadIds", "Either `leadIds` or `all`.")])
    if wanted.filter is not None and wanted.all is None:
        raise Invalid("Say which leads.", [FieldError("/filter", "It goes with `all`.")])
