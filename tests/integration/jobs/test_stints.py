"""What one message does with a job of many items, and what becomes of them when it is interrupted."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis
from sqlalchemy import select, update

from api.broker import broker_url, create_celery
from api.jobs import together
from api.jobs.process import WorkerServices
from api.jobs.together import Stint, work_together
from api.queue import Publisher
from api.settings import load_settings
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState
from persistence.session import Database, UnitOfWork
from persistence.types import JobID, utc_now
from tests.factories.jobs import make_job
from tests.factories.workspaces import make_workspace
from tests.integration.jobs.test_work import worker_services
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem, JobCancelled
from tools.jobs.fairness import NEW, others_wait_to_begin
from tools.jobs.steps import LEAD_ENRICHMENT

QUEUE = f"quiver:{LEAD_ENRICHMENT}"


@pytest.fixture
async def broker(redis_url: str) -> AsyncIterator[Redis]:
    """A broker that no worker of another test reads from."""
    redis = Redis.from_url(f"{redis_url.removesuffix('/0')}/11")
    yield redis
    await redis.delete(QUEUE)
    await redis.aclose()


@pytest.fixture
async def services(
    api_environment: dict[str, str], database: Database, redis_client: Redis, redis_url: str
) -> WorkerServices:
    own = {"CELERY_BROKER_URL": f"{redis_url.removesuffix('/0')}/11", "WORKER_ITEMS_AT_ONCE": "1"}
    settings = load_settings(api_environment | own)
    assert broker_url(settings.redis).endswith("/11")
    publisher = Publisher(create_celery(settings.redis, settings.worker))
    return replace(worker_services(settings, database, redis_client), publisher=publisher)


async def many(database: Database, items: int = 200) -> Job:
    async with database.unit_of_work() as uow:
        return await make_job(
            uow, await make_workspace(uow), type=AsyncJobType.BULK_LEAD_ENRICHMENT, items=items
        )


async def states(database: Database, job_id: JobID) -> Counter[JobItemState]:
    async with database.unit_of_work() as uow:
        return Counter(await uow.session.scalars(select(JobItem.state).where(JobItem.job_id == job_id)))


async def nothing(_uow: UnitOfWork, _job_id: JobID) -> bool:
    """Nothing to tidy."""
    return True


async def worked(services: WorkerServices, job: Job) -> Counter[JobItemState]:
    """How items stand that take a tenth of a second each, after a message's work."""

    async def work(item: ClaimedItem) -> None:
        await asyncio.sleep(0.1)
        async with services.database.unit_of_work() as uow:
            await claims.finish(uow, item, {})

    async with asyncio.timeout(40):
        await work_together(services, job.id, work, nothing)
    return await states(services.database, job.id)


async def test_many_items_give_way_to_a_message_that_waits(
    services: WorkerServices, database: Database, broker: Redis
) -> None:
    job = await many(database)
    await broker.lpush(QUEUE, "somebody's message")
    found = await worked(services, job)
    assert await broker.llen(QUEUE) == 2, "it asks for its own turn behind the other"
    assert 0 < found[JobItemState.DONE] < 200
    assert found[JobItemState.LEASED] == 0


async def test_within_its_first_second_a_message_gives_way_to_jobs_of_others_that_have_not_begun_and_to_no_more(
    services: WorkerServices, database: Database, broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "SHORTEST_SECONDS", 60.0)
    job, other = await many(database, 30), await many(database, 10)
    await broker.lpush(QUEUE, "the other's message")
    found = await worked(services, job)
    assert 0 < found[JobItemState.DONE] < 30
    async with database.unit_of_work() as uow:
        assert await others_wait_to_begin(uow, job.workspace_id, LEAD_ENRICHMENT)
        assert not await others_wait_to_begin(uow, job.workspace_id, "no such queue")
        await uow.session.execute(update(Job).where(Job.id != job.id).values(created_at=Job.created_at - NEW))
    async with database.unit_of_work() as uow:
        assert not await others_wait_to_begin(uow, job.workspace_id, LEAD_ENRICHMENT)
        await uow.session.execute(
            update(Job).where(Job.id != job.id).values(created_at=utc_now(), started_at=utc_now())
        )
    async with database.unit_of_work() as uow:
        assert not await others_wait_to_begin(uow, other.workspace_id, LEAD_ENRICHMENT)
    assert await worked(services, job) == {JobItemState.DONE: 30}


async def test_a_job_of_one_lead_is_not_interrupted_for_others(
    services: WorkerServices, database: Database, broker: Redis
) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow), type=AsyncJobType.LEAD_ENRICHMENT)
    await many(database, 1)
    await broker.lpush(QUEUE, "the other's message")
    begun: list[int] = []

    async def work(item: ClaimedItem) -> None:
        begun.append(item.attempt)
        await asyncio.sleep(1.5)
        async with database.unit_of_work() as uow:
            await claims.finish(uow, item, {})

    await work_together(services, job.id, work, nothing, ahead=3)
    assert begun == [1]
    assert await states(database, job.id) == {JobItemState.DONE: 1}


async def test_items_that_have_not_begun_when_the_message_gives_way_are_put_back(
    services: WorkerServices, database: Database
) -> None:
    job = await many(database, 5)
    begun: list[int] = []

    async def work(item: ClaimedItem) -> None:
        begun.append(item.id)
        stint.give_way()
        await asyncio.sleep(30)

    stint = Stint(services, job.id, work, ahead=5, unbroken=0)
    async with asyncio.timeout(20):
        await stint.run()
    assert len(begun) == 1
    assert await states(database, job.id) == {JobItemState.PENDING: 5}


async def test_the_end_of_an_item_is_written_though_its_job_is_cancelled_meanwhile(
    services: WorkerServices, database: Database
) -> None:
    """The item saw the cancellation first; when the stint sees it as well, its end is just being written."""
    job = await many(database, 1)
    working, cancelled = asyncio.Event(), asyncio.Event()

    async def work(_item: ClaimedItem) -> None:
        working.set()
        await cancelled.wait()
        raise JobCancelled

    running = asyncio.create_task(Stint(services, job.id, work, ahead=1, unbroken=0).run())
    await working.wait()
    async with database.unit_of_work() as uow:
        await uow.session.execute(select(JobItem).where(JobItem.job_id == job.id).with_for_update())
        async with database.unit_of_work() as other:
            await other.session.execute(
                update(Job).where(Job.id == job.id).values(cancel_requested_at=utc_now())
            )
        cancelled.set()
        await asyncio.sleep(1.2)  # in which the stint looks whether its job is cancelled
    async with asyncio.timeout(20):
        await running
    assert await states(database, job.id) == {JobItemState.CANCELLED: 1}
