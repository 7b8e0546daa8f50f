"""Adding leads to a campaign: duplicates and companies of other experiments are reported, the rest is scored and saved at once."""

from dataclasses import dataclass, field

from persistence.models.campaign import ActivityType, Campaign
from persistence.models.lead import LeadStatus
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, LeadID
from tools.access import Caller
from tools.campaigns.activities import Happening, note
from tools.campaigns.counters import Counts, shift, worth
from tools.campaigns.queries import campaign_of
from tools.errors import FieldError, Invalid
from tools.leads.batch import BrokenLead, Items, Said, said_of
from tools.leads.companies import OTHER_ARM, SENTENCE, claim_companies, in_other_arm
from tools.leads.identity import Keys, Shared, duplicate, keys_of, known_leads, take_turn_at
from tools.leads.inserting import insert_leads
from tools.leads.schemas import Duplicate, ItemError, LeadCreate, Rejected

FEW = 20
"""Leads whose keys are found quickly by any plan."""


@dataclass
class Sorted:
    """A batch, sorted by what is to become of each item."""

    new: dict[int, tuple[Said, Keys]] = field(default_factory=dict)
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
    items: str = ""
    """The new leads' JSON texts, joined by commas, when they were asked for."""


async def add_lead(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, lead: LeadCreate) -> LeadID:
    """Add one lead. Raises NotFound, Forbidden, Conflict for a duplicate and for a company of another experiment."""
    added = await add_leads(uow, caller, campaign_id, [lead])
    if added.duplicates:
        raise duplicate(added.duplicates[0].lead_id, added.duplicates[0].reason)
    if added.rejected:
        raise in_other_arm()
    return added.lead_ids[0]


async def add_leads(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, items: Items, *, shown: bool = False
) -> Added:
    """Add those that can be added; `shown`: answer them as JSON. For members and above.

    Raises NotFound, Forbidden, and Invalid when nothing of it is a lead at all.
    """
    await take_turn_at(uow, caller, campaign_id, many=len(items) > FEW)
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER, for_update=True)
    if all(isinstance(item, BrokenLead) for item in items):
        raise _nothing_but_broken(items)
    batch = await _sorted(uow, campaign, items)
    inserted = await insert_leads(uow, campaign, list(batch.new.values()), shown=shown)
    ids = dict(zip(batch.new, inserted.ids, strict=True))
    await shift(uow, {campaign.id: _worth(len(ids))})
    if ids:
        await note(uow, caller.user_id, [_told(campaign, len(ids))])
    duplicates = [Duplicate(index=i, lead_id=id_, reason=why) for i, (id_, why) in batch.known.items()]
    duplicates += [
        Duplicate(index=i, lead_id=ids[first], reason=why) for i, (first, why) in batch.repeated.items()
    ]
    return Added(
        inserted.ids,
        sorted(duplicates, key=lambda item: item.index),
        sorted(batch.rejected, key=lambda item: item.index),
        inserted.items,
    )


async def _sorted(uow: UnitOfWork, campaign: Campaign, items: Items) -> Sorted:
    """What is to become of each item; the companies of new ones are claimed."""
    leads = {i: (said, _keys(said)) for i, item in enumerate(items) if (said := said_of(item)) is not None}
    known = await known_leads(uow, campaign.workspace_id, [keys for _, keys in leads.values()])
    fresh = {i: lead for i, lead in leads.items() if known.find(lead[1]) is None} if known else leads
    companies = {keys.company for _, keys in fresh.values() if keys.company}
    elsewhere = await claim_companies(uow, campaign.workspace_id, campaign.experiment_id, companies)
    batch = Sorted(
        rejected=[
            Rejected(index=i, errors=[ItemError(**error) for error in item.errors])
            for i, item in enumerate(items)
            if isinstance(item, BrokenLead)
        ]
    )
    seen: Seen = ({}, {})
    for i, (lead, keys) in leads.items():
        if known and (there := known.find(keys)):
            batch.known[i] = there
        elif keys.company in elsewhere:
            error = ItemError(code=OTHER_ARM, pointer="/company", reason=SENTENCE)
            batch.rejected.append(Rejected(index=i, errors=[error]))
        elif repeated := _repeated(seen, i, keys):
            batch.repeated[i] = repeated
        else:
            batch.new[i] = (lead, keys)
    return batch


Seen = tuple[dict[str, int], dict[str, int]]
"""The first item of a batch with a profile, and with an address."""


def _repeated(seen: Seen, i: int, keys: Keys) -> tuple[int, Shared] | None:
    """The item that has one of the keys, and which; None when it is the first, which is remembered."""
    linkedin, email, _ = keys
    if linkedin and linkedin in seen[0]:
        return seen[0][linkedin], "linkedin_url"
    if email and email in seen[1]:
        return seen[1][email], "email"
    if linkedin:
        seen[0][linkedin] = i
    if email:
        seen[1][email] = i
    return None


def _keys(said: Said) -> Keys:
    return keys_of(
        linkedin_url=said.get("linkedin_url"),
        email=said.get("email"),
        company=said.get("company"),
        company_domain=said.get("company_domain"),
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
