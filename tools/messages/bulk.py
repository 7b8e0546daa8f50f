"""Messages to many leads of a campaign, as one job: each lead an item, none written where one is waiting."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from persistence.models.campaign import Campaign
from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import FieldError, Invalid, NotFound
from tools.jobs.leads import NewLeadItems, submit_leads
from tools.leads.reading import NO_LEAD
from tools.leads.reading import select as choose
from tools.messages.asking import wish_for
from tools.messages.generation import AiBatchRequest, BulkOutreach, Wishes
from tools.outreach.drafter import Wish
from tools.queue import Queue
from tools.read_models import InTransaction, Query

MAX_ITEMS = 10_000
"""Leads of one job."""
WISHES = "wishes"


async def start_bulk(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    wanted: BulkOutreach,
    *,
    queue: Queue,
    job_id: JobID | None = None,
) -> Job:
    """A job that writes to these leads of a campaign, or to all that are chosen. For members and above. `job_id` as for `submit`.

    Raises NotFound (also when one of the leads is not the campaign's: then none is written to), Forbidden, and Invalid for no
    leads and for too many.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    ids = await _chosen(uow, campaign, wanted)
    wishes = Wishes.model_validate(wanted.model_dump(include=set(Wishes.model_fields)))
    told = {WISHES: wishes.model_dump(mode="json", by_alias=True)}
    leads = NewLeadItems(campaign.workspace_id, campaign.id, ids, told)
    kind = AsyncJobType.BULK_GENERATE_OUTREACH
    return await submit_leads(uow, caller, kind, leads, queue=queue, job_id=job_id)


async def start_batch(uow: UnitOfWork, caller: Caller, wanted: AiBatchRequest, *, queue: Queue) -> Job:
    """A job for a batch that is too large to wait for. Raises as `start_bulk`, and Invalid for leads of several campaigns."""
    statement = (
        select(Lead.campaign_id)
        .join(WorkspaceMember, WorkspaceMember.workspace_id == Lead.workspace_id)
        .where(Lead.id.in_(wanted.lead_ids), WorkspaceMember.user_id == caller.user_id)
        .distinct()
        .limit(2)
    )
    campaigns = (await uow.session.execute(statement)).scalars().all()
    if not campaigns:
        raise NotFound(NO_LEAD)
    if len(campaigns) > 1:
        reason = FieldError("/leadIds", "So many must be of one campaign.")
        raise Invalid("One campaign at a time.", [reason])
    bulk = BulkOutreach(lead_ids=list(wanted.lead_ids), tone=wanted.tone)
    return await start_bulk(uow, caller, campaigns[0], bulk, queue=queue)


async def wish_of_item(uow: UnitOfWork, caller: Caller, lead_id: LeadID, told: object) -> Wish:
    """What an item of such a job wishes for. Raises NotFound, Forbidden."""
    wish = await wish_for(uow, caller, lead_id, Wishes.model_validate(told))
    return replace(wish, unless_drafted=True)


async def _chosen(uow: UnitOfWork, campaign: Campaign, wanted: BulkOutreach) -> Sequence[LeadID]:
    """The leads' ids in order."""
    query = Query()
    query.where('l."ProjectID" = {}', (campaign.workspace_id, "bigint"))
    query.where('l."CampaignID" = {}', (campaign.id, "bigint"))
    named = sorted(set(wanted.lead_ids or ()))
    if wanted.lead_ids is not None:
        query.where('l."LeadID" = ANY ({})', (named, "bigint[]"))
    if wanted.filter is not None:
        choose(query, wanted.filter)
    statement = f"""
        SELECT l."LeadID" FROM "Leads" l WHERE {query.filter} ORDER BY l."LeadID" LIMIT {MAX_ITEMS + 1}
    """  # noqa: S608 — SQL of our own, values are bound
    ids = [LeadID(row[0]) for row in await InTransaction(uow).rows(statement, *query.arguments)]
    if wanted.lead_ids is not None and len(ids) != len(named):
        raise NotFound("There is no such lead in the campaign.")
    if not ids:
        raise Invalid("There is nobody to write to.", [FieldError("/filter", "It means no leads.")])
    if len(ids) > MAX_ITEMS:
        reason = FieldError("/filter", f"It means more than {MAX_ITEMS:,} leads.")
        raise Invalid("That is too much at once; narrow it by a filter.", [reason])
    return ids
