"""Enrichment goes through faults: no lead is lost, none is paid for twice, and credits add up."""

import time

import pytest

from tests.durability.campaigns import Campaign
from tests.durability.jobs.faults import ALL, QUICK
from tests.durability.jobs.play import go_home, play, verdict, watched
from tests.durability.jobs.stage import make_stage
from tests.fixtures.api import served
from tests.fixtures.jobs import JobStand


@pytest.mark.full
@pytest.mark.timeout(150)
async def test_a_few_faults_of_every_kind_lose_nothing_and_cost_nothing(job_stand: JobStand) -> None:
    async with served(job_stand.api.app, job_stand.callback_port):
        stage = await make_stage(job_stand, 40)
        await job_stand.sandbox.wiza(delay=0.5)
        happened = await play(stage, Campaign(7, 0, 6), QUICK)
        await go_home(stage, seconds=60)
        await verdict(stage, 40)
    assert happened.total() == 6


@pytest.mark.full
@pytest.mark.timeout(2400)
async def test_hundreds_of_faults_lose_nothing_and_cost_nothing(job_stand: JobStand) -> None:
    """500 faults over 10,000 leads; repeatable and resumable by SEED, START and COUNT."""
    campaign = Campaign.of(500)
    leads = max(60, campaign.count * 20)
    async with served(job_stand.api.app, job_stand.callback_port):
        stage = await make_stage(job_stand, leads)
        await job_stand.sandbox.wiza(delay=0.3)
        async with watched(stage) as polls:
            happened = await play(stage, campaign, ALL)
            began = time.monotonic()
            await go_home(stage, seconds=60 + leads / 10)
        print(
            f"home {time.monotonic() - began:.0f} s after the last fault; {polls.total()} looks at progress"
        )
        await verdict(stage, leads)
    print(dict(happened))
    assert happened.total() == campaign.count, f"the leads ran out: {campaign.again(0)}"
