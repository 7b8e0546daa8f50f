"""The leads of a batch of items, locked, and the persons behind them: read by one statement each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from persistence.models.lead import LeadStatus
from persistence.session import UnitOfWork
from persistence.types import CampaignID, ClientID, ExperimentID, LeadID, PersonID
from tools.jobs.claims import ClaimedItem
from tools.keys import linkedin_key
from tools.read_models import InTransaction

HELD_LEADS = """
SELECT i."JobItemID", l."LeadID", l."CampaignID", c."ExperimentID", p."ClientID", l."Status", l."FullName",
  l."LinkedinUrl", l."Email", l."EmailKey", l."PersonID", l."JobTitle", l."Location", l."Phone", l."Company",
  l."CompanyDomain", l."CompanyKey", j."CancelRequestedAt" IS NULL AND i."LeaseUntil" > now()
FROM unnest($1::bigint[], $2::bigint[]) AS mine (item, fence)
JOIN "JobItems" i ON i."JobItemID" = mine.item AND i."Fence" = mine.fence AND i."State" = 'leased'
JOIN "Jobs" j ON j."JobID" = i."JobID"
JOIN "Leads" l ON l."LeadID" = i."LeadID" AND l."ProjectID" = j."ProjectID"
JOIN "Campaigns" c ON c."CampaignID" = l."CampaignID" AND c."DeletedAt" IS NULL
JOIN "Projects" p ON p."ProjectID" = l."ProjectID" AND p."Status" <> 'deleting'
ORDER BY l."LeadID"
FOR NO KEY UPDATE OF l, i
"""
PERSONS = """
SELECT "PersonID", "LinkedinKey", "EmailKey", "EnrichmentLevel" FROM "Persons"
WHERE "PersonID" = ANY (ARRAY(
  SELECT "PersonID" FROM "Persons" WHERE "ClientID" = $1 AND "PersonID" = ANY ($2::bigint[])
  UNION SELECT "PersonID" FROM "Persons" WHERE "ClientID" = $1 AND "LinkedinKey" = ANY ($3::text[])
  UNION SELECT "PersonID" FROM "Persons" WHERE "ClientID" = $1 AND "EmailKey" = ANY ($4::text[])
))
ORDER BY "PersonID"
FOR NO KEY UPDATE
"""
BEFORE = (LeadStatus.FOUND, LeadStatus.ENRICHING)


@dataclass(frozen=True)
class HeldLead:
    """A lead, locked together with its item, which is ours. `going`: its job was not cancelled and its lease not ended."""

    item_id: int
    id: LeadID
    campaign_id: CampaignID
    experiment_id: ExperimentID | None
    client_id: ClientID
    status: LeadStatus
    full_name: str
    linkedin_url: str | None
    email: str | None
    email_key: str | None
    person_id: PersonID | None
    job_title: str | None
    location: str | None
    phone: str | None
    company: str | None
    company_domain: str | None
    company_key: str | None
    going: bool

    @property
    def profile(self) -> str | None:
        """What its person is bought under when it has a profile."""
        return linkedin_key(self.linkedin_url)


@dataclass(frozen=True)
class KnownPerson:
    """A person's keys, and what was bought of them."""

    id: PersonID
    profile: str | None
    address: str | None
    level: str | None


@dataclass(frozen=True)
class Plain:
    """A lead with the one person it is, of whom nothing was bought yet."""

    lead: HeldLead
    person: KnownPerson
    profile: str


async def held_leads(uow: UnitOfWork, items: Sequence[ClaimedItem]) -> dict[int, HeldLead]:
    """The leads of items by the item's id; of those that are gone, or are not ours any more, none."""
    ids, fences = [item.id for item in items], [item.fence for item in items]
    rows = await InTransaction(uow).rows(HELD_LEADS, ids, fences)
    found = [HeldLead(*_typed(row)) for row in rows]
    return {lead.item_id: lead for lead in found}


def _typed(row: Sequence[Any]) -> list[Any]:
    return [*row[:5], LeadStatus(row[5]), *row[6:]]


async def plain_leads(
    uow: UnitOfWork, leads: Iterable[HeldLead], *, profiles: Iterable[str] = (), addresses: Iterable[str] = ()
) -> dict[int, Plain]:
    """Those that are one person whom nobody else may be, by their item's id; persons are locked until the transaction ends.

    `profiles` and `addresses` are further keys by which somebody may turn out to be one of them.
    """
    named = {lead.item_id: (lead, lead.profile) for lead in leads if lead.status in BEFORE}
    some = [(lead, profile) for lead, profile in named.values() if profile is not None]
    if not some:
        return {}
    by_key = _by_key(await _persons(uow, some, {*profiles}, {*addresses}))
    plain = [
        Plain(lead, person, profile) for lead, profile in some if (person := _only(by_key, lead, profile))
    ]
    shared = Counter(each.person.id for each in plain)
    return {each.lead.item_id: each for each in plain if shared[each.person.id] == 1}


Key = tuple[str, Any]


async def _persons(
    uow: UnitOfWork, leads: Sequence[tuple[HeldLead, str]], profiles: set[str], addresses: set[str]
) -> list[KnownPerson]:
    profiles |= {profile for _, profile in leads}
    addresses |= {lead.email_key for lead, _ in leads if lead.email_key}
    ids = [lead.person_id for lead, _ in leads if lead.person_id is not None]
    client_id = leads[0][0].client_id
    rows = await InTransaction(uow).rows(PERSONS, client_id, ids, sorted(profiles), sorted(addresses))
    return [KnownPerson(*row) for row in rows]


def _by_key(persons: Sequence[KnownPerson]) -> dict[Key, KnownPerson]:
    """Persons by what they are recognised by."""
    found: dict[Key, KnownPerson] = {}
    for person in persons:
        found["id", person.id] = person
        if person.profile:
            found["profile", person.profile] = person
        if person.address:
            found["address", person.address] = person
    return found


def _only(by_key: dict[Key, KnownPerson], lead: HeldLead, profile: str) -> KnownPerson | None:
    """The one person that all keys of a lead lead to, if nothing was bought of them and no key contradicts."""
    person = by_key.get(("profile", profile))
    if person is None or person.level is not None or lead.person_id not in {None, person.id}:
        return None
    if lead.email_key and by_key.get(("address", lead.email_key), person) is not person:
        return None
    if lead.email_key and person.address not in {None, lead.email_key}:
        return None
    return person
