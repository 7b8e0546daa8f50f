"""Jobs with an item for each of many leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, BigInteger, bindparam, text

from persistence.models.entity import JsonObject
from persistence.models.job import AsyncJobType, Job
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, LeadID, WorkspaceID
from tools.access import Caller
from tools.jobs.service import submit
from tools.queue import Queue

ADD = text("""
    INSERT INTO "JobItems" ("JobID", "LeadID", "Position", "DispatchedAt")
    SELECT :job, lead, place - 1, now() FROM unnest(:leads) WITH ORDINALITY AS named (lead, place)
""").bindparams(bindparam("leads", type_=ARRAY(BigInteger)))


@dataclass(frozen=True)
class NewLeadItems:
    """Leads of one campaign, in the order to work on them, and what each of their items is told."""

    workspace_id: WorkspaceID
    campaign_id: CampaignID
    lead_ids: Sequence[LeadID]
    input: JsonObject


async def submit_leads(
    uow: UnitOfWork,
    caller: Caller,
    job_type: AsyncJobType,
    leads: NewLeadItems,
    *,
    queue: Queue,
    job_id: JobID | None = None,
) -> Job:
    """Make a job with an item a lead, by one statement however many. The ids were checked before. Raises as `submit`."""
    job = await submit(
        uow,
        caller,
        leads.workspace_id,
        job_type,
        [],
        queue=queue,
        campaign_id=leads.campaign_id,
        input_=leads.input,
        job_id=job_id,
    )
    job.total_steps = len(leads.lead_ids)
    await uow.session.flush()
    await uow.session.execute(ADD, {"job": job.id, "leads": list(leads.lead_ids)})
    return job
