"""How an item ends, whatever its work does: in this process, without Celery."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from redis.asyncio import Redis
from sqlalchemy import select, update

from api.broker import create_celery
from api.jobs.process import WorkerServices
from api.jobs.work import SLICE_SHARE, begin_step, work_on, work_through
from api.queue import Publisher
from api.settings import Settings, load_settings
from persistence.job_progress import JobProgress
from persistence.models.job import AsyncJobType, Job, JobItem, JobItemState, JobStatus
from persistence.session import Database
from persistence.types import JobID, utc_now
from tests.factories.jobs import make_job
from tests.factories.workspaces import make_workspace
from tools.budgets.tokens import CODE, RESERVED
from tools.errors import Invalid, ProviderUnavailable, QuotaExceeded
from tools.jobs import claims
from tools.jobs.claims import ClaimedItem
from tools.jobs.outbox import Hint

Work = Callable[[ClaimedItem], Awaitable[None]]


@pytest.fixture
async def services(
    api_environment: dict[str, str], database: Database, redis_client: Redis
) -> WorkerServices:
    settings = load_settings(
        api_environment | {"WORKER_TIME_LIMIT": "2", "WORKER_LEASE": "3", "WORKER_VISIBILITY_TIMEOUT": "4"}
    )
    return worker_services(settings, database, redis_client)


def worker_services(settings: Settings, database: Database, redis: Redis) -> WorkerServices:
    publisher = Publisher(create_celery(settings.redis, settings.worker))
    return WorkerServices(settings, database, redis, JobProgress(redis), publisher)


@pytest.fixture
async def job_id(database: Database) -> AsyncIterator[JobID]:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow))
    yield job.id


async def state(database: Database, job_id: JobID) -> tuple[Job, JobItem]:
    async with database.unit_of_work() as uow:
        statement = select(Job, JobItem).join(JobItem, JobItem.job_id == Job.id).where(Job.id == job_id)
        job, item = (await uow.session.execute(statement)).one()
        return job, item


async def make_due(database: Database, job_id: JobID) -> None:
    async with database.unit_of_work() as uow:
        await uow.session.execute(update(JobItem).where(JobItem.job_id == job_id).values(run_after=utc_now()))


async def test_a_provider_that_is_away_is_tried_again_later_and_then_told(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    async def unavailable(_item: ClaimedItem) -> None:
        raise ProviderUnavailable(
            "The website does not answer.", provider="website", code="website_unreachable"
        )

    for attempt in (1, 2):
        await work_on(services, job_id, unavailable)
        job, item = await state(database, job_id)
        assert (job.status, item.state, item.attempt) == (JobStatus.PROCESSING, JobItemState.PENDING, attempt)
        assert 0 < (item.run_after - utc_now()).total_seconds() <= 15
        await make_due(database, job_id)
    await work_on(services, job_id, unavailable)
    job, item = await state(database, job_id)
    assert (job.status, job.error_code) == (JobStatus.FAILED, "website_unreachable")
    assert job.error_message == "The website does not answer."


async def test_tokens_that_others_may_still_use_are_waited_for_and_spent_ones_are_not(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    codes = iter([RESERVED, RESERVED, RESERVED, CODE])

    async def full(_item: ClaimedItem) -> None:
        raise QuotaExceeded("No tokens are left.", retry_after=5, code=next(codes))

    for _ in range(3):
        await work_on(services, job_id, full)
        job, item = await state(database, job_id)
        assert (job.status, item.state) == (JobStatus.PROCESSING, JobItemState.PENDING)
        assert 0 < (item.run_after - utc_now()).total_seconds() <= 5
        await make_due(database, job_id)
    await work_on(services, job_id, full)
    job, item = await state(database, job_id)
    assert (job.status, item.error_code, item.attempt) == (JobStatus.FAILED, CODE, 1)


async def test_a_rule_that_is_broken_fails_at_once(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    async def refused(_item: ClaimedItem) -> None:
        raise Invalid("This is not a web address.", code="website_refused")

    await work_on(services, job_id, refused)
    job, item = await state(database, job_id)
    assert (job.status, item.error_code, item.attempt) == (JobStatus.FAILED, "website_refused", 1)


async def test_a_surprise_is_put_back_and_its_words_are_never_shown(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    async def broken(_item: ClaimedItem) -> None:
        raise RuntimeError("postgres://user:secret@host")

    for _ in range(services.settings.worker.max_attempts + 1):
        await work_on(services, job_id, broken)
        await make_due(database, job_id)
    job, _ = await state(database, job_id)
    assert (job.status, job.error_code) == (JobStatus.FAILED, "poison")
    assert "secret" not in str(job.error_message)


async def test_work_that_takes_too_long_is_stopped_before_the_process_is_killed(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    stopped = asyncio.Event()

    async def endless(_item: ClaimedItem) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            stopped.set()

    await asyncio.wait_for(work_on(services, job_id, endless), 10)
    assert stopped.is_set()
    _, item = await state(database, job_id)
    assert item.state is JobItemState.PENDING


async def test_work_without_a_lease_keeps_nothing(
    services: WorkerServices, database: Database, job_id: JobID
) -> None:
    async def outlived(item: ClaimedItem) -> None:
        async with database.unit_of_work() as uow:
            await uow.session.execute(
                update(JobItem).where(JobItem.id == item.id).values(fence=JobItem.fence + 1)
            )
        await begin_step(services, item, 1)

    await work_on(services, job_id, outlived)
    job, item = await state(database, job_id)
    assert (job.status, job.completed_steps, item.state) == (JobStatus.PROCESSING, 0, JobItemState.LEASED)


async def test_done_work_is_done_once(services: WorkerServices, database: Database, job_id: JobID) -> None:
    times = 0

    async def count(item: ClaimedItem) -> None:
        nonlocal times
        times += 1
        async with database.unit_of_work() as uow:
            await claims.finish(uow, item, {"times": times})

    await asyncio.gather(*(work_on(services, job_id, count) for _ in range(4)))
    await work_on(services, job_id, count)
    job, _ = await state(database, job_id)
    assert (times, job.status, job.output) == (1, JobStatus.COMPLETED, {"times": 1})


async def test_one_message_goes_on_until_nothing_is_due_and_gives_way_when_that_takes_long(
    services: WorkerServices, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Hint] = []
    monkeypatch.setattr(services.publisher, "publish", sent.append)
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        kind = {"type": AsyncJobType.DATA_EXPORT}
        short, long = [await make_job(uow, workspace, items=3, **kind) for _ in range(2)]
    pause = 0.0

    async def do(item: ClaimedItem) -> None:
        await asyncio.sleep(pause)
        async with database.unit_of_work() as uow:
            await claims.finish(uow, item, {})

    services.settings.worker.time_limit = 50  # busy cores: the short one must not take long
    await work_through(services, short.id, do)
    services.settings.worker.time_limit = 2
    pause = services.settings.worker.time_limit * SLICE_SHARE + 0.1
    await work_through(services, long.id, do)
    async with database.unit_of_work() as uow:
        assert (await uow.session.get_one(Job, short.id)).status is JobStatus.COMPLETED
        assert (await uow.session.get_one(Job, long.id)).status is JobStatus.PROCESSING
    assert sent == [Hint("export-data", {"job_id": str(long.id)})]


async def test_one_part_that_fails_is_the_failure_of_what_is_one_thing(
    services: WorkerServices, database: Database
) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow), items=3, type=AsyncJobType.DATA_EXPORT)

    async def do(item: ClaimedItem) -> None:
        if not failed:
            failed.append(item.id)
            raise Invalid("It is gone.", code="gone")
        async with database.unit_of_work() as uow:
            await claims.finish(uow, item, {})

    failed: list[int] = []
    services.settings.worker.time_limit = 50
    await work_through(services, job.id, do)
    async with database.unit_of_work() as uow:
        ended = await uow.session.get_one(Job, job.id)
    assert (ended.status, ended.error_code, ended.error_message) == (JobStatus.FAILED, "gone", "It is gone.")


async def test_a_cancelled_job_gets_no_more_items(services: WorkerServices, database: Database) -> None:
    async with database.unit_of_work() as uow:
        job = await make_job(uow, await make_workspace(uow), type=AsyncJobType.DATA_EXPORT)

    async def do(item: ClaimedItem) -> None:
        async with database.unit_of_work() as uow:
            await uow.session.execute(
                update(Job).where(Job.id == job.id).values(cancel_requested_at=utc_now())
            )
        async with database.unit_of_work() as uow:
            await claims.add_items(uow, item, [{}, {}])

    await work_through(services, job.id, do)
    ended, _ = await state(database, job.id)
    assert (ended.status, ended.total_steps) == (JobStatus.CANCELLED, 1)
