"""Enrichment goes through faults: no lead is lost, none is paid for twice, and credits add up."""

import time
from collections.abc import AsyncIterator

import pytest

from tests.durability.campaigns import Campaign
from tests.durability.jobs.faults import ALL, SHORT, WORKED_ON
from tests.durability.jobs.play import go_home, play, verdict, watched
from tests.durability.jobs.stage import make_stage
from tests.fixtures.api import served
from tests.fixtures.jobs import JobStand


@pytest.mark.timeout(240)
async def test_a_few_faults_of_every_kind_lose_nothing_and_cost_nothing(few_queues: JobStand) -> None:
    async with served(few_queues.api.app, few_queues.callback_port):
        stage = await make_stage(few_queues, 300)
        await few_queues.sandbox.wiza(delay=0.3)
        happened = await play(stage, Campaign(7, 0, len(SHORT)), SHORT)
        await go_home(stage, seconds=120)
        await verdict(stage)
    assert happened.total() == len(SHORT) == 15


MORE_OF_ALL = {
    "WORKER_TIME_LIMIT": "10",
    "WORKER_LEASE": "11",
    "WORKER_VISIBILITY_TIMEOUT": "40",
    "WORKER_ITEMS_AT_ONCE": "8",
    "WORKER_WORKSPACE_ITEMS": "40",
}
"""Enough leads at once for what is written together to be many, and the time for them on a busy machine."""
LOOKS_A_FAULT = 100
"""At progress: 50,000 of 500 faults."""


@pytest.fixture
async def few_queues(job_stand: JobStand) -> AsyncIterator[JobStand]:
    """Its worker serves what a campaign needs, because it is killed and started again often; afterwards all queues."""
    told = dict(job_stand.environment)
    job_stand.kill_worker()
    job_stand.environment |= MORE_OF_ALL
    await job_stand.start_worker(*WORKED_ON)
    yield job_stand
    job_stand.environment |= told
    if job_stand.worker is not None:
        job_stand.kill_worker()
    await job_stand.start_worker()


@pytest.mark.full
@pytest.mark.timeout(2400)
async def test_hundreds_of_faults_lose_nothing_and_cost_nothing(few_queues: JobStand) -> None:
    """500 faults over 10,000 leads; repeatable and resumable by SEED, START and COUNT."""
    job_stand = few_queues
    campaign = Campaign.of(500)
    leads = max(60, campaign.count * 20)
    async with served(job_stand.api.app, job_stand.callback_port):
        stage = await make_stage(job_stand, leads)
        await job_stand.sandbox.wiza(delay=0.3)
        async with watched(stage) as polls:
            happened = await play(stage, campaign, ALL)
            began = time.monotonic()
            await go_home(stage, seconds=60 + stage.leads / 5)
        print(
            f"home {time.monotonic() - began:.0f} s after the last fault; {polls.total()} looks at progress"
        )
        await verdict(stage)
    assert polls.total() >= campaign.count * LOOKS_A_FAULT
    print(f"{stage.killed} processes killed by {sum(happened.values())} faults: {dict(happened)}")
    assert happened.total() == campaign.count
