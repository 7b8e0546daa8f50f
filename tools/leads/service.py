"""Leads: change them, say what came of them, delete them. Adding is in `adding.py`, many at once in `bulk.py`."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead, LeadOutcome
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import LeadID
from tools.access import Caller
from tools.audit import service as audit
from tools.campaigns.counters import shift, worth
from tools.leads.companies import claim_companies, in_other_arm
from tools.leads.identity import Keys, duplicate, keys_of, known_leads, take_turn
from tools.leads.moving import log_outcome, move_lead
from tools.leads.queries import lead_of
from tools.leads.schemas import LeadUpdate
from tools.scoring.stored import moves_score, rescore
from tools.versions import require_version

ENTITY = "lead"
IDENTIFYING = {"linkedin_url", "email", "company", "company_domain"}


async def update_lead(
    uow: UnitOfWork,
    caller: Caller,
    lead_id: LeadID,
    change: LeadUpdate,
    *,
    expected_version: int | None = None,
) -> Lead:
    """Change what `change` names; the score follows what the lead says then. For members and above.

    Raises NotFound, Forbidden, StaleVersion, and Conflict for a status that may not follow, for a profile or address of
    another lead, and for a company of another experiment.
    """
    sent = change.changes()
    identity = IDENTIFYING & sent.keys()
    if identity:
        present = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER)
        await take_turn(uow, present.workspace_id)
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    require_version(lead, expected_version)
    status = sent.pop("status", lead.status)
    outcome = sent.pop("outcome", lead.outcome)
    reason = sent.pop("outcome_reason", lead.outcome_reason)
    for name, value in sent.items():
        setattr(lead, name, value)
    if identity:
        await _recognise(uow, lead)
    await uow.session.flush()
    if status is not lead.status:
        await move_lead(uow, caller.user_id, lead, status)
    if (outcome, reason) != (lead.outcome, lead.outcome_reason):
        await log_outcome(uow, caller.user_id, lead, outcome, reason)
    if moves_score(sent):
        await uow.session.flush()
        await rescore(uow, [lead.id])
        await uow.session.refresh(lead)
    return lead


async def say_outcome(
    uow: UnitOfWork, caller: Caller, lead_id: LeadID, outcome: LeadOutcome, reason: str | None
) -> Lead:
    """Say what came of a lead. For members and above. Raises NotFound, Forbidden."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    await log_outcome(uow, caller.user_id, lead, outcome, reason)
    return lead


async def delete_lead(uow: UnitOfWork, caller: Caller, lead_id: LeadID) -> None:
    """Remove a lead with its messages and signals; the campaign counts it no more. For members and above."""
    lead = await lead_of(uow, caller, lead_id, ProjectRole.MEMBER, for_update=True)
    campaign_id, workspace_id = lead.campaign_id, lead.workspace_id
    counts, before = worth(lead.status, lead.outcome), _summary(lead)
    await Repository(uow.session, Lead).delete(Lead.id == lead_id)
    await shift(uow, {campaign_id: -counts})
    await audit.record(
        uow, caller, workspace_id, entity=ENTITY, entity_id=lead_id, action="deleted", before=before
    )


async def _recognise(uow: UnitOfWork, lead: Lead) -> None:
    """Give a lead the keys of what it says now. Raises Conflict when they are another's. Callers have taken their turn."""
    keys = keys_of(
        linkedin_url=lead.linkedin_url,
        email=lead.email,
        company=lead.company,
        company_domain=lead.company_domain,
    )
    new = Keys(
        keys.linkedin if keys.linkedin != lead.linkedin_key else None,
        keys.email if keys.email != lead.email_key else None,
        None,
    )
    with uow.session.no_autoflush:
        if new.linkedin or new.email:
            there = (await known_leads(uow, lead.workspace_id, [new])).find(new)
            if there is not None and there[0] != lead.id:
                raise duplicate(*there)
        if keys.company and keys.company != lead.company_key:
            campaign = await uow.session.get_one(Campaign, lead.campaign_id)
            elsewhere = await claim_companies(
                uow, lead.workspace_id, campaign.experiment_id, {keys.company}, leaving=[lead.id]
            )
            if elsewhere:
                raise in_other_arm()
    lead.linkedin_key, lead.email_key, lead.company_key = keys.linkedin, keys.email, keys.company


def _summary(lead: Lead) -> dict[str, Any]:
    """What the audit log keeps of a lead: nothing that names the person, who may ask to be forgotten."""
    return {"campaignId": lead.campaign_id, "status": lead.status.value}
