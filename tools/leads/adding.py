"""Adding leads to a campaign: duplicates and companies of other experiments are reported, the rest is scored and saved at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from persistence.many_rows import insert_many
from persistence.models.campaign import ActivityType, Campaign
from persistence.models.lead import Lead, LeadStatus
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID
from tools.access import Caller
from tools.campaigns.activities import Happening, note
from tools.campaigns.counters import Counts, shift, worth
from tools.campaigns.queries import campaign_of
from tools.errors import FieldError, Invalid
from tools.leads.companies import OTHER_ARM, SENTENCE, claim_companies, in_other_arm
from tools.leads.identity import Keys, Shared, duplicate, keys_of, known_leads, take_turn
from tools.leads.persons import persons_behind
from tools.leads.schemas import BrokenLead, Duplicate, ItemError, LeadCreate, Rejected
from tools.lookups import plan_anew
from tools.scoring.stored import with_scores

FEW = 20
"""Leads whose keys are found quickly by any plan."""

Items = Sequence[LeadCreate | BrokenLead]


@dataclass
class Sorted:
    """A batch, sorted by what is to become of each item."""

    new: dict[int, tuple[LeadCreate, Keys]] = field(default_factory=dict)
    known: dict[int, tuple[LeadID, Shared]] = field(default_factory=dict)
    repeated: dict[int, tuple[int, Shared]] = field(default_factory=dict)
    """Items that repeat an earlier one of the same batch."""
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True)
class Added:
    """What became of a batch."""

    lead_ids: list[LeadID]
    duplicates: list[Duplicate]
    rejected: list[Rejected]


async def add_lead(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, lead: LeadCreate) -> LeadID:
    """Add one lead. Raises NotFound, Forbidden, Conflict for a duplicate and for a company of another experiment."""
    added = await add_leads(uow, caller, campaign_id, [lead])
    if added.duplicates:
        raise duplicate(added.duplicates[0].lead_id, added.duplicates[0].reason)
    if added.rejected:
        raise in_other_arm()
    return added.lead_ids[0]


async def add_leads(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, items: Items) -> Added:
    """Add those that can be added. For members and above.

    Raises NotFound, Forbidden, and Invalid when nothing of it is a lead at all.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    if all(isinstance(item, BrokenLead) for item in items):
        raise _nothing_but_broken(items)
    await take_turn(uow, campaign.workspace_id)
    # Whoever waited may find that the campaign is deleted by now.
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER, for_update=True)
    if len(items) > FEW:
        await plan_anew(uow)
    batch = await _sorted(uow, campaign, items)
    ids = dict(zip(batch.new, await _insert(uow, campaign, list(batch.new.values())), strict=True))
    await shift(uow, {campaign.id: _worth(len(ids))})
    if ids:
        await note(uow, caller.user_id, [_told(campaign, len(ids))])
    duplicates = [Duplicate(index=i, lead_id=id_, reason=why) for i, (id_, why) in batch.known.items()]
    duplicates += [
        Duplicate(index=i, lead_id=ids[first], reason=why) for i, (first, why) in batch.repeated.items()
    ]
    return Added(
        list(ids.values()),
        sorted(duplicates, key=lambda item: item.index),
        sorted(batch.rejected, key=lambda item: item.index),
    )


async def _sorted(uow: UnitOfWork, campaign: Campaign, items: Items) -> Sorted:
    """What is to become of each item; the companies of new ones are claimed."""
    leads = {i: (item, _keys(item)) for i, item in enumerate(items) if isinstance(item, LeadCreate)}
    known = await known_leads(uow, campaign.workspace_id, [keys for _, keys in leads.values()])
    fresh = {i: lead for i, lead in leads.items() if known.find(lead[1]) is None}
    companies = {keys.company for _, keys in fresh.values() if keys.company}
    elsewhere = await claim_companies(uow, campaign.workspace_id, campaign.experiment_id, companies)
    batch = Sorted(
        rejected=[
            Rejected(index=i, errors=[ItemError(**error) for error in item.errors])
            for i, item in enumerate(items)
            if isinstance(item, BrokenLead)
        ]
    )
    seen: dict[tuple[Shared, str], int] = {}
    for i, (lead, keys) in leads.items():
        if there := known.find(keys):
            batch.known[i] = there
        elif keys.company in elsewhere:
            error = ItemError(code=OTHER_ARM, pointer="/company", reason=SENTENCE)
            batch.rejected.append(Rejected(index=i, errors=[error]))
        elif repeated := _seen(seen, keys):
            batch.repeated[i] = repeated
        else:
            batch.new[i] = (lead, keys)
            seen.update(dict.fromkeys(_marks(keys), i))
    return batch


def _marks(keys: Keys) -> list[tuple[Shared, str]]:
    marks: list[tuple[Shared, str]] = []
    if keys.linkedin:
        marks.append(("linkedin_url", keys.linkedin))
    if keys.email:
        marks.append(("email", keys.email))
    return marks


def _seen(seen: dict[tuple[Shared, str], int], keys: Keys) -> tuple[int, Shared] | None:
    return next(((seen[mark], mark[0]) for mark in _marks(keys) if mark in seen), None)


async def _insert(
    uow: UnitOfWork, campaign: Campaign, leads: Sequence[tuple[LeadCreate, Keys]]
) -> list[LeadID]:
    """Insert new leads and the persons behind them; their ids in the order given."""
    if not leads:
        return []
    # The fields are flat: a copy does what dumping them would.
    said = [(dict(vars(lead)), keys) for lead, keys in leads]
    persons = await persons_behind(uow, campaign.workspace_id, said)
    rows: list[dict[str, Any]] = [
        {
            **fields,
            "campaign_id": campaign.id,
            "workspace_id": campaign.workspace_id,
            "person_id": person,
            "linkedin_key": keys.linkedin,
            "email_key": keys.email,
            "company_key": keys.company,
        }
        for (fields, keys), person in zip(said, persons, strict=True)
    ]
    return [
        LeadID(key) for key in await insert_many(uow.session, Lead, await with_scores(uow, campaign, rows))
    ]


def _keys(lead: LeadCreate) -> Keys:
    return keys_of(
        linkedin_url=lead.linkedin_url,
        email=lead.email,
        company=lead.company,
        company_domain=lead.company_domain,
    )


def _worth(count: int) -> Counts:
    one = worth(LeadStatus.FOUND, None)
    return Counts(one.total * count)


def _told(campaign: Campaign, count: int) -> Happening:
    title = "1 lead added" if count == 1 else f"{count} leads added"
    return Happening(campaign.id, ActivityType.LEADS_FOUND, title, details={"count": count})


def _nothing_but_broken(items: Items) -> Invalid:
    """The refusal of a batch in which nothing is a lead."""
    errors = [
        FieldError(f"/leads/{i}{error['pointer']}", error["reason"])
        for i, item in enumerate(items)
        if isinstance(item, BrokenLead)
        for error in item.errors
    ]
    return Invalid("Nothing of it is a lead.", errors)
