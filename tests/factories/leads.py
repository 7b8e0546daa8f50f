"""Leads and messages to them."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachFormat, OutreachMessage
from persistence.session import UnitOfWork
from tests.factories.numbers import next_number
from tests.factories.rows import insert


async def make_lead(uow: UnitOfWork, campaign: Campaign, **values: Any) -> Lead:
    """A found lead with a company, a LinkedIn profile and an address of its own."""
    number = next_number()
    defaults = {
        "campaign_id": campaign.id,
        "workspace_id": campaign.workspace_id,
        "full_name": f"Lead {number}",
        "job_title": "Head of Finance",
        "company": f"Company {number}",
        "company_domain": f"company{number}.example",
        "company_key": f"company{number}.example",
        "linkedin_url": f"https://www.linkedin.com/in/lead-{number}",
        "email": f"lead{number}@company{number}.example",
    }
    return await insert(uow, Lead, defaults, values)


async def make_message(uow: UnitOfWork, lead: Lead, **values: Any) -> OutreachMessage:
    """A drafted cold e-mail."""
    defaults = {
        "lead_id": lead.id,
        "campaign_id": lead.campaign_id,
        "format": OutreachFormat.EMAIL_COLD,
        "subject": "Closing the books",
        "content": "Would a two-day close be worth a talk?",
    }
    return await insert(uow, OutreachMessage, defaults, values)
