"""Answers of many leads in one transaction: calls settled, and leads, persons, signals and items of the plain ones written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from persistence.models.lead import LeadStatus
from persistence.session import Database, UnitOfWork
from persistence.types import LeadID, WorkspaceID
from tools.campaigns.activities import note
from tools.enrichment.answers import Answer, answer_of, says_something, valid_email
from tools.enrichment.filling import LENGTHS, plain_fields, stored_data
from tools.enrichment.persons import FIELDS
from tools.enrichment.persons import LENGTHS as PERSON_LENGTHS
from tools.enrichment.signals import keep_signals_of
from tools.enrichment.together.beginning import Begun
from tools.enrichment.together.rows import HeldLead, Plain, held_leads, plain_leads
from tools.jobs.claims import ClaimedItem, finish_many
from tools.keys import email_key, linkedin_key
from tools.leads.companies import claim_companies
from tools.leads.identity import keys_of, take_turn
from tools.leads.moving import move_happening
from tools.paid_calls.many import Ended, end_many
from tools.providers.wiza.client import Progress
from tools.providers.wiza.records import Level
from tools.read_models import InTransaction
from tools.scoring.stored import rescore

FILL_LEADS = """
UPDATE "Leads" l SET "JobTitle" = told.job_title, "Location" = told.location, "Phone" = told.phone, "Company" = told.company,
  "Email" = told.email, "EmailKey" = told.email_key, "CompanyDomain" = told.company_domain, "CompanyKey" = told.company_key,
  "EnrichmentData" = told.data, "PersonID" = told.person, "Status" = 'enriched', "LastError" = NULL,
  "Version" = l."Version" + 1, "UpdatedAt" = now()
FROM jsonb_to_recordset($1::jsonb) AS told (lead bigint, person bigint, job_title text, location text, phone text,
  company text, email text, email_key text, company_domain text, company_key text, data jsonb)
WHERE l."LeadID" = told.lead RETURNING l."LeadID"
"""
FILL_PERSONS = """
UPDATE "Persons" p SET "EmailKey" = coalesce(p."EmailKey", told.email_key), "Email" = coalesce(p."Email", told.email),
  "JobTitle" = coalesce(nullif(p."JobTitle", ''), told.job_title), "LinkedinUrl" = coalesce(nullif(p."LinkedinUrl", ''), told.linkedin_url),
  "Location" = coalesce(nullif(p."Location", ''), told.location), "Phone" = coalesce(nullif(p."Phone", ''), told.phone),
  "EnrichmentData" = coalesce(p."EnrichmentData", '{}') || told.answer, "EnrichmentLevel" = $2, "EnrichedAt" = now(), "UpdatedAt" = now()
FROM jsonb_to_recordset($1::jsonb) AS told (person bigint, email_key text, email text, job_title text, linkedin_url text,
  location text, phone text, answer jsonb)
WHERE p."PersonID" = told.person RETURNING p."PersonID"
"""

OTHERS = """
SELECT true, "EmailKey", "LeadID" FROM "Leads" WHERE "ProjectID" = $1 AND "EmailKey" = ANY ($3::text[])
UNION ALL
SELECT false, "EmailKey", "PersonID" FROM "Persons" WHERE "ClientID" = $2 AND "EmailKey" = ANY ($3::text[])
"""


@dataclass(frozen=True)
class Heard:
    """The end of a call, as Wiza told it, for the item it was made for."""

    item: ClaimedItem
    begun: Begun
    progress: Progress


@dataclass(frozen=True)
class Kept:
    """What an answer makes of a lead."""

    plain: Plain
    item: ClaimedItem
    answer: Answer
    fields: Mapping[str, Any]
    address: str | None

    @property
    def lead(self) -> HeldLead:
        """The lead as it was."""
        return self.plain.lead


class Keeper:
    """Keeps a batch of answers to items of one job."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, heard: Sequence[Heard]) -> list[bool | Exception]:
        """Whether the item was ended with its lead enriched; the others' calls are settled, and they go their own way."""
        spender, level = heard[0].begun.spender, heard[0].begun.level
        answers = {each.item.id: answer_of(each.progress.contact()) for each in heard}
        async with self._database.unit_of_work() as uow:
            await take_turn(uow, spender.workspace_id)
            leads = await held_leads(uow, [each.item for each in heard])
            plain = await plain_leads(
                uow,
                leads.values(),
                profiles={key for each in answers.values() if (key := linkedin_key(each.get("linkedinUrl")))},
                addresses={key for each in answers.values() if (key := email_key(each.get("email")))},
            )
            ended = await end_many(uow, [_ended(each) for each in heard], spender)
            settled = [each for each in heard if each.begun.key in ended and each.item.id in plain]
            drafts = _drafts(settled, plain, answers, level)
            kept = await _unclaimed(uow, spender.workspace_id, drafts)
            if kept:
                await _write(uow, kept, level)
        done = {each.item.id for each in kept}
        return [each.item.id in done for each in heard]


def _ended(heard: Heard) -> Ended:
    begun, progress = heard.begun, heard.progress
    return Ended(
        begun.key, begun.owner, progress.reference, progress.answer, progress.cost, begun.campaign_id
    )


def _drafts(
    settled: Sequence[Heard], plain: Mapping[int, Plain], answers: Mapping[int, Answer], level: Level
) -> list[Kept]:
    """What answers make of leads whose person they name, and nobody else."""
    drafts: list[Kept] = []
    addresses: set[str] = set()
    for each in settled:
        answer, one = answers[each.item.id], plain[each.item.id]
        address = email_key(answer.get("email"))
        if not says_something(answer) or not _names(one, answer, address) or address in addresses:
            continue
        addresses |= {address} if address else set()
        drafts.append(Kept(one, each.item, answer, _fields(one.lead, answer, level), address))
    return drafts


def _names(one: Plain, answer: Answer, address: str | None) -> bool:
    """Whether an answer names the person that was asked for, without another address than is known of them."""
    profile = linkedin_key(answer.get("linkedinUrl"))
    return profile in {None, one.profile} and (not address or one.person.address in {None, address})


def _fields(lead: HeldLead, answer: Answer, level: Level) -> dict[str, Any]:
    """The columns of the lead: what is empty is filled, what somebody wrote stays."""
    fields = {
        name: getattr(lead, name) or (str(value)[: LENGTHS[name]] if value else None)
        for name, value in plain_fields(answer).items()
    }
    found = {"email": valid_email(answer), "company_domain": (answer.get("company") or {}).get("domain")}
    for name, value in found.items():
        short = value if value and len(str(value)) <= 255 else None
        fields[name] = getattr(lead, name) or short
    keys = keys_of(
        linkedin_url=None,
        email=fields["email"],
        company=fields["company"],
        company_domain=fields["company_domain"],
    )
    new_address = fields["email"] is not None and not lead.email
    fields |= {"email_key": keys.email if new_address else lead.email_key, "company_key": keys.company}
    return {**fields, "data": stored_data(answer, level, {})}


async def _unclaimed(uow: UnitOfWork, workspace_id: WorkspaceID, drafts: Sequence[Kept]) -> list[Kept]:
    """Those whose address is no other lead's, nor another person's, and whose company no other experiment holds."""
    if not drafts:
        return []
    leads, persons = await _others(uow, workspace_id, drafts)
    free = [
        each
        for each in drafts
        if leads.get(each.fields["email_key"], each.lead.id) == each.lead.id
        and persons.get(each.address, each.plain.person.id) == each.plain.person.id
    ]
    held: dict[Any, frozenset[str]] = {}
    for experiment in {each.lead.experiment_id for each in free if each.lead.experiment_id is not None}:
        mine = [each for each in free if each.lead.experiment_id == experiment and _renamed(each)]
        companies = {each.fields["company_key"] for each in mine}
        leaving = [each.lead.id for each in mine]
        held[experiment] = await claim_companies(uow, workspace_id, experiment, companies, leaving=leaving)
    return [each for each in free if each.fields["company_key"] not in held.get(each.lead.experiment_id, ())]


def _renamed(each: Kept) -> bool:
    return each.fields["company_key"] not in {None, each.lead.company_key}


Owners = dict[str | None, int]


async def _others(
    uow: UnitOfWork, workspace_id: WorkspaceID, drafts: Sequence[Kept]
) -> tuple[Owners, Owners]:
    """The leads of the workspace, and the persons of the Client, that have the addresses of these, by address."""
    keys = sorted({key for each in drafts for key in (each.fields["email_key"], each.address) if key})
    leads: Owners = {}
    persons: Owners = {}
    if keys:
        rows = await InTransaction(uow).rows(OTHERS, workspace_id, drafts[0].lead.client_id, keys)
        for is_lead, key, id_ in rows:
            (leads if is_lead else persons)[key] = id_
    return leads, persons


async def _write(uow: UnitOfWork, kept: Sequence[Kept], level: Level) -> None:
    """Everything about them, the items last."""
    run = InTransaction(uow).rows
    await run(FILL_LEADS, _packed([_lead_row(each) for each in kept]))
    await run(FILL_PERSONS, _packed([_person_row(each) for each in kept]), level)
    await keep_signals_of(uow, {each.lead.id: each.answer for each in kept})
    told = [happening for each in kept for happening in _moves(each)]
    await note(uow, kept[0].item.user_id, told)
    ids: list[LeadID] = [each.lead.id for each in kept if each.lead.experiment_id is not None]
    if ids:
        await rescore(uow, ids)
    await finish_many(uow, [(each.item, _output(each, level)) for each in kept])


def _moves(each: Kept) -> list[Any]:
    """What the feed tells: each step of the way to enriched."""
    ways = {
        LeadStatus.FOUND: (LeadStatus.FOUND, LeadStatus.ENRICHING, LeadStatus.ENRICHED),
        LeadStatus.ENRICHING: (LeadStatus.ENRICHING, LeadStatus.ENRICHED),
    }
    steps = ways[each.lead.status]
    lead = each.lead
    return [
        move_happening(lead.campaign_id, lead.id, lead.full_name, before, after)
        for before, after in pairwise(steps)
    ]


def _lead_row(each: Kept) -> dict[str, Any]:
    return {"lead": each.lead.id, "person": each.plain.person.id, **each.fields}


def _person_row(each: Kept) -> dict[str, Any]:
    answer = each.answer
    said = {
        name: str(answer[wire])[: PERSON_LENGTHS[name]] if answer.get(wire) else None
        for name, wire in FIELDS.items()
    }
    email = str(answer["email"])[:320] if answer.get("email") else None
    return {
        "person": each.plain.person.id,
        "email_key": each.address,
        "email": email,
        "answer": answer,
        **said,
    }


def _output(each: Kept, level: Level) -> dict[str, Any]:
    return {
        "leadId": each.lead.id,
        "level": level,
        "emailStatus": each.answer.get("emailStatus"),
        "phoneFound": bool(each.answer.get("phone")),
    }


def _packed(rows: Sequence[dict[str, Any]]) -> str:
    return orjson.dumps(rows).decode()
