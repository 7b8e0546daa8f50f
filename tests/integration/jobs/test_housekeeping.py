"""What the schedule clears away, and what it leaves."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from api.broker import create_celery
from api.jobs.app import create_app, tasks_of
from api.jobs.schedule import beat_schedule
from api.queue import OutboxQueue, Publisher
from api.settings import load_settings
from persistence.models.agent_run import AgentRun, AgentRunStatus
from persistence.models.discovery import DiscoverySession
from persistence.models.job import Job, JobItem, JobStatus, OutboxMessage
from persistence.session import Database
from persistence.types import AgentRunID, utc_now
from tests.embedded import free_port
from tests.factories.jobs import make_job
from tests.factories.workspaces import make_workspace
from tools.jobs import lifetimes, outbox
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import QUEUES, TASK_QUEUES
from tools.turns.abandoned import fail_abandoned

SETTINGS = WorkerSettings()


@pytest.mark.parametrize(
    ("status", "hours", "kept"),
    [
        (JobStatus.COMPLETED, 23, True),
        (JobStatus.COMPLETED, 25, False),
        (JobStatus.CANCELLED, 25, False),
        (JobStatus.FAILED, 25, True),
        (JobStatus.FAILED, 24 * 7 + 1, False),
    ],
)
async def test_finished_jobs_are_kept_a_day_and_failed_ones_a_week(
    database: Database, status: JobStatus, hours: int, kept: bool
) -> None:
    async with database.unit_of_work() as uow:
        ended = utc_now() - timedelta(hours=hours)
        job = await make_job(uow, await make_workspace(uow), status=status, completed_at=ended)
    async with database.unit_of_work() as uow:
        readable = select(Job.id).where(Job.id == job.id, lifetimes.readable(SETTINGS))
        assert bool((await uow.session.execute(readable)).scalar_one_or_none()) is kept
        await lifetimes.forget_expired(uow, SETTINGS)
    async with database.unit_of_work() as uow:
        assert (await uow.session.get(Job, job.id) is not None) is kept
        items = select(JobItem.id).where(JobItem.job_id == job.id)
        assert bool((await uow.session.execute(items)).all()) is kept


async def test_running_jobs_are_never_forgotten(database: Database) -> None:
    async with database.unit_of_work() as uow:
        old = utc_now() - timedelta(days=30)
        job = await make_job(uow, await make_workspace(uow), status=JobStatus.PROCESSING, created_at=old)
    async with database.unit_of_work() as uow:
        await lifetimes.forget_expired(uow, SETTINGS)
    async with database.unit_of_work() as uow:
        assert await uow.session.get(Job, job.id) is not None


@pytest.mark.parametrize(("minutes", "fails"), [(11, True), (9, False)])
async def test_a_turn_nobody_took_for_ten_minutes_fails_and_frees_its_talk(
    database: Database, minutes: int, fails: bool
) -> None:
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        talk = DiscoverySession(workspace_id=workspace.id, fence=3)
        uow.session.add(talk)
        await uow.session.flush()
        run = AgentRun(
            workspace_id=workspace.id,
            graph="discovery",
            kind="turn",
            session_id=talk.id,
            thread_id=talk.thread_id,
            status=AgentRunStatus.RUNNING,
            input={"text": "Who buys?", "turnCount": 1, "keepMessages": None},
        )
        uow.session.add(run)
        await uow.session.flush()
        talk.active_turn_id, talk.lease_owner = run.id, "gone"
        talk.lease_until = utc_now() - timedelta(minutes=minutes)
    async with database.unit_of_work() as uow:
        await fail_abandoned(uow)
    async with database.unit_of_work() as uow:
        after = await uow.session.get(AgentRun, AgentRunID(run.id))
        freed = await uow.session.get(DiscoverySession, talk.id)
        assert after is not None
        assert freed is not None
        if fails:
            assert (after.status, after.error_code) == (AgentRunStatus.FAILED, "abandoned")
            assert (freed.active_turn_id, freed.fence) == (None, 4)
            assert [message["content"] for message in freed.talk] == ["Who buys?"]
        else:
            assert (after.status, freed.active_turn_id) == (AgentRunStatus.RUNNING, run.id)


async def test_a_message_is_written_with_the_change_and_sent_after_it(
    database: Database, api_environment: dict[str, str], redis_url: str
) -> None:
    broker = redis_url.removesuffix("/0") + "/9"
    settings = load_settings(api_environment | {"CELERY_BROKER_URL": broker})
    queue = OutboxQueue(database, Publisher(create_celery(settings.redis, settings.worker)), grace=5)
    waiting = Redis.from_url(broker)
    celery = create_celery(settings.redis, settings.worker)
    with celery.connection_for_write() as connection:
        for declared in celery.amqp.queues.values():
            declared(connection.default_channel).declare()
    async with database.unit_of_work() as uow:
        await queue.later(uow, "scrape-website", job_id="of-this-test")
        await uow.session.flush()
        assert await waiting.llen("quiver:website-scraper") == 0, "nothing is sent before the commit"
    await queue.settle()
    assert {name: await waiting.llen(f"quiver:{name}") for name in QUEUES} == {
        name: int(name == "website-scraper") for name in QUEUES
    }
    async with database.unit_of_work() as uow:
        assert (await _message(uow.session, "of-this-test")).sent_at is not None
    await queue.close()
    await waiting.aclose()


async def test_what_is_rolled_back_is_never_sent(database: Database, api_environment: dict[str, str]) -> None:
    settings = load_settings(api_environment)
    queue = OutboxQueue(database, Publisher(create_celery(settings.redis, settings.worker)), grace=5)
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as uow:
            await queue.later(uow, "scrape-website", job_id="rolled-back")
            raise RuntimeError
    await queue.settle()
    async with database.unit_of_work() as uow:
        assert await _message(uow.session, "rolled-back") is None
    await queue.close()


async def test_what_could_not_be_sent_is_left_to_the_sweep_which_takes_it_once(
    database: Database, api_environment: dict[str, str]
) -> None:
    nowhere = {"CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    settings = load_settings(api_environment | nowhere)
    queue = OutboxQueue(database, Publisher(create_celery(settings.redis, settings.worker)), grace=0)
    async with database.unit_of_work() as uow:
        await queue.later(uow, "scrape-website", job_id="left-behind")
    await queue.settle()
    async with database.unit_of_work() as uow:
        taken = [found.hint.arguments for found in await outbox.take_unsent(uow, grace=60)]
    assert {"job_id": "left-behind"} in taken
    async with database.unit_of_work() as uow:
        again = [found.hint.arguments for found in await outbox.take_unsent(uow, grace=60)]
    assert {"job_id": "left-behind"} not in again
    await queue.close()


def test_every_scheduled_task_exists_and_the_beat_needs_no_task_module(
    api_environment: dict[str, str],
) -> None:
    known = tasks_of(QUEUES)
    assert {entry["task"] for entry in beat_schedule(SETTINGS).values()} <= set(known)
    beat = create_app(load_settings(api_environment))
    assert not {name for name in beat.tasks if not name.startswith("celery.")}
    assert set(TASK_QUEUES.values()) <= set(QUEUES)


async def _message(session: object, job_id: str) -> OutboxMessage:
    statement = select(OutboxMessage).where(OutboxMessage.payload["job_id"].astext == job_id)
    found: OutboxMessage = (await session.execute(statement)).scalar_one_or_none()  # type: ignore[attr-defined]
    return found
