"""Messages to many leads by one job: each lead once, whatever becomes of the others, however often it is asked for."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from agents.outreach.drafter import GraphDrafter
from api.jobs.outreach import draft_item, nothing_to_tidy, still_wanted
from api.jobs.process import WorkerServices
from api.jobs.together import work_together
from api.settings import load_settings
from persistence.models.campaign import Campaign
from persistence.models.job import Job, JobItem, JobItemState, JobStatus
from persistence.models.outreach import OutreachMessage
from persistence.repositories import Repository
from persistence.session import Database
from tests.factories.campaigns import make_campaign
from tests.factories.jobs import NotedQueue
from tests.factories.leads import make_lead
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import make_prospect, make_sender
from tests.fixtures.sandbox import SandboxServer
from tests.integration.jobs.test_work import worker_services
from tools.errors import Invalid, NotFound
from tools.jobs.claims import ClaimedItem
from tools.jobs.service import cancel_job
from tools.leads.service import delete_lead
from tools.messages.bulk import start_batch, start_bulk
from tools.messages.generation import AiBatchRequest, BulkOutreach

ALL = BulkOutreach(all=True)


@dataclass
class Stand:
    """A campaign with four leads, one of whom nothing is known."""

    bench: GraphBench
    services: WorkerServices
    database: Database
    campaign: Campaign

    async def start(self, wanted: BulkOutreach = ALL) -> Job:
        async with self.database.unit_of_work() as uow:
            return await start_bulk(uow, self.bench.caller, self.campaign.id, wanted, queue=NotedQueue())

    async def do(self, job: Job) -> Job:
        drafter = GraphDrafter(self.bench.runs)

        async def work(item: ClaimedItem) -> None:
            await draft_item(self.services, drafter, item, heard=still_wanted(self.services, item))

        await work_together(self.services, job.id, work, nothing_to_tidy)
        async with self.database.unit_of_work() as uow:
            return await uow.session.get_one(Job, job.id)

    async def messages(self) -> list[OutreachMessage]:
        async with self.database.unit_of_work() as uow:
            here = OutreachMessage.campaign_id == self.campaign.id
            return await Repository(uow.session, OutreachMessage).get_all(here)

    async def items(self, job: Job) -> list[JobItem]:
        async with self.database.unit_of_work() as uow:
            return await Repository(uow.session, JobItem).get_all(
                JobItem.job_id == job.id, order_by=[JobItem.position]
            )


@pytest.fixture
async def stand(
    graph_bench: GraphBench,
    api_environment: dict[str, str],
    database: Database,
    redis_client: Redis,
    sandbox: SandboxServer,
) -> AsyncIterator[Stand]:
    services = worker_services(load_settings(api_environment), database, redis_client)
    async with database.unit_of_work() as uow:
        await make_sender(uow, graph_bench.workspace)
        campaign = await make_campaign(uow, graph_bench.workspace)
        for number in range(3):
            domain = f"brennholt{number}.example"
            await make_prospect(
                uow,
                graph_bench.workspace,
                campaign=campaign,
                company_domain=domain,
                company_key=domain,
                email=f"jonna@{domain}",
            )
        await make_lead(uow, campaign, full_name="Per Aas", job_title=None, company=None, company_domain=None)
    yield Stand(graph_bench, services, database, campaign)


async def test_each_lead_gets_one_message_and_asking_again_writes_none(
    stand: Stand, sandbox: SandboxServer
) -> None:
    job = await stand.do(await stand.start())
    assert (job.status, job.output) == (JobStatus.COMPLETED, {"done": 4, "failed": 0})
    messages = await stand.messages()
    assert len({message.lead_id for message in messages}) == len(messages) == 3
    outputs = [item.output or {} for item in await stand.items(job)]
    assert [bool(output["message"]) for output in outputs] == [True, True, True, False]
    assert outputs[3]["declined"]["reason"]
    calls = len(await sandbox.calls())
    again = await stand.do(await stand.start())
    assert again.status is JobStatus.COMPLETED
    assert len(await stand.messages()) == 3
    assert len(await sandbox.calls()) == calls


@pytest.mark.full
async def test_two_jobs_at_once_and_a_message_that_comes_twice_write_each_lead_once(stand: Stand) -> None:
    jobs = [await stand.start() for _ in range(2)]
    await asyncio.gather(*(stand.do(job) for job in (*jobs, jobs[0])))
    messages = await stand.messages()
    assert len({message.lead_id for message in messages}) == len(messages) == 3


async def test_a_lead_that_fails_is_told_and_holds_up_nobody(stand: Stand) -> None:
    job = await stand.start()
    (first, *_) = await stand.items(job)
    assert first.lead_id is not None
    async with stand.database.unit_of_work() as uow:
        await delete_lead(uow, stand.bench.caller, first.lead_id)
    done = await stand.do(job)
    assert (done.status, done.output) == (JobStatus.COMPLETED, {"done": 3, "failed": 1})
    states = [item.state for item in await stand.items(job)]
    assert states == [JobItemState.FAILED, *[JobItemState.DONE] * 3]
    assert len(await stand.messages()) == 2


async def test_a_cancelled_job_stops_in_mid_call(stand: Stand, sandbox: SandboxServer) -> None:
    await sandbox.behave("hang")
    job = await stand.start()
    working = asyncio.create_task(stand.do(job))
    async with asyncio.timeout(20):
        while True:
            if await sandbox.calls():
                break
            await asyncio.sleep(0.05)
    async with stand.database.unit_of_work() as uow:
        await cancel_job(uow, stand.bench.caller, job.id, stand.services.settings.worker)
    done = await asyncio.wait_for(working, 10)
    assert done.status is JobStatus.CANCELLED
    assert await stand.messages() == []


async def test_leads_are_of_the_campaign_and_there_are_some(stand: Stand) -> None:
    async with stand.database.unit_of_work() as uow:
        other = await make_lead(uow, await make_campaign(uow, stand.bench.workspace))
    with pytest.raises(NotFound):
        await stand.start(BulkOutreach(lead_ids=[other.id]))
    with pytest.raises(Invalid):
        await stand.start(BulkOutreach(all=True, filter={"q": "nobody of that name"}))
    named = [item.lead_id for item in await stand.items(await stand.start()) if item.lead_id]
    async with stand.database.unit_of_work() as uow:
        mixed = AiBatchRequest(lead_ids=[*named, other.id])
        with pytest.raises(Invalid):
            await start_batch(uow, stand.bench.caller, mixed, queue=NotedQueue())
        job = await start_batch(uow, stand.bench.caller, AiBatchRequest(lead_ids=named), queue=NotedQueue())
        assert job.total_steps == len(named)
