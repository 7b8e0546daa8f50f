"""A message written by a job: its draft and the item's end are one transaction, in this process, without Celery."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import update

from agents.outreach.drafter import GraphDrafter
from api.jobs.outreach import draft_item, noted_steps
from api.jobs.process import WorkerServices
from api.jobs.work import work_on
from api.settings import load_settings
from persistence.models.agent_run import AgentRun
from persistence.models.job import Job, JobItem, JobItemState, JobStatus
from persistence.models.lead import Lead
from persistence.models.outreach import OutreachMessage
from persistence.repositories import Repository
from persistence.session import Database
from tests.factories.jobs import NotedQueue
from tests.fixtures.graphs import GraphBench
from tests.fixtures.outreach import make_prospect, make_sender
from tests.fixtures.sandbox import SandboxServer
from tests.integration.jobs.test_work import worker_services
from tools.jobs.claims import ClaimedItem
from tools.jobs.service import cancel_job
from tools.messages.asking import start_drafting, wish_for
from tools.messages.generation import GenerateOutreach


@dataclass
class Stand:
    """A job for one lead, and a worker's way of doing it."""

    bench: GraphBench
    services: WorkerServices
    database: Database
    lead: Lead
    job: Job

    async def work(self, item: ClaimedItem) -> None:
        drafter = GraphDrafter(self.bench.runs)
        await draft_item(self.services, drafter, item, heard=noted_steps(self.services, item))

    async def do(self) -> None:
        await work_on(self.services, self.job.id, self.work)

    async def row(self) -> Job:
        async with self.database.unit_of_work() as uow:
            return await uow.session.get_one(Job, self.job.id)

    async def all_of(self, entity: Any) -> list[Any]:
        async with self.database.unit_of_work() as uow:
            return await Repository(uow.session, entity).get_all(entity.lead_id == self.lead.id)


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
        lead = await make_prospect(uow, graph_bench.workspace)
    async with database.unit_of_work() as uow:
        wish = await wish_for(uow, graph_bench.caller, lead.id, GenerateOutreach())
        job = await start_drafting(uow, graph_bench.caller, wish, queue=NotedQueue())
    yield Stand(graph_bench, services, database, lead, job)


async def asked(sandbox: SandboxServer, times: int) -> None:
    """Wait until the model was asked so often."""
    while True:
        if len(await sandbox.calls()) >= times:
            return
        await asyncio.sleep(0.05)


async def test_it_is_written_once_however_often_the_message_comes(stand: Stand) -> None:
    await asyncio.gather(*(stand.do() for _ in range(3)))
    await stand.do()
    job, (message,) = await stand.row(), await stand.all_of(OutreachMessage)
    assert job.status is JobStatus.COMPLETED
    assert job.output is not None
    assert job.output["message"]["id"] == message.id
    (run,) = await stand.all_of(AgentRun)
    assert (run.job_id, run.model_calls) == (job.id, 1)


async def test_a_worker_that_died_in_mid_run_is_followed_without_paying_again(
    stand: Stand, sandbox: SandboxServer
) -> None:
    lying = await sandbox.behave("fabricating", count=1)
    await sandbox.behave("hang", skip=1)
    first = asyncio.create_task(stand.do())
    await asked(sandbox, 2)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await sandbox.behave_well()
    assert lying
    async with stand.database.unit_of_work() as uow:
        lost = {"state": JobItemState.PENDING, "lease_until": None}
        await uow.session.execute(update(JobItem).where(JobItem.job_id == stand.job.id).values(**lost))
    before = len(await sandbox.calls())
    await stand.do()
    assert (await stand.row()).status is JobStatus.COMPLETED
    assert len(await sandbox.calls()) == before + 1, "the first draft is not written again"
    (run,) = await stand.all_of(AgentRun)
    assert (run.attempt, len(run.state["answers"])) == (2, 2)
    assert len(await stand.all_of(OutreachMessage)) == 1


async def test_a_cancelled_job_stops_in_mid_call_and_writes_nothing(
    stand: Stand, sandbox: SandboxServer
) -> None:
    await sandbox.behave("hang")
    working = asyncio.create_task(stand.do())
    await asked(sandbox, 1)
    async with stand.database.unit_of_work() as uow:
        await cancel_job(uow, stand.bench.caller, stand.job.id, stand.services.settings.worker)
    await asyncio.wait_for(working, 5)
    assert (await stand.row()).status is JobStatus.CANCELLED
    assert await stand.all_of(OutreachMessage) == []


async def test_its_steps_are_shown_and_a_decline_is_its_output(stand: Stand, sandbox: SandboxServer) -> None:
    await sandbox.behave("fabricating")
    await stand.do()
    job = await stand.row()
    assert job.status is JobStatus.COMPLETED
    assert job.completed_steps == 5
    assert job.output is not None
    assert job.output["message"] is None
    assert job.output["declined"]["missing"]
