"""Moving a campaign along its table, with what the feed tells of it. The campaign's row must be locked."""

from persistence.models.campaign import ActivityType, Campaign, CampaignStatus
from persistence.session import UnitOfWork
from persistence.types import UserID
from tools.campaigns.activities import Happening, note
from tools.moves import CAMPAIGN_STARTS, CAMPAIGNS, check_move, illegal_move

MOVED: dict[CampaignStatus, tuple[ActivityType, str]] = {
    CampaignStatus.ACTIVE: (ActivityType.CAMPAIGN_RESUMED, "Campaign resumed"),
    CampaignStatus.PAUSED: (ActivityType.CAMPAIGN_PAUSED, "Campaign paused"),
    CampaignStatus.COMPLETED: (ActivityType.CAMPAIGN_COMPLETED, "Campaign completed"),
    CampaignStatus.ARCHIVED: (ActivityType.CAMPAIGN_ARCHIVED, "Campaign archived"),
}


def check_start(wanted: CampaignStatus) -> None:
    """Raise Conflict unless a campaign may begin like this."""
    if wanted not in CAMPAIGN_STARTS:
        raise illegal_move("a new campaign", wanted, CAMPAIGN_STARTS)


async def move_campaign(
    uow: UnitOfWork, actor: UserID | None, campaign: Campaign, status: CampaignStatus
) -> None:
    """Move a campaign; `actor` None is the system. Raises Conflict, naming the legal moves."""
    check_move(CAMPAIGNS, campaign.status, status)
    before, campaign.status = campaign.status, status
    kind, title = MOVED[status]
    details = {"from": before.value, "to": status.value}
    await note(uow, actor, [Happening(campaign.id, kind, title, details=details, status=status.value)])
