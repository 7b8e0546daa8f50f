"""Campaigns on autopilot: each day of the workspace's time zone, as many new leads as the campaign's daily limit leaves.

A run is a scaling like any other, asked for in the name of the workspace's owner, within the month's credits.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from sqlalchemy import ColumnElement, func, or_, select

from persistence.models.campaign import ActivityType, Campaign, CampaignStatus
from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.repositories import Repository
from persistence.session import Database, UnitOfWork
from persistence.types import CampaignID, utc_now
from tools.campaigns.activities import Happening, note
from tools.errors import Forbidden, QuiverError
from tools.jobs.steps import FINAL
from tools.queue import Queue
from tools.scaling.schemas import ScaleRequest
from tools.scaling.starting import scale_campaign
from tools.users.queries import caller_of_user

MOST = 50
"""Campaigns that one look starts."""
AGAIN = timedelta(minutes=15)
"""After which to look again at a campaign that is being scaled."""

log = structlog.get_logger(__name__)


class Autopilot:
    """Starts what is due. Several may run: a campaign is looked at by one."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def run(self, now: datetime | None = None) -> int:
        """One look; how many scalings it started. What goes wrong with one campaign holds up no other."""
        moment = now or utc_now()
        async with self._database.unit_of_work() as uow:
            due = await due_campaigns(uow, moment)
        started = 0
        for campaign_id in due:
            try:
                async with self._database.unit_of_work() as uow:
                    started += await self._start(uow, campaign_id, moment)
            except Exception as error:
                log.exception("autopilot.failed", campaign_id=campaign_id, error=type(error).__name__)
        return started

    async def _start(self, uow: UnitOfWork, campaign_id: CampaignID, now: datetime) -> bool:
        """Start a campaign's run, unless somebody else is at it, and note when it is due again."""
        statement = select(Campaign).where(Campaign.id == campaign_id, *_due(now))
        campaign = (
            await uow.session.execute(statement.with_for_update(skip_locked=True))
        ).scalar_one_or_none()
        if campaign is None:
            return False
        workspace = await uow.session.get_one(Workspace, campaign.workspace_id)
        today, tomorrow = day_of(workspace.time_zone, now)
        if await _being_scaled(uow, campaign):
            campaign.next_discovery_run = min(now + AGAIN, tomorrow)
            return False
        room = campaign.daily_lead_limit - await _added(uow, campaign, today)
        campaign.next_discovery_run = tomorrow
        return room > 0 and await self._ask(uow, campaign, workspace, room)

    async def _ask(self, uow: UnitOfWork, campaign: Campaign, workspace: Workspace, room: int) -> bool:
        """Ask for a scaling. Why there is none today stands in the campaign's feed."""
        wanted = ScaleRequest(target_lead_count=campaign.total_leads + room)
        try:
            if workspace.owner_user_id is None:
                raise Forbidden("The workspace has no owner.", code="account_disabled")
            caller = await caller_of_user(uow, workspace.owner_user_id)
            await scale_campaign(uow, caller, campaign.id, wanted, queue=self._queue)
        except QuiverError as error:
            details = {"code": error.error_code, "message": error.message}
            title = "The autopilot found no leads today"
            await note(
                uow, None, [Happening(campaign.id, ActivityType.ERROR_OCCURRED, title, details=details)]
            )
            return False
        return True


async def due_campaigns(uow: UnitOfWork, now: datetime) -> Sequence[CampaignID]:
    """Campaigns whose run is due, those due longest first."""
    statement = (
        select(Campaign.id)
        .join(Workspace, Workspace.id == Campaign.workspace_id)
        .where(*_due(now), Workspace.status != ProjectStatus.DELETING)
        .order_by(Campaign.next_discovery_run.nulls_first(), Campaign.id)
        .limit(MOST)
    )
    return list((await uow.session.execute(statement)).scalars())


def day_of(time_zone: str, now: datetime) -> tuple[datetime, datetime]:
    """When this day began in a time zone, and when the next one does. A zone nobody knows is UTC."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    today = now.astimezone(zone).date()
    return (
        datetime.combine(today, time(), zone),
        datetime.combine(today + timedelta(days=1), time(), zone),
    )


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Campaign.autopilot_enabled.is_(True),
        Campaign.status == CampaignStatus.ACTIVE,
        Campaign.deleted_at.is_(None),
        or_(Campaign.next_discovery_run.is_(None), Campaign.next_discovery_run <= now),
    )


async def _added(uow: UnitOfWork, campaign: Campaign, since: datetime) -> int:
    """Leads the campaign got today, however they came."""
    return await Repository(uow.session, Lead).count(
        Lead.campaign_id == campaign.id, Lead.created_at >= since
    )


async def _being_scaled(uow: UnitOfWork, campaign: Campaign) -> bool:
    where = (
        Job.campaign_id == campaign.id,
        Job.type == AsyncJobType.CAMPAIGN_SCALE,
        Job.status.not_in(FINAL),
    )
    found = select(func.count()).select_from(Job).where(Job.workspace_id == campaign.workspace_id, *where)
    return bool((await uow.session.execute(found)).scalar_one())
