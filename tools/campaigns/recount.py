"""Counting the counters anew from the leads: what is true, whatever the counters say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import Lead
from persistence.session import UnitOfWork
from persistence.types import CampaignID, ExperimentID, WorkspaceID
from tools.campaigns.counters import Counts, shift_campaign, shift_experiments
from tools.moves import CONTACTED, MET, REPLIED


async def counted(uow: UnitOfWork, *where: ColumnElement[bool]) -> dict[CampaignID, Counts]:
    """What the leads say, for each campaign that matches, those without leads too."""
    statement = (
        select(
            Campaign.id,
            func.count(Lead.id),
            func.count().filter(Lead.status.in_(CONTACTED)),
            func.count().filter(Lead.status.in_(REPLIED)),
            func.count().filter(Lead.outcome.in_(MET)),
        )
        .outerjoin(Lead, Lead.campaign_id == Campaign.id)
        .where(*where)
        .group_by(Campaign.id)
    )
    return {row[0]: Counts(*row[1:]) for row in (await uow.session.execute(statement)).all()}


async def recount(uow: UnitOfWork, workspace_id: WorkspaceID) -> list[str]:
    """Set every counter of a workspace to what its leads say; the names of those that were wrong ("campaign 7")."""
    statement = select(Campaign).where(Campaign.workspace_id == workspace_id).order_by(Campaign.id)
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    campaigns = (await uow.session.execute(locked)).scalars().all()
    # Counted after the locks are held: no counter moves between the count and its correction.
    true = await counted(uow, Campaign.workspace_id == workspace_id)
    wrong: list[str] = []
    for campaign in campaigns:
        drift = true[campaign.id] - _of_campaign(campaign)
        if drift != Counts():
            wrong.append(f"campaign {campaign.id}")
            await shift_campaign(uow, campaign.id, drift)
    return wrong + await _recount_experiments(uow, workspace_id, _by_experiment(campaigns, true))


def _by_experiment(
    campaigns: Sequence[Campaign], true: Mapping[CampaignID, Counts]
) -> dict[ExperimentID, Counts]:
    """The sums of each experiment's campaigns, without deleted ones."""
    sums: dict[ExperimentID, Counts] = defaultdict(Counts)
    for campaign in campaigns:
        if campaign.experiment_id is not None and campaign.deleted_at is None:
            sums[campaign.experiment_id] += true[campaign.id]
    return sums


async def _recount_experiments(
    uow: UnitOfWork, workspace_id: WorkspaceID, true: Mapping[ExperimentID, Counts]
) -> list[str]:
    statement = select(Experiment).where(Experiment.workspace_id == workspace_id).order_by(Experiment.id)
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    wrong: list[str] = []
    for experiment in (await uow.session.execute(locked)).scalars():
        counts = true.get(experiment.id, Counts())
        drift = counts - _of_experiment(experiment, counts)
        if drift != Counts():
            wrong.append(f"experiment {experiment.id}")
            await shift_experiments(uow, {experiment.id: drift})
    return wrong


def _of_campaign(campaign: Campaign) -> Counts:
    return Counts(
        campaign.total_leads, campaign.contacted_count, campaign.replied_count, campaign.meetings_booked
    )


def _of_experiment(experiment: Experiment, counts: Counts) -> Counts:
    """What an experiment's counters say; of replies it has none."""
    return Counts(
        experiment.leads_found, experiment.leads_warming, counts.replied, experiment.meetings_booked
    )
