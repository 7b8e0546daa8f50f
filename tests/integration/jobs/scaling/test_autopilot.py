"""Campaigns on autopilot: a day's leads a day, in the workspace's time zone and within its budget."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from api.queue import OutboxQueue
from persistence.models.campaign import Campaign
from persistence.models.job import AsyncJobType, Job
from persistence.models.lead import Lead
from persistence.types import utc_now
from tests.integration.jobs.scaling.stand import Scalers
from tools.scaling.autopilot import Autopilot, day_of


async def look(stand: Scalers, now: datetime | None = None) -> int:
    """What the schedule does each minute."""
    services = stand.services
    queue = OutboxQueue(services.database, services.publisher, grace=5)
    started = await Autopilot(services.database, queue).run(now)
    await queue.close()
    return started


async def scalings(stand: Scalers) -> list[Job]:
    """The team's scalings, the oldest first."""
    async with stand.services.database.unit_of_work() as uow:
        mine = (Job.workspace_id == stand.team.workspace_id, Job.type == AsyncJobType.CAMPAIGN_SCALE)
        return list((await uow.session.execute(select(Job).where(*mine).order_by(Job.created_at))).scalars())


async def on_autopilot(stand: Scalers, **settings: Any) -> str:
    """A campaign whose leads are looked for by schedule."""
    path = await stand.campaign()
    body = {"autopilotEnabled": True, "dailyLeadLimit": 3} | settings
    answer = await stand.team.owner.put(path, json=body)
    assert answer.status_code == 200, answer.text
    return path


@pytest.mark.full
async def test_a_day_brings_as_many_leads_as_the_limit_allows_and_the_next_day_as_many_again(
    stand: Scalers,
) -> None:
    path = await on_autopilot(stand)
    assert (await look(stand), await look(stand)) == (1, 0), "once a day"
    (first,) = await scalings(stand)
    assert (await stand.finish(first.id))["output"]["found"] == 3
    assert len(await stand.leads(path)) == 3
    tomorrow = utc_now() + timedelta(days=1)
    async with stand.services.database.unit_of_work() as uow:
        earlier = Lead.created_at - timedelta(days=1)
        await uow.session.execute(
            update(Lead).where(Lead.workspace_id == stand.team.workspace_id).values(created_at=earlier)
        )
    assert await look(stand, tomorrow) == 1
    _, second = await scalings(stand)
    assert (await stand.finish(second.id))["output"]["found"] == 3
    assert len({lead["linkedinUrl"] for lead in await stand.leads(path)}) == 6


async def test_leads_that_came_today_count_and_a_full_day_asks_for_nothing(stand: Scalers) -> None:
    path = await on_autopilot(stand, dailyLeadLimit=2)
    for number in range(2):
        answer = await stand.team.owner.post(f"{path}/leads", json={"fullName": f"Somebody {number}"})
        assert answer.status_code == 201
    assert await look(stand) == 0
    assert await scalings(stand) == []
    assert (await stand.team.owner.get(path)).json()["data"]["nextDiscoveryRun"] is not None


async def test_only_active_campaigns_on_autopilot_are_looked_at_one_scaling_at_a_time(stand: Scalers) -> None:
    paused = await on_autopilot(stand, status="paused")
    off = await on_autopilot(stand, autopilotEnabled=False)
    deleted = await on_autopilot(stand)
    await stand.team.owner.delete(deleted)
    busy = await on_autopilot(stand)
    await stand.start(busy, targetLeadCount=5)
    assert await look(stand) == 0
    assert len(await scalings(stand)) == 1
    async with stand.services.database.unit_of_work() as uow:
        rows = (await uow.session.execute(select(Campaign.id, Campaign.next_discovery_run))).all()
    told = {f"/campaigns/{id_}": run for id_, run in rows}
    assert told[paused] is told[off] is told[deleted] is None
    assert told[busy] <= utc_now() + timedelta(minutes=15), "looked at again when that one may be over"


async def test_without_credits_the_feed_says_why_and_nothing_is_asked_for_until_the_next_day(
    stand: Scalers,
) -> None:
    path = await on_autopilot(stand)
    await stand.prepare(1)
    assert (await look(stand), await look(stand)) == (0, 0)
    feed = (await stand.team.owner.get(f"{path}/activities")).json()["data"]
    errors = [each for each in feed if each["activityType"] == "error_occurred"]
    assert [each["metadata"]["code"] for each in errors] == ["budget_exceeded"]
    assert await scalings(stand) == []


def test_a_day_is_one_of_the_workspaces_time_zone_also_when_clocks_change() -> None:
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    assert day_of("UTC", late)[0] == datetime(2026, 11, 29, tzinfo=UTC)
    tokyo = day_of("Asia/Tokyo", late)
    assert tokyo == (datetime(2026, 11, 29, 15, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC))
    begins, ends = day_of("Europe/Berlin", datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert ends.timestamp() - begins.timestamp() == 25 * 3600
    assert day_of("Nowhere/AtAll", late) == day_of("UTC", late)
