"""Writing an enrichment down: person, lead, signals, score, status and the item's end, all in one transaction."""

from dataclasses import dataclass

from sqlalchemy import select

from persistence.models.campaign import Campaign
from persistence.models.entity import JsonObject
from persistence.models.lead import Lead, LeadStatus
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.session import UnitOfWork
from persistence.types import ClientID, utc_now
from tools.enrichment.answers import Answer, merged
from tools.enrichment.filling import fill
from tools.enrichment.levels import Parts, level_of, level_to_buy, parts_of
from tools.enrichment.persons import note_answer, person_behind, person_named
from tools.enrichment.purchases import calls_about
from tools.enrichment.signals import keep_signals
from tools.errors import Conflict, NotFound
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.leads.identity import take_turn
from tools.leads.moving import move_lead
from tools.moves import LEADS, way
from tools.providers.wiza.records import Level
from tools.scoring.stored import rescore

BEFORE = (LeadStatus.FOUND, LeadStatus.ENRICHING)
"""Where an enrichment takes a lead on; one that is further stays there."""


@dataclass(frozen=True)
class Subject:
    """A lead that is to be enriched, locked, with its campaign and Client."""

    lead: Lead
    campaign: Campaign
    client_id: ClientID


async def subject_of(uow: UnitOfWork, item: ClaimedItem) -> Subject:
    """The lead of an item. Raises NotFound when it is gone, Conflict when its campaign or workspace is."""
    statement = (
        select(Lead, Campaign, Workspace.client_id, Workspace.status)
        .join(Campaign, Campaign.id == Lead.campaign_id)
        .join(Workspace, Workspace.id == Lead.workspace_id)
        .where(Lead.id == item.lead_id, Lead.workspace_id == item.workspace_id)
        .with_for_update(of=Lead, key_share=True)
        .execution_options(populate_existing=True)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("The lead was deleted.", code="lead_deleted")
    lead, campaign, client_id, status = row
    if campaign.deleted_at is not None or status is ProjectStatus.DELETING:
        raise Conflict("The campaign was deleted.", code="campaign_deleted")
    return Subject(lead, campaign, client_id)


async def keep(uow: UnitOfWork, item: ClaimedItem, wanted: Level) -> bool:
    """Write it down when everything is there; False when something is still to be bought.

    What was bought stays with the person even when the lead is gone. Raises LeaseLost, NotFound, Conflict.
    """
    await take_turn(uow, item.workspace_id)
    subject = await subject_of(uow, item)
    answer, parts = await _known(uow, subject)
    if level_to_buy(wanted, parts) is not None:
        return False
    lead = subject.lead
    await fill(uow, lead, subject.campaign, answer, level_of(parts))
    await keep_signals(uow, lead, answer)
    if lead.status in BEFORE:
        for status in way(LEADS, lead.status, LeadStatus.ENRICHED):
            await move_lead(uow, item.user_id, lead, status)
    await uow.session.flush()
    await rescore(uow, [lead.id])
    await claims.finish(uow, item, _output(lead, answer, parts))
    return True


async def _known(uow: UnitOfWork, subject: Subject) -> tuple[Answer, Parts]:
    """What is known of the lead's person, with what was bought since noted there."""
    lead, client_id = subject.lead, subject.client_id
    person = await person_behind(uow, client_id, lead)
    calls = await calls_about(uow, client_id, lead, person)
    answer: Answer = dict((person and person.enrichment_data) or {})
    parts = parts_of(person.enrichment_level) if person is not None else frozenset()
    bought = [(said, brought) for said, brought in calls.answered() if not brought <= parts]
    for said, brought in bought:
        answer, parts = merged(answer, said), parts | brought
    person = await person_named(uow, client_id, lead, answer, person) if answer else person
    if person is not None and bought:
        note_answer(person, answer, parts)
        person.enriched_at = utc_now()
    if person is not None:
        # Made one with somebody of whom more had been bought.
        answer, parts = dict(person.enrichment_data or answer), parts | parts_of(person.enrichment_level)
    return answer, parts


def _output(lead: Lead, answer: Answer, parts: Parts) -> JsonObject:
    return {
        "leadId": lead.id,
        "level": level_of(parts),
        "emailStatus": answer.get("emailStatus"),
        "phoneFound": bool(answer.get("phone")),
    }
