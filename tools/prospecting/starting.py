"""Starting a search for leads, and what a person decides about a page of which nobody knows whether it arrived."""

from decimal import Decimal

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.job import AsyncJobType, Job, JobItem
from persistence.models.workspace import ProjectRole
from persistence.session import UnitOfWork
from persistence.types import CampaignID, JobID, utc_now
from tools.access import Caller
from tools.campaigns.queries import campaign_of
from tools.errors import Conflict, FieldError, Invalid
from tools.experiments.queries import experiment_of
from tools.filters.targets import saved_filters
from tools.jobs.review import Decision
from tools.jobs.service import NewItem, submit
from tools.paid_calls import service as ledger
from tools.paid_calls.credits import require_credits
from tools.prospecting.pages import Chain, Page, month, page_of
from tools.prospecting.schemas import LeadSearch
from tools.prospecting.searching import chain_of
from tools.providers.wiza.client import ROW_COST
from tools.providers.wiza.filters import ProspectFilters, parse_filters
from tools.queue import Queue


async def search_leads(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    wanted: LeadSearch,
    *,
    queue: Queue,
    job_id: JobID | None = None,
) -> Job:
    """A job that looks for leads of a campaign. For members and above. `job_id` as for `submit`.

    Raises NotFound, Forbidden, Invalid for filters that Wiza would not take, Conflict for an experiment that is not the
    campaign's, and QuotaExceeded when the workspace could not pay for a single person.
    """
    campaign, filters = await require_filters(uow, caller, campaign_id, wanted)
    await require_credits(uow, campaign.workspace_id, ROW_COST)
    item = NewItem(
        {
            "campaignId": campaign.id,
            "clientId": caller.client_id,
            "filters": filters.wire(),
            "edition": month(utc_now()),
            "limit": wanted.limit,
            "budget": str(Decimal(str(wanted.budget))),
        }
    )
    return await submit(
        uow,
        caller,
        campaign.workspace_id,
        AsyncJobType.WIZA_SEARCH,
        [item],
        queue=queue,
        campaign_id=campaign.id,
        job_id=job_id,
    )


async def require_filters(
    uow: UnitOfWork, caller: Caller, campaign_id: CampaignID, wanted: LeadSearch
) -> tuple[Campaign, ProspectFilters]:
    """The campaign, and by what to look for its leads. Raises NotFound, Forbidden, Invalid, Conflict."""
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER)
    experiment = await _experiment(uow, caller, campaign.experiment_id, wanted)
    return campaign, _filters(wanted, experiment)


async def decide(uow: UnitOfWork, job: Job, item: JobItem, decision: Decision) -> None:
    """Carry out what a person decided: the page in doubt is bought again, or no longer held back for."""
    chain = chain_of(item.input or {})
    for walked in (chain, chain.apart(job.id)):
        page = await _first_missing(uow, walked)
        if page.in_doubt:
            done = ledger.send_again_at_own_risk if decision is Decision.RETRY else ledger.write_off
            await done(uow, page.key)


async def _first_missing(uow: UnitOfWork, chain: Chain) -> Page:
    """The page at which a chain ends."""
    before = 0
    while True:
        page = await page_of(uow, chain, before)
        if page.link is None or not page.link.prospects:
            return page
        before += len(page.link.prospects)


async def _experiment(
    uow: UnitOfWork, caller: Caller, of_campaign: int | None, wanted: LeadSearch
) -> Experiment | None:
    """The experiment whose filters are meant; leads of one never come by the filters of another."""
    if wanted.experiment_id is None:
        return await uow.session.get(Experiment, of_campaign) if of_campaign is not None else None
    experiment = await experiment_of(uow, caller, wanted.experiment_id)
    if of_campaign is not None and of_campaign != experiment.id:
        raise Conflict("The campaign belongs to another experiment.", code="other_experiment")
    return experiment


def _filters(wanted: LeadSearch, experiment: Experiment | None) -> ProspectFilters:
    if wanted.filters is not None:
        filters = parse_filters(wanted.filters)
        if not filters.wire():
            raise Invalid("Filters are needed.", [FieldError("/filters", "They ask for nothing.")])
        return filters
    if experiment is None:
        raise Invalid(
            "Filters are needed.", [FieldError("/filters", "The campaign has no experiment with any.")]
        )
    saved = saved_filters(experiment)
    if saved is None:
        reason = "The experiment has no filters that Wiza would take: find some by /filters/optimize."
        raise Invalid("Filters are needed.", [FieldError("/experimentId", reason)])
    return saved
