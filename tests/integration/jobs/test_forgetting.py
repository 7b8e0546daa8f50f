"""The scheduled clearing away: answers kept for repetition go after a day, cut-off removals are finished."""

from contextlib import AsyncExitStack
from datetime import timedelta

from redis.asyncio import Redis

from api.broker import create_celery
from api.jobs.process import WorkerServices
from api.jobs.sweeps import open_forget_old
from api.queue import Publisher
from api.settings import load_settings
from persistence.job_progress import JobProgress
from persistence.models.idempotency import IdempotencyRecord
from persistence.models.workspace import ProjectStatus, Workspace
from persistence.session import Database
from persistence.types import utc_now
from tests.factories.rows import insert
from tests.factories.sessions import make_session
from tests.factories.users import make_user
from tests.factories.workspaces import make_workspace


async def test_old_answers_and_half_removed_workspaces_go_and_all_else_stays(
    database: Database, redis_client: Redis, api_environment: dict[str, str]
) -> None:
    async with database.unit_of_work() as uow:
        user = await make_user(uow)
        kept = {"user_id": user.id, "method": "POST", "path": "/workspaces", "request_hash": "x"}
        old = await insert(
            uow, IdempotencyRecord, kept, {"key_hash": b"old", "created_at": utc_now() - timedelta(hours=25)}
        )
        fresh = await insert(uow, IdempotencyRecord, kept, {"key_hash": b"fresh"})
        there = await make_workspace(uow, owner=user)
        going = await make_workspace(uow, owner=user, status=ProjectStatus.DELETING)
        await make_session(uow, going)
    settings = load_settings(api_environment)
    publisher = Publisher(create_celery(settings.redis, settings.worker))
    services = WorkerServices(settings, database, redis_client, JobProgress(redis_client), publisher)
    async with AsyncExitStack() as stack:
        await open_forget_old(services, stack)()
    async with database.unit_of_work() as uow:
        assert await uow.session.get(IdempotencyRecord, old.id) is None
        assert await uow.session.get(IdempotencyRecord, fresh.id) is not None
        assert await uow.session.get(Workspace, going.id) is None
        assert await uow.session.get(Workspace, there.id) is not None
