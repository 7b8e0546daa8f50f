"""The counters of campaigns and experiments, moved with every change of a lead. `recount.py` counts them anew.

A counter is a sum over leads of what one lead is worth (`worth`), so a change moves it by the difference.
An experiment's counters are the sums of its campaigns, without deleted ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from sqlalchemy import update

from persistence.models.campaign import Campaign
from persistence.models.experiment import Experiment
from persistence.models.lead import LeadOutcome, LeadStatus
from persistence.session import UnitOfWork
from persistence.types import CampaignID, ExperimentID
from tools.moves import CONTACTED, MET, REPLIED


@dataclass(frozen=True)
class Counts:
    """How many leads there are, were written to, answered, and met us."""

    total: int = 0
    contacted: int = 0
    replied: int = 0
    meetings: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*[mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)])

    def __neg__(self) -> "Counts":
        return Counts(*[-count for count in astuple(self)])

    def __sub__(self, other: "Counts") -> "Counts":
        return self + -other


def worth(status: LeadStatus, outcome: LeadOutcome | None) -> Counts:
    """What one lead adds to the counters of its campaign."""
    return Counts(1, int(status in CONTACTED), int(status in REPLIED), int(outcome in MET))


def summed(changes: Iterable[tuple[CampaignID, Counts]]) -> dict[CampaignID, Counts]:
    """Several changes as one a campaign."""
    sums: dict[CampaignID, Counts] = defaultdict(Counts)
    for campaign_id, counts in changes:
        sums[campaign_id] += counts
    return dict(sums)


async def shift(uow: UnitOfWork, changes: Mapping[CampaignID, Counts]) -> None:
    """Move the counters of campaigns and of their experiments.

    Rows are locked in one order everywhere, which keeps concurrent changes from deadlocks: leads, campaigns by id,
    experiments by id.
    """
    of_experiments: dict[ExperimentID, Counts] = defaultdict(Counts)
    for campaign_id, counts in sorted(changes.items()):
        if counts != Counts():
            experiment_id = await shift_campaign(uow, campaign_id, counts)
            if experiment_id is not None:
                of_experiments[experiment_id] += counts
    await shift_experiments(uow, of_experiments)


async def shift_campaign(uow: UnitOfWork, campaign_id: CampaignID, counts: Counts) -> ExperimentID | None:
    """Move the counters of one campaign alone; the experiment that counts with it, if any."""
    statement = (
        update(Campaign)
        .where(Campaign.id == campaign_id)
        .values(
            total_leads=Campaign.total_leads + counts.total,
            contacted_count=Campaign.contacted_count + counts.contacted,
            replied_count=Campaign.replied_count + counts.replied,
            meetings_booked=Campaign.meetings_booked + counts.meetings,
            version=Campaign.version,
            updated_at=Campaign.updated_at,
        )
        .returning(Campaign.experiment_id, Campaign.deleted_at)
        .execution_options(synchronize_session=False)
    )
    row = (await uow.session.execute(statement)).one_or_none()
    return row.experiment_id if row is not None and row.deleted_at is None else None


async def shift_experiments(uow: UnitOfWork, changes: Mapping[ExperimentID, Counts]) -> None:
    """Move the counters of experiments alone: when a campaign leaves one."""
    for experiment_id, counts in sorted(changes.items()):
        statement = (
            update(Experiment)
            .where(Experiment.id == experiment_id)
            .values(
                leads_found=Experiment.leads_found + counts.total,
                leads_warming=Experiment.leads_warming + counts.contacted,
                meetings_booked=Experiment.meetings_booked + counts.meetings,
                version=Experiment.version,
                updated_at=Experiment.updated_at,
            )
            .execution_options(synchronize_session=False)
        )
        await uow.session.execute(statement)
