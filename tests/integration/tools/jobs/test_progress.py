"""Progress is shown from Redis and never wrong for long: what is lost or old is put right from Postgres."""

from datetime import timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import update

from persistence.job_progress import JobProgress
from persistence.models.job import AsyncJobType, Job, JobStatus
from persistence.session import Database
from persistence.types import JobID, utc_now
from tests.factories.jobs import make_job
from tests.factories.workspaces import make_workspace
from tools.jobs import claims
from tools.jobs.reading import publish_job, show, show_many
from tools.jobs.schemas import JobRead
from tools.jobs.settings import WorkerSettings

SETTINGS = WorkerSettings()


@pytest.fixture
def progress(redis_client: Redis) -> JobProgress:
    return JobProgress(redis_client)


async def seen(database: Database, job_id: JobID, progress: JobProgress) -> JobRead:
    async with database.unit_of_work() as uow:
        job = await uow.session.get(Job, job_id)
        assert job is not None
        return await show(uow, job, progress, SETTINGS)


async def test_a_running_job_shows_step_share_and_the_time_left(
    database: Database, progress: JobProgress
) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow))
    async with database.unit_of_work() as uow:
        (item,) = await claims.claim(uow, job.id, SETTINGS)
        await claims.advance(uow, item, 3)
    async with database.unit_of_work() as uow:
        began = {"started_at": utc_now() - timedelta(seconds=30)}
        await uow.session.execute(update(Job).where(Job.id == job.id).values(**began))
    read = await seen(database, job.id, progress)
    assert (read.progress, read.progress_text) == (75, "75% complete")
    assert (read.completed_steps, read.total_steps, read.current_step) == (3, 4, "Saving results")
    assert read.estimated_seconds_remaining == pytest.approx(10, abs=1)
    assert read.status is JobStatus.PROCESSING


async def test_progress_comes_from_redis_and_is_put_back_when_lost(
    database: Database, progress: JobProgress, redis_client: Redis
) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow))
        await uow.commit()
        await publish_job(uow, job.id, progress, SETTINGS)
    assert 86_000 < await redis_client.ttl(f"job:{job.id}") <= 86_400
    await redis_client.delete(f"job:{job.id}")
    assert (await seen(database, job.id, progress)).current_step == "Queued for processing..."
    assert await redis_client.exists(f"job:{job.id}")


async def test_an_older_state_never_replaces_a_newer_one(progress: JobProgress, redis_client: Redis) -> None:
    job_id = JobID(uuid4())
    for revision, step in ((20, "new"), (10, "old"), (20, "same")):
        await progress.put(
            job_id, {"step": step}, revision=revision, lifetime=timedelta(minutes=1), patience=1
        )
    assert await progress.get(job_id, patience=1) == {"step": "same"}


async def test_a_redis_that_came_back_with_what_was_before_is_not_believed(
    database: Database, progress: JobProgress, redis_client: Redis
) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow))
    await seen(database, job.id, progress)
    before = await redis_client.hgetall(f"job:{job.id}")
    async with database.unit_of_work() as uow:
        (item,) = await claims.claim(uow, job.id, SETTINGS)
        await claims.advance(uow, item, 3)
    async with database.unit_of_work() as uow:
        await publish_job(uow, job.id, progress, SETTINGS)
    assert (await seen(database, job.id, progress)).completed_steps == 3
    await redis_client.hset(f"job:{job.id}", mapping=before)
    assert (await seen(database, job.id, progress)).completed_steps == 3
    assert await redis_client.hget(f"job:{job.id}", "revision") > before[b"revision"]


async def test_without_redis_the_job_is_still_shown(database: Database) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow))
    nowhere = Redis.from_url("redis://127.0.0.1:1/0", retry=None)
    read = await seen(database, job.id, JobProgress(nowhere))
    assert read.status is JobStatus.QUEUED
    await nowhere.aclose()


async def test_a_bulk_job_counts_its_items_and_names_failures(
    database: Database, progress: JobProgress
) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        job = await make_job(uow, workspace, items=4, type=AsyncJobType.BULK_LEAD_ENRICHMENT)
    async with database.unit_of_work() as uow:
        first, second, _ = await claims.claim(uow, job.id, SETTINGS, limit=3)
        await claims.finish(uow, first, {})
        await claims.fail(uow, second, "not_found", "There is no such profile.")
    async with database.unit_of_work() as uow:
        fresh = await uow.session.get(Job, job.id)
        assert fresh is not None
        (read,) = await show_many(uow, [fresh])
    assert (read.progress, read.completed_steps, read.total_steps) == (50, 2, 4)
    assert read.current_step == "Enriching lead 3 of 4"
    assert [failure.code for failure in read.failures] == ["not_found"]
