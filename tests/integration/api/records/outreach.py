"""Leads to write to, made behind the API, and what became of them."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from persistence.models.workspace import Workspace
from persistence.types import LeadID, WorkspaceID
from tests.factories.campaigns import make_campaign
from tests.factories.leads import make_lead, make_message
from tests.fixtures.api import Api
from tests.integration.api.team import Team
from tools import keys
from tools.campaigns.recount import recount


async def new_lead(api: Api, team: Team, **values: Any) -> LeadID:
    """A lead in a campaign of its own, counted."""
    async with api.services.database.unit_of_work() as uow:
        campaign = await make_campaign(uow, await uow.session.get_one(Workspace, team.workspace_id))
        lead = await make_lead(uow, campaign, **values)
        lead.email_key = keys.email_key(lead.email)
        lead.linkedin_key = keys.linkedin_key(lead.linkedin_url)
        await uow.session.flush()
        await recount(uow, WorkspaceID(team.workspace_id))
    return lead.id


async def new_message(api: Api, lead_id: LeadID, **values: Any) -> int:
    """A message to the lead, past the API: its lead does not move."""
    async with api.services.database.unit_of_work() as uow:
        message = await make_message(uow, await uow.session.get_one(Lead, lead_id), **values)
    return message.id


async def lead_now(api: Api, lead_id: LeadID) -> Lead:
    """The lead as it is stored."""
    async with api.services.database.unit_of_work() as uow:
        return await uow.session.get_one(Lead, lead_id)


async def message_now(api: Api, message_id: int) -> OutreachMessage:
    """The message as it is stored."""
    async with api.services.database.unit_of_work() as uow:
        return await uow.session.get_one(OutreachMessage, message_id)


async def campaign_now(api: Api, lead_id: LeadID) -> Campaign:
    """The lead's campaign as it is stored."""
    async with api.services.database.unit_of_work() as uow:
        lead = await uow.session.get_one(Lead, lead_id)
        return await uow.session.get_one(Campaign, lead.campaign_id)
