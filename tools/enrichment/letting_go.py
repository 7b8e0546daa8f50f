"""Leads whose enrichment came to nothing go back among the found ones, each with the reason.

Which they are is read from the items of the job: so it can be done at any time, again, and by anybody.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from persistence.models.job import Job, JobItem, JobItemState
from persistence.models.lead import Lead, LeadStatus
from persistence.session import UnitOfWork
from persistence.types import JobID, utc_now
from tools.campaigns.activities import note
from tools.jobs.closing import OPEN
from tools.leads.moving import move_happening

BATCH = 500
UNSUCCESSFUL = (JobItemState.FAILED, JobItemState.CANCELLED, JobItemState.NEEDS_REVIEW)


async def let_go(uow: UnitOfWork, job_ids: Sequence[JobID]) -> int:
    """Move leads of these jobs back whose item ended without success, while no other item is at them; at most 500."""
    other = aliased(JobItem)
    elsewhere = exists().where(other.lead_id == Lead.id, other.state.in_(OPEN))
    statement = (
        select(Lead.id, Lead.campaign_id, Lead.full_name, JobItem.error_code, JobItem.error_message)
        .join(JobItem, JobItem.lead_id == Lead.id)
        .join(Job, Job.id == JobItem.job_id)
        .where(Job.id.in_(job_ids), JobItem.state.in_(UNSUCCESSFUL))
        .where(Lead.status == LeadStatus.ENRICHING, ~elsewhere)
        .order_by(Lead.id)
        .limit(BATCH)
        .with_for_update(of=Lead, key_share=True)
    )
    rows = (await uow.session.execute(statement)).all()
    found = {row.id: row for row in rows}
    for reason in {(row.error_code, row.error_message) for row in found.values()}:
        ids = [id_ for id_, row in found.items() if (row.error_code, row.error_message) == reason]
        await _put_back(uow, ids, *reason)
    told = [
        move_happening(row.campaign_id, row.id, row.full_name, LeadStatus.ENRICHING, LeadStatus.FOUND)
        for row in found.values()
    ]
    await note(uow, None, told)
    return len(found)


async def _put_back(uow: UnitOfWork, ids: Sequence[Any], code: str | None, message: str | None) -> None:
    error = {"code": code, "message": message, "at": utc_now().isoformat()} if code else None
    statement = update(Lead).where(Lead.id.in_(ids)).values(status=LeadStatus.FOUND, last_error=error)
    await uow.session.execute(statement.execution_options(synchronize_session=False))
