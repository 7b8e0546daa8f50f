"""One scaling, step by step. Search, enrichment and messages are jobs of their own, with ids made of this job's.

So a scaling that is begun again anywhere finds what it has started, waits for it and goes on behind it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Any

from sqlalchemy import select

from persistence.models.campaign import ActivityType, Campaign, CampaignStatus
from persistence.models.experiment import Experiment
from persistence.models.job import AsyncJobType, Job, JobItemState, JobStatus
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectRole
from persistence.session import Database, UnitOfWork
from persistence.types import CampaignID, JobID, LeadID, utc_now
from tools.access import Caller
from tools.campaigns.activities import Happening, note
from tools.campaigns.moving import move_campaign
from tools.campaigns.queries import campaign_of
from tools.campaigns.stats import stats_of
from tools.enrichment.schemas import EnrichMany
from tools.enrichment.starting import enrich_leads
from tools.errors import Conflict, Forbidden, NotFound
from tools.jobs import claims
from tools.jobs.children import child_of
from tools.jobs.claims import ClaimedItem, ComeBack
from tools.jobs.closing import item_counts
from tools.jobs.steps import FINAL
from tools.messages.bulk import start_bulk
from tools.messages.generation import BulkOutreach
from tools.paid_calls.credits import credits_left
from tools.prospecting.schemas import LeadSearch
from tools.prospecting.starting import search_leads
from tools.queue import Queue
from tools.scaling.planning import LEVEL, Plan, Standing, plan
from tools.scaling.schemas import ScaleOutput
from tools.scaling.starting import require_live
from tools.users.queries import caller_of_user

AGAIN_SECONDS = 2.0
"""After which to look again whether a job that was started is over."""


class ScaleStep(IntEnum):
    """The steps people see, as `tools/jobs/steps.py` names them."""

    ANALYZE = 0
    CALCULATE = 1
    FIND = 2
    ENRICH = 3
    WRITE = 4
    ACTIVATE = 5


Begin = Callable[[ScaleStep], Awaitable[None]]
Start = Callable[[UnitOfWork, JobID], Awaitable[Job]]


@dataclass(frozen=True)
class Quest:
    """What an item asks for, and for whom."""

    item: ClaimedItem
    caller: Caller
    campaign_id: CampaignID

    @property
    def target(self) -> int | None:
        """Leads the campaign shall have; None: to be chosen."""
        target: int | None = self.item.input["target"]
        return target

    @property
    def budget(self) -> Decimal | None:
        """The most credits to spend; None: what is left."""
        budget = self.item.input["budget"]
        return None if budget is None else Decimal(budget)


class Scaler:
    """Scalings of one process."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def scale(self, item: ClaimedItem, begin: Begin) -> None:
        """Go on with a scaling, and end the item when all is done.

        Raises ComeBack while a job that it started goes on, LeaseLost, JobCancelled, and the product's errors.
        """
        quest = await self._quest(item)
        search = await self._child(quest, AsyncJobType.WIZA_SEARCH)
        if search is None and await self._find(quest, begin):
            raise ComeBack(AGAIN_SECONDS)
        leads = await self._found(quest, _over(search)) if search is not None else []
        if leads:
            await self._work_on(
                quest, ScaleStep.ENRICH, AsyncJobType.BULK_LEAD_ENRICHMENT, self._enrich(quest, leads)
            )
            leads = await self._still_there(quest, leads)
        if leads:
            await self._work_on(
                quest, ScaleStep.WRITE, AsyncJobType.BULK_GENERATE_OUTREACH, self._write(quest, leads)
            )
        await begin(ScaleStep.ACTIVATE)
        await self._activate(quest, search)

    async def _quest(self, item: ClaimedItem) -> Quest:
        if item.user_id is None:
            raise Forbidden("Whoever asked for this is gone.", code="account_disabled")
        async with self._database.unit_of_work() as uow:
            caller = await caller_of_user(uow, item.user_id)
        return Quest(item, caller, CampaignID(item.input["campaignId"]))

    async def _find(self, quest: Quest, begin: Begin) -> bool:
        """Start the search; False when there is nobody to look for."""
        await begin(ScaleStep.ANALYZE)
        async with self._database.unit_of_work() as uow:
            standing = await standing_of(uow, quest)
        await begin(ScaleStep.CALCULATE)
        async with self._database.unit_of_work() as uow:
            made = await _plan(uow, quest, standing)
        if not made.new:
            return False
        wanted = LeadSearch(limit=made.new, budget=float(made.search_budget))

        async def start(uow: UnitOfWork, job_id: JobID) -> Job:
            title = f"Looking for {made.new} more leads"
            details = {"target": made.target, "leads": standing.leads}
            happening = Happening(quest.campaign_id, ActivityType.DISCOVERY_STARTED, title, details=details)
            await note(uow, quest.caller.user_id, [happening])
            return await search_leads(
                uow, quest.caller, quest.campaign_id, wanted, queue=self._queue, job_id=job_id
            )

        await self._start(quest, ScaleStep.FIND, AsyncJobType.WIZA_SEARCH, start)
        return True

    def _enrich(self, quest: Quest, leads: list[LeadID]) -> Start:
        wanted = EnrichMany(lead_ids=leads, level=LEVEL)

        async def start(uow: UnitOfWork, job_id: JobID) -> Job:
            return await enrich_leads(
                uow, quest.caller, quest.campaign_id, wanted, queue=self._queue, job_id=job_id
            )

        return start

    def _write(self, quest: Quest, leads: list[LeadID]) -> Start:
        wanted = BulkOutreach(lead_ids=leads)

        async def start(uow: UnitOfWork, job_id: JobID) -> Job:
            return await start_bulk(
                uow, quest.caller, quest.campaign_id, wanted, queue=self._queue, job_id=job_id
            )

        return start

    async def _work_on(self, quest: Quest, step: ScaleStep, kind: AsyncJobType, start: Start) -> None:
        """Have the leads worked on by a job of this kind. Raises ComeBack until it is over; leads that fail hold up nobody."""
        child = await self._child(quest, kind)
        if child is None:
            await self._start(quest, step, kind, start)
            raise ComeBack(AGAIN_SECONDS)
        if child.status not in FINAL:
            raise ComeBack(AGAIN_SECONDS)
        if child.status is JobStatus.CANCELLED:
            raise Conflict("A part of the scaling was cancelled.", code="part_cancelled")

    async def _start(self, quest: Quest, step: ScaleStep, kind: AsyncJobType, start: Start) -> None:
        """Start a job in the transaction that proves that this one is wanted: a cancellation comes before or sees it."""
        async with self._database.unit_of_work() as uow:
            await claims.advance(uow, quest.item, step)
            job_id = child_of(quest.item.job_id, kind)
            if await uow.session.get(Job, job_id) is None:
                await start(uow, job_id)

    async def _child(self, quest: Quest, kind: AsyncJobType) -> Job | None:
        async with self._database.unit_of_work() as uow:
            return await uow.session.get(Job, child_of(quest.item.job_id, kind))

    async def _found(self, quest: Quest, search: Job) -> list[LeadID]:
        """The new leads. Raises Conflict when the search came to nothing."""
        if search.status is not JobStatus.COMPLETED or search.output is None:
            reason = search.error_message or "It was cancelled."
            raise Conflict(f"No new leads were found. {reason}", code=search.error_code or "part_cancelled")
        return await self._still_there(quest, [LeadID(id_) for id_ in search.output["leadIds"]])

    async def _still_there(self, quest: Quest, leads: list[LeadID]) -> list[LeadID]:
        async with self._database.unit_of_work() as uow:
            return await remaining(uow, quest, leads)

    async def _activate(self, quest: Quest, search: Job | None) -> None:
        """Set a paused campaign going, tell its feed, and end the item, in one transaction."""
        async with self._database.unit_of_work() as uow:
            output = await self._output(uow, quest, search)
            await claims.finish(uow, quest.item, output.model_dump(mode="json", by_alias=True))
            campaign = await _campaign(uow, quest, for_update=True)
            if campaign.status is CampaignStatus.PAUSED:
                await move_campaign(uow, quest.caller.user_id, campaign, CampaignStatus.ACTIVE)
            campaign.last_discovery_run = utc_now()
            title = f"Scaled by {output.found} leads"
            details = output.model_dump(mode="json", by_alias=True, include={"found", "enriched", "drafted"})
            happening = Happening(campaign.id, ActivityType.DISCOVERY_COMPLETED, title, details=details)
            await note(uow, quest.caller.user_id, [happening])

    async def _output(self, uow: UnitOfWork, quest: Quest, search: Job | None) -> ScaleOutput:
        standing = await standing_of(uow, quest)
        found = 0 if search is None else int((search.output or {})["added"])
        before = Standing(standing.leads - found, standing.reply_rate, standing.sample)
        made = await _plan(uow, quest, before)
        return ScaleOutput(
            target_lead_count=made.target,
            before=before.leads,
            reply_rate=standing.reply_rate,
            affordable=made.affordable,
            found=found,
            enriched=await _done(uow, quest, AsyncJobType.BULK_LEAD_ENRICHMENT),
            drafted=await _done(uow, quest, AsyncJobType.BULK_GENERATE_OUTREACH),
            search=None if search is None else _told(search),
        )


async def standing_of(uow: UnitOfWork, quest: Quest) -> Standing:
    """How the campaign does. Raises Conflict when it is gone or over."""
    campaign = await _campaign(uow, quest)
    require_live(campaign)
    experiment = await uow.session.get(Experiment, campaign.experiment_id) if campaign.experiment_id else None
    design = experiment.design if experiment is not None else None
    stats = (await stats_of(uow, [campaign.id]))[campaign.id]
    sample = design.get("minimumSample") if isinstance(design, dict) else None
    return Standing(campaign.total_leads, stats.reply_rate, sample)


async def remaining(uow: UnitOfWork, quest: Quest, leads: list[LeadID]) -> list[LeadID]:
    """Those of the leads that are still the campaign's."""
    statement = (
        select(Lead.id).where(Lead.id.in_(leads), Lead.campaign_id == quest.campaign_id).order_by(Lead.id)
    )
    return list((await uow.session.execute(statement)).scalars())


async def _plan(uow: UnitOfWork, quest: Quest, standing: Standing) -> Plan:
    left = await credits_left(uow, quest.item.workspace_id)
    return plan(standing, quest.target, left if quest.budget is None else min(left, quest.budget))


async def _campaign(uow: UnitOfWork, quest: Quest, *, for_update: bool = False) -> Campaign:
    try:
        return await campaign_of(
            uow, quest.caller, quest.campaign_id, ProjectRole.MEMBER, for_update=for_update
        )
    except NotFound as gone:
        raise Conflict("The campaign was deleted.", code="campaign_deleted") from gone


async def _done(uow: UnitOfWork, quest: Quest, kind: AsyncJobType) -> int:
    return (await item_counts(uow, child_of(quest.item.job_id, kind))).get(JobItemState.DONE, 0)


def _over(job: Job) -> Job:
    """The job, once it is over. Raises ComeBack before."""
    if job.status not in FINAL:
        raise ComeBack(AGAIN_SECONDS)
    return job


def _told(search: Job) -> dict[str, Any]:
    """A search's output without the ids, which may be many."""
    return {name: value for name, value in (search.output or {}).items() if name != "leadIds"}
