"""What an answer makes of a lead: empty fields are filled, what somebody wrote stays, identities are claimed with care."""

from typing import Any

from persistence.models.campaign import Campaign
from persistence.models.entity import JsonObject
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import utc_now
from tools.enrichment.answers import Answer, valid_email
from tools.leads.companies import OTHER_ARM, claim_companies
from tools.leads.identity import Keys, keys_of, known_leads
from tools.providers.wiza.errors import PROVIDER
from tools.providers.wiza.records import Level

LENGTHS = {"job_title": 255, "location": 255, "phone": 50, "company": 255}


async def fill(uow: UnitOfWork, lead: Lead, campaign: Campaign, answer: Answer, level: Level | None) -> None:
    """Fill a locked lead from what is known of its person. Callers hold `leads.identity.take_turn`.

    Only a `valid` address becomes the lead's; one of another lead of the workspace, and the domain of a company that
    another experiment holds, stay in `enrichmentData` alone, which says so in `notUsed`.
    """
    not_used: dict[str, Any] = {}
    for name, value in plain_fields(answer).items():
        if value and not getattr(lead, name):
            setattr(lead, name, str(value)[: LENGTHS[name]])
    await _claim(uow, lead, campaign, answer, not_used)
    lead.enrichment_data = stored_data(answer, level, not_used)
    lead.last_error = None
    await uow.session.flush()


def plain_fields(answer: Answer) -> Answer:
    """The fields by which nobody is recognised."""
    company = answer.get("company") or {}
    return {
        "job_title": answer.get("jobTitle"),
        "location": answer.get("location"),
        "phone": answer.get("phone"),
        "company": company.get("name"),
    }


async def _claim(
    uow: UnitOfWork, lead: Lead, campaign: Campaign, answer: Answer, not_used: dict[str, Any]
) -> None:
    """Fill profile, address and domain, and give the lead their keys, where they are nobody else's."""
    found = {
        "linkedin_url": (answer.get("linkedinUrl"), 512),
        "email": (valid_email(answer), 255),
        "company_domain": ((answer.get("company") or {}).get("domain"), 255),
    }
    new = {
        name: str(value)
        for name, (value, longest) in found.items()
        if value and not getattr(lead, name) and len(str(value)) <= longest
    }
    for name in ("linkedin_url", "email"):
        if name in new and (there := await _other(uow, lead, {name: new[name]})):
            not_used[name] = there
            del new[name]
    keys = _keys(lead, new)
    if keys.company != lead.company_key and keys.company and await _held(uow, lead, campaign, keys.company):
        not_used["company_domain"] = OTHER_ARM
        new.pop("company_domain", None)
        keys = Keys(keys.linkedin, keys.email, lead.company_key)
    for name, value in new.items():
        setattr(lead, name, value)
    lead.linkedin_key = keys.linkedin if "linkedin_url" in new else lead.linkedin_key
    lead.email_key = keys.email if "email" in new else lead.email_key
    lead.company_key = keys.company


async def _other(uow: UnitOfWork, lead: Lead, fields: dict[str, str]) -> dict[str, Any] | None:
    """The other lead of the workspace that has this profile or address."""
    keys = keys_of(**{"linkedin_url": None, "email": None, "company": None, "company_domain": None, **fields})
    there = (await known_leads(uow, lead.workspace_id, [keys])).find(keys)
    return {"duplicateOf": there[0]} if there is not None and there[0] != lead.id else None


async def _held(uow: UnitOfWork, lead: Lead, campaign: Campaign, company: str) -> bool:
    """Whether another experiment has this company; else it is this lead's campaign's from now on."""
    held = await claim_companies(uow, lead.workspace_id, campaign.experiment_id, {company}, leaving=[lead.id])
    return company in held


def _keys(lead: Lead, new: dict[str, str]) -> Keys:
    fields = {
        name: new.get(name) or getattr(lead, name) for name in ("linkedin_url", "email", "company_domain")
    }
    return keys_of(**fields, company=lead.company)


def stored_data(answer: Answer, level: Level | None, not_used: dict[str, Any]) -> JsonObject:
    """The lead's `enrichmentData`: the answer, where it is from and when."""
    data = {"provider": PROVIDER, "level": level, "enrichedAt": utc_now().isoformat(), **answer}
    return {**data, "notUsed": not_used} if not_used else data
