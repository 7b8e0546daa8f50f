"""A Wiza of the sandbox, and a workspace with a budget."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from redis.asyncio import Redis

from persistence.models.budget import Budget
from persistence.session import Database
from tests.factories.rows import insert
from tests.factories.workspaces import make_workspace
from tests.fixtures.sandbox import SandboxServer
from tests.integration.tools.paid_calls.buying import Buyer, wiza_settings
from tools.providers.wiza.client import Identity, WizaClient
from tools.providers.wiza.filters import parse_filters
from tools.providers.wiza.limits import WizaLimits
from tools.providers.wiza.wire import Wire


@pytest.fixture
async def wiza(sandbox: SandboxServer, redis_url: str) -> AsyncIterator[WizaClient]:
    settings = wiza_settings(sandbox)
    redis = Redis.from_url(redis_url[:-2] + "/11")
    await redis.flushdb()
    await sandbox.wiza()  # makes its people, which takes longer than the client waits
    client = WizaClient(Wire(settings), WizaLimits(settings, redis), poll_interval=0.02)
    yield client
    await client.close()
    await redis.aclose()


@pytest.fixture
async def buyer(database: Database, wiza: WizaClient, sandbox: SandboxServer) -> Buyer:
    found = await wiza.search(parse_filters({"job_role": ["legal"]}), 1, call_key="looking")
    await sandbox.reset()
    async with database.unit_of_work() as uow:
        workspace = await make_workspace(uow)
        await insert(uow, Budget, {"workspace_id": workspace.id, "credits_per_month": Decimal(100)}, {})
    return Buyer(database, wiza, workspace, Identity(profile_url=found.prospects[0].linkedin_url))
