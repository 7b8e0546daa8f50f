"""Campaigns: list, make, read, change and delete them. A status moves only along `moves.CAMPAIGNS`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from persistence.models.campaign import ActivityType, Campaign, CampaignActivity, CampaignStatus
from persistence.models.experiment import Experiment
from persistence.models.workspace import ProjectRole
from persistence.repositories import Repository
from persistence.session import UnitOfWork
from persistence.types import CampaignID, ExperimentID, WorkspaceID, utc_now
from tools.access import Caller, require_role
from tools.audit import service as audit
from tools.campaigns.activities import Happening, note
from tools.campaigns.counters import Counts, shift_experiments
from tools.campaigns.moving import check_start, move_campaign
from tools.campaigns.queries import campaign_of
from tools.campaigns.schemas import CampaignCreate, CampaignStats, CampaignUpdate
from tools.campaigns.stats import stats_of
from tools.errors import Conflict, NotFound
from tools.paging import Page, PageRequest, page_of
from tools.versions import require_version

ENTITY = "campaign"


@dataclass(frozen=True)
class CampaignView:
    """A campaign, what its leads add up to and, where one is read, its experiment."""

    campaign: Campaign
    stats: CampaignStats
    experiment: Experiment | None = None


async def list_campaigns(
    uow: UnitOfWork,
    caller: Caller,
    workspace_id: WorkspaceID,
    page: PageRequest,
    *,
    statuses: Collection[CampaignStatus] = (),
    experiment_id: ExperimentID | None = None,
    newest_first: bool = False,
) -> Page[CampaignView]:
    """A workspace's campaigns, oldest first unless asked otherwise; empty filters let all through."""
    await require_role(uow, caller, workspace_id)
    statement = select(Campaign).where(Campaign.workspace_id == workspace_id, Campaign.deleted_at.is_(None))
    if statuses:
        statement = statement.where(Campaign.status.in_(statuses))
    if experiment_id is not None:
        statement = statement.where(Campaign.experiment_id == experiment_id)
    found = await page_of(uow, statement, [Campaign.id], page, descending=newest_first)
    stats = await stats_of(uow, [row.id for row in found.items])
    views = [CampaignView(row, stats[row.id]) for row in found.items]
    return Page(views, found.limit, found.next_cursor, found.total)


async def create_campaign(
    uow: UnitOfWork, caller: Caller, workspace_id: WorkspaceID, new: CampaignCreate
) -> CampaignView:
    """A new campaign. For members and above. Raises NotFound, Forbidden, Conflict for a status it can't begin with."""
    await require_role(uow, caller, workspace_id, ProjectRole.MEMBER)
    check_start(new.status)
    if new.experiment_id is not None:
        await _require_experiment(uow, workspace_id, new.experiment_id)
    values = new.model_dump(exclude={"workspace_id"})
    campaign = Campaign(workspace_id=workspace_id, **values)
    await Repository(uow.session, Campaign).create(campaign)
    made = Happening(
        campaign.id, ActivityType.CAMPAIGN_CREATED, "Campaign created", status=campaign.status.value
    )
    await note(uow, caller.user_id, [made])
    return await _view(uow, campaign)


async def read_campaign(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID) -> CampaignView:
    """One campaign. Raises NotFound."""
    return await _view(uow, await campaign_of(uow, caller, campaign_id))


async def update_campaign(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    change: CampaignUpdate,
    *,
    expected_version: int | None = None,
) -> CampaignView:
    """Change what `change` names. For members and above.

    Raises NotFound, Forbidden, StaleVersion, and Conflict for a status that may not follow and for another experiment
    once there are leads.
    """
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER, for_update=True)
    require_version(campaign, expected_version)
    sent = change.changes()
    status = sent.pop("status", campaign.status)
    if sent.get("experiment_id", campaign.experiment_id) != campaign.experiment_id:
        await _check_experiment(uow, campaign, sent["experiment_id"])
    for name, value in sent.items():
        setattr(campaign, name, value)
    if status is not campaign.status:
        await move_campaign(uow, caller.user_id, campaign, status)
    await uow.session.flush()
    return await _view(uow, campaign)


async def delete_campaign(uow: UnitOfWork, caller: Caller, campaign_id: CampaignID) -> None:
    """Hide a campaign, and its leads from every list; its experiment no longer counts them. For members and above."""
    campaign = await campaign_of(uow, caller, campaign_id, ProjectRole.MEMBER, for_update=True)
    campaign.deleted_at = utc_now()
    await uow.session.flush()
    if campaign.experiment_id is not None:
        counts = Counts(
            campaign.total_leads, campaign.contacted_count, campaign.replied_count, campaign.meetings_booked
        )
        await shift_experiments(uow, {campaign.experiment_id: -counts})
    before = {"name": campaign.name, "status": campaign.status.value, "leads": campaign.total_leads}
    await audit.record(
        uow,
        caller,
        campaign.workspace_id,
        entity=ENTITY,
        entity_id=campaign.id,
        action="deleted",
        before=before,
    )


async def list_activities(
    uow: UnitOfWork,
    caller: Caller,
    campaign_id: CampaignID,
    page: PageRequest,
    *,
    types: Collection[ActivityType] = (),
) -> Page[CampaignActivity]:
    """What happened in a campaign, newest first. Raises NotFound."""
    campaign = await campaign_of(uow, caller, campaign_id)
    statement = select(CampaignActivity).where(CampaignActivity.campaign_id == campaign.id)
    if types:
        statement = statement.where(CampaignActivity.activity_type.in_(types))
    keys = [CampaignActivity.created_at, CampaignActivity.id]
    return await page_of(uow, statement, keys, page, descending=True)


async def _check_experiment(uow: UnitOfWork, campaign: Campaign, experiment_id: ExperimentID | None) -> None:
    """Raise Conflict when leads have bound companies to the present experiment, NotFound for a foreign new one."""
    if experiment_id is not None:
        await _require_experiment(uow, campaign.workspace_id, experiment_id)
    if campaign.total_leads > 0:
        raise Conflict(
            "The campaign has leads, whose companies belong to its experiment; make a new campaign.",
            code="experiment_fixed",
        )


async def _require_experiment(
    uow: UnitOfWork, workspace_id: WorkspaceID, experiment_id: ExperimentID
) -> None:
    """Raise NotFound unless the experiment is of this workspace."""
    found = await Repository(uow.session, Experiment).count(
        Experiment.id == experiment_id, Experiment.workspace_id == workspace_id
    )
    if not found:
        raise NotFound("There is no such experiment.")


async def _view(uow: UnitOfWork, campaign: Campaign) -> CampaignView:
    experiment = None
    if campaign.experiment_id is not None:
        experiment = await Repository(uow.session, Experiment).get(Experiment.id == campaign.experiment_id)
    stats: Sequence[CampaignStats] = list((await stats_of(uow, [campaign.id])).values())
    return CampaignView(campaign, stats[0], experiment)
