"""Messages to many leads of a campaign, as one job: each lead an item, none written where one is waiting."""

from dataclasses import replace

from sqlalchemy import select

from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole, WorkspaceMember
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import FieldError, Invalid, NotFound
from tools.jobs.leads import NewLeadItems, submit_leads
from tools.leads.choosing import leads_of_campaign
from tools.leads.reading import NO_LEAD
from tools.messages.asking import wish_for
from tools.messages.generation import AiBatchRequest, BulkOutreach, Wishes
from tools.outreach.drafter import Wish
from tools.queue import Queue

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
    ids = await leads_of_campaign(
        uow,
        campaign,
        wanted.lead_ids,
        wanted.filter,
        limit=MAX_ITEMS,
        pointer="/filter",
        nothing="There is nobody to write to.",
    )
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
