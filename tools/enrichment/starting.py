"""Starting to enrich leads: who may, which leads, and whether there is anything to pay with."""

from persistence.models.job import AsyncJobType, Job
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID, WorkspaceID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.enrichment.schemas import EnrichMany, EnrichOne
from tools.errors import FieldError, Invalid, NotFound
from tools.jobs.leads import NewLeadItems, submit_leads
from tools.jobs.service import NewItem, submit
from tools.leads.queries import lead_of
from tools.leads.reading import select as choose
from tools.paid_calls.credits import require_credits
from tools.providers.wiza.client import MOST_COST
from tools.queue import Queue
from tools.read_models import InTransaction, Query

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
    ids = await _chosen(uow, campaign.workspace_id, campaign.id, wanted)
    leads = NewLeadItems(campaign.workspace_id, campaign.id, ids, {"level": wanted.level})
    kind = AsyncJobType.BULK_LEAD_ENRICHMENT
    return await submit_leads(uow, caller, kind, leads, queue=queue, job_id=job_id)


def _one_way(wanted: EnrichMany) -> None:
    """Raise Invalid unless the leads are either named or chosen."""
    if (wanted.lead_ids is None) == (wanted.all is None):
        raise Invalid("Say which leads.", [FieldError("/leadIds", "Either `leadIds` or `all`.")])
    if wanted.filter is not None and wanted.all is None:
        raise Invalid("Say which leads.", [FieldError("/filter", "It goes with `all`.")])


async def _chosen(
    uow: UnitOfWork, workspace_id: WorkspaceID, campaign_id: CampaignID, wanted: EnrichMany
) -> list[LeadID]:
    """The leads' ids in order."""
    query = Query()
    query.where('l."ProjectID" = {}', (workspace_id, "bigint"))
    query.where('l."CampaignID" = {}', (campaign_id, "bigint"))
    named = sorted(set(wanted.lead_ids or ()))
    if wanted.lead_ids is not None:
        query.where('l."LeadID" = ANY ({})', (named, "bigint[]"))
    if wanted.filter is not None:
        choose(query, wanted.filter)
    statement = f"""
        SELECT l."LeadID" FROM "Leads" l WHERE {query.filter} ORDER BY l."LeadID" LIMIT {MAX_LEADS + 1}
    """  # noqa: S608 — SQL of our own, values are bound
    ids = [LeadID(row[0]) for row in await InTransaction(uow).rows(statement, *query.arguments)]
    if wanted.lead_ids is not None and len(ids) != len(named):
        raise NotFound("There is no such lead in the campaign.")
    pointer = "/filter" if wanted.filter is not None else "/all"
    if not ids:
        raise Invalid("There is nothing to enrich.", [FieldError(pointer, "It means no leads.")])
    if len(ids) > MAX_LEADS:
        reason = FieldError(pointer, f"It means more than {MAX_LEADS:,} leads.")
        raise Invalid("That is too much at once; narrow it by a filter.", [reason])
    return ids
