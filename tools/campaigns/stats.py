"""What the leads of campaigns add up to, counted when asked."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from persistence.models.lead import Lead, LeadOutcome, LeadStatus
from persistence.session import UnitOfWork
from persistence.types import CampaignID
from tools.campaigns.schemas import CampaignStats, RateRead
from tools.experiments.sampling import wilson_interval
from tools.moves import CONTACTED, REPLIED


async def stats_of(uow: UnitOfWork, campaign_ids: Sequence[CampaignID]) -> dict[CampaignID, CampaignStats]:
    """The sums of each campaign, by one statement for all of them."""
    by_status: dict[CampaignID, dict[LeadStatus, int]] = defaultdict(lambda: defaultdict(int))
    by_outcome: dict[CampaignID, dict[LeadOutcome, int]] = defaultdict(lambda: defaultdict(int))
    statement = (
        select(Lead.campaign_id, Lead.status, Lead.outcome, func.count())
        .where(Lead.campaign_id.in_(campaign_ids))
        .group_by(Lead.campaign_id, Lead.status, Lead.outcome)
    )
    for campaign_id, status, outcome, count in (await uow.session.execute(statement)).all():
        by_status[campaign_id][status] += count
        if outcome is not None:
            by_outcome[campaign_id][outcome] += count
    return {id_: _stats(by_status[id_], by_outcome[id_]) for id_ in campaign_ids}


def _stats(by_status: dict[LeadStatus, int], by_outcome: dict[LeadOutcome, int]) -> CampaignStats:
    contacted = sum(by_status.get(status, 0) for status in CONTACTED)
    rate = wilson_interval(sum(by_status.get(status, 0) for status in REPLIED), contacted)
    return CampaignStats(
        by_status={status: by_status[status] for status in LeadStatus if status in by_status},
        by_outcome={outcome: by_outcome[outcome] for outcome in LeadOutcome if outcome in by_outcome},
        reply_rate=RateRead(value=rate.value, low=rate.low, high=rate.high, n=contacted),
    )
