"""A person's word about a reveal of which nobody knows whether it arrived: sent again, or no longer held back for."""

from sqlalchemy import select

from persistence.models.job import Job, JobItem
from persistence.models.lead import Lead
from persistence.models.paid_call import PaidCallState
from persistence.models.workspace import Workspace
from persistence.session import UnitOfWork
from tools.enrichment.levels import PARTS
from tools.enrichment.persons import person_behind
from tools.enrichment.purchases import calls_about
from tools.jobs.review import Decision
from tools.paid_calls import service as ledger


async def decide(uow: UnitOfWork, job: Job, item: JobItem, decision: Decision) -> None:
    """Carry it out for the calls that this item waits for. A lead that is gone waits for none."""
    locked = select(Lead).where(Lead.id == item.lead_id).with_for_update(key_share=True)
    lead = (await uow.session.execute(locked)).scalar_one_or_none()
    if lead is None:
        return
    workspace = await uow.session.get_one(Workspace, job.workspace_id)
    person = await person_behind(uow, workspace.client_id, lead)
    calls = await calls_about(uow, workspace.client_id, lead, person)
    level = {**job.input, **(item.input or {})}["level"]
    for call, under_way in calls.open():
        if call.state is not PaidCallState.UNKNOWN or not PARTS[under_way] & PARTS[level]:
            continue
        if decision is Decision.RETRY:
            await ledger.send_again_at_own_risk(uow, call.call_key)
        else:
            await ledger.write_off(uow, call.call_key)
