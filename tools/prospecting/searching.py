"""One search from its filters to leads: pages are bought into the ledger, then all leads are made in one transaction.

Interrupted anywhere it walks along its pages again, which are there, and makes the leads that nobody made yet.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from pydantic import ValidationError

from persistence.models.campaign import Campaign
from persistence.models.entity import JsonObject
from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole
from persistence.session import Database, UnitOfWork
from persistence.types import CampaignID, ClientID, LeadID
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import Conflict, Forbidden, NotFound, QuotaExceeded
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, ComeBack, NeedsReview
from tools.leads.adding import Added, add_leads
from tools.leads.companies import OTHER_ARM
from tools.leads.identity import Keys, keys_of, known_leads, take_turn
from tools.leads.schemas import LeadCreate
from tools.prospecting.arms import arms_for, assign, holders
from tools.prospecting.pages import Chain, Page, Pages, page_of, spent_by
from tools.prospecting.schemas import SearchOutput
from tools.providers.wiza.client import MAX_ROWS, ROW_COST
from tools.providers.wiza.errors import WizaBusy, WizaLost, WizaNotFound, WizaRefused
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.providers.wiza.records import Prospect
from tools.usage.service import Spender
from tools.users.queries import caller_of_user

MAX_PAGES = 500
AGAIN_SECONDS = 5.0
DOUBT = "A page of people may have cost credits already, and nobody can tell: to retry may cost them again."


class SearchStep(IntEnum):
    """The steps people see, as `tools/jobs/steps.py` names them."""

    VALIDATE = 0
    SUBMIT = 1
    POLL = 2
    PARSE = 3
    SAVE = 4


Begin = Callable[[SearchStep], Awaitable[None]]


@dataclass
class Haul:
    """What the pages brought so far."""

    prospects: list[Prospect] = field(default_factory=list)
    matching: int | None = None
    ended_by: str = "exhausted"


@dataclass(frozen=True)
class Quest:
    """What an item asks for, and for whom."""

    item: ClaimedItem
    caller: Caller
    campaign_id: CampaignID
    chain: Chain
    limit: int
    budget: Decimal

    @property
    def spender(self) -> Spender:
        """Who pays."""
        return Spender(
            self.item.workspace_id, self.item.user_id, campaign_id=self.campaign_id, job_id=self.item.job_id
        )


class Searcher:
    """Searches of one process."""

    def __init__(self, database: Database, pages: Pages) -> None:
        self._database = database
        self._pages = pages

    async def search(self, item: ClaimedItem, begin: Begin) -> None:
        """Look for leads, make them, and end the item.

        Raises LeaseLost, JobCancelled, ComeBack while Wiza is busy, NeedsReview, and the product's errors.
        """
        await begin(SearchStep.VALIDATE)
        quest = await self._quest(item)
        await begin(SearchStep.SUBMIT)
        haul = await self._gather(quest, begin)
        await begin(SearchStep.PARSE)
        leads, unusable = leads_of(haul.prospects)
        await begin(SearchStep.SAVE)
        async with self._database.unit_of_work() as uow:
            output = await save(uow, quest, haul, leads)
            output.unusable = unusable
            await claims.finish(uow, item, output.model_dump(mode="json", by_alias=True))

    async def _quest(self, item: ClaimedItem) -> Quest:
        if item.user_id is None:
            raise Forbidden("Whoever asked for this is gone.", code="account_disabled")
        asked = item.input
        async with self._database.unit_of_work() as uow:
            caller = await caller_of_user(uow, item.user_id)
            campaign = await _campaign(uow, caller, CampaignID(asked["campaignId"]))
        chain = chain_of(asked)
        return Quest(item, caller, campaign.id, chain, asked["limit"], Decimal(str(asked["budget"])))

    async def _gather(self, quest: Quest, begin: Begin) -> Haul:
        """Walk along the chain until there are enough new people; a chain that can't go on is begun anew, apart."""
        try:
            return await self._walk(quest, quest.chain, begin)
        except (WizaRefused, WizaNotFound):
            async with self._database.unit_of_work() as uow:
                begun = (await page_of(uow, quest.chain, 0)).link is not None
            if not begun:
                raise
        return await self._walk(quest, quest.chain.apart(quest.item.job_id), begin)

    async def _walk(self, quest: Quest, chain: Chain, begin: Begin) -> Haul:
        haul, token = Haul(), None
        for number in range(MAX_PAGES):
            new, page, spent = await self._look(quest, chain, haul)
            if new >= quest.limit:
                haul.ended_by = "limit"
                return haul
            if page.link is None:
                affordable = int((quest.budget - spent) / ROW_COST)
                size = min(MAX_ROWS, quest.limit - new, affordable)
                if size < 1:
                    haul.ended_by = "budget"
                    return haul
                try:
                    page = await self._bought(quest, chain, page, size, token, len(haul.prospects))
                except QuotaExceeded:
                    if not haul.prospects:
                        raise
                    haul.ended_by = "budget"
                    return haul
            link = page.link
            assert link is not None
            haul.prospects += link.prospects
            haul.matching, token = link.total, link.following
            if token is None or not link.prospects:
                return haul
            if number == 0:
                await begin(SearchStep.POLL)
        return haul

    async def _look(self, quest: Quest, chain: Chain, haul: Haul) -> tuple[int, Page, Decimal]:
        """How many of those found are new, the next page, and what was spent."""
        async with self._database.unit_of_work() as uow:
            await claims.require_going(uow, quest.item)
            new = await _new(uow, quest, haul.prospects)
            page = await page_of(uow, chain, len(haul.prospects))
            return new, page, await spent_by(uow, quest.item.job_id)

    async def _bought(
        self, quest: Quest, chain: Chain, page: Page, size: int, token: str | None, before: int
    ) -> Page:
        """A page, once it is there. Raises ComeBack while somebody else buys it, NeedsReview when it is in doubt."""
        if page.in_doubt:
            raise NeedsReview(DOUBT)
        try:
            await self._pages.buy(chain, page, size, token, quest.spender)
        except WizaBusy as busy:
            raise ComeBack(min(float(busy.retry_after), 60.0)) from busy
        except WizaLost as lost:
            raise NeedsReview(DOUBT) from lost
        async with self._database.unit_of_work() as uow:
            there = await page_of(uow, chain, before)
        if there.link is None:
            raise ComeBack(AGAIN_SECONDS)
        return there


def chain_of(asked: JsonObject) -> Chain:
    """The chain of pages that an item of a search walks along."""
    return Chain(ClientID(asked["clientId"]), parse_filters(asked["filters"]), asked["edition"])


def leads_of(prospects: Sequence[Prospect]) -> tuple[list[LeadCreate], int]:
    """The people as leads, and how many can't be one."""
    leads = []
    for person in prospects:
        fields = {
            "full_name": person.full_name,
            "job_title": person.job_title,
            "company": person.company,
            "company_domain": person.company_domain,
            "linkedin_url": person.linkedin_url,
            "location": person.location,
        }
        try:
            leads.append(LeadCreate.model_validate({name: value for name, value in fields.items() if value}))
        except ValidationError:
            continue
    return leads, len(prospects) - len(leads)


async def save(uow: UnitOfWork, quest: Quest, haul: Haul, leads: Sequence[LeadCreate]) -> SearchOutput:
    """Make the leads: at most as many new ones as were wanted, of companies that are not another experiment's."""
    await take_turn(uow, quest.item.workspace_id)
    campaign = await _campaign(uow, quest.caller, quest.campaign_id)
    known = await known_leads(uow, campaign.workspace_id, map(_keys, leads))
    fresh = [lead for lead in leads if known.find(_keys(lead)) is None]
    mine = await _of_this_arm(uow, campaign, quest.chain.filters, fresh, for_good=True)
    wanted = mine[: quest.limit]
    added = await add_leads(uow, quest.caller, campaign.id, wanted) if wanted else Added([], [], [])
    refused = sum(error.code == OTHER_ARM for item in added.rejected for error in item.errors)
    return SearchOutput(
        matching=haul.matching,
        looked_at=len(haul.prospects),
        added=len(added.lead_ids),
        lead_ids=[LeadID(id_) for id_ in added.lead_ids],
        duplicates=len(leads) - len(fresh) + len(added.duplicates),
        other_arm=len(fresh) - len(mine) + refused,
        unusable=0,
        credits=await spent_by(uow, quest.item.job_id),
        ended_by=haul.ended_by,
    )


async def _of_this_arm(
    uow: UnitOfWork,
    campaign: Campaign,
    filters: ProspectFilters,
    leads: Sequence[LeadCreate],
    *,
    for_good: bool,
) -> list[LeadCreate]:
    """Leads whose companies are not another experiment's; `for_good` gives companies that nobody holds to arms."""
    experiment = await uow.session.get(Experiment, campaign.experiment_id) if campaign.experiment_id else None
    if experiment is None:
        return list(leads)
    arms = await arms_for(uow, experiment, filters)
    companies = {key for lead in leads if (key := _keys(lead).company)}
    if for_good:
        await assign(uow, campaign.workspace_id, companies, arms)
    held = await holders(uow, campaign.workspace_id, companies, arms)
    return [lead for lead in leads if held.get(_keys(lead).company or "", experiment.id) == experiment.id]


async def _new(uow: UnitOfWork, quest: Quest, prospects: Sequence[Prospect]) -> int:
    """How many of these are no leads of the workspace yet, and of no other experiment's company."""
    leads, _ = leads_of(prospects)
    if not leads:
        return 0
    campaign = await _campaign(uow, quest.caller, quest.campaign_id)
    known = await known_leads(uow, campaign.workspace_id, map(_keys, leads))
    fresh = [lead for lead in leads if known.find(_keys(lead)) is None]
    return len(await _of_this_arm(uow, campaign, quest.chain.filters, fresh, for_good=False))


async def _campaign(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID) -> Campaign:
    """The campaign. Raises Conflict when it is gone, Forbidden when whoever asked may not any more."""
    try:
        return await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    except NotFound as gone:
        raise Conflict("The campaign was deleted.", code="campaign_deleted") from gone


def _keys(lead: LeadCreate) -> Keys:
    return keys_of(
        linkedin_url=lead.linkedin_url,
        email=lead.email,
        company=lead.company,
        company_domain=lead.company_domain,
    )
